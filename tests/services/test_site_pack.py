"""The pack in use: the centre's own as a whole, else the shipped one with the reason."""

from pathlib import Path

from desktop_app.services.site_pack import OWN_FOLDER, load_pack

HEAD = 'name = "我们的"\nnumber = "A"\nversion = "1"\napproved_by = "主管"\n'


def write(data_folder: Path, head: str) -> None:
    (data_folder / OWN_FOLDER / "articles").mkdir(parents=True)
    (data_folder / OWN_FOLDER / "pack.toml").write_text(head, "utf-8")
    (data_folder / OWN_FOLDER / "articles" / "a.md").write_text('+++\ntitle = "题"\n+++\n正文\n', "utf-8")


def test_without_an_own_pack_the_shipped_one(tmp_path: Path) -> None:
    loaded = load_pack(tmp_path)
    assert loaded.pack.playbooks
    assert loaded.articles.articles == loaded.pack.articles
    assert loaded.problem is None


def test_the_centres_own_replaces_it_whole(tmp_path: Path) -> None:
    write(tmp_path, HEAD)
    loaded = load_pack(tmp_path)
    assert (loaded.pack.name.zh, loaded.pack.playbooks, loaded.problem) == ("我们的", (), None)
    assert [article.key for article in loaded.articles.articles] == ["a"]


def test_a_file_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / OWN_FOLDER).write_text("?", "utf-8")
    problem = load_pack(tmp_path).problem
    assert problem is not None
    assert (problem.code, problem.details["file"]) == ("pack.missing", "pack.toml")


def test_one_that_cannot_be_read_is_told_and_the_shipped_one_used(tmp_path: Path) -> None:
    write(tmp_path, "name = ")
    loaded = load_pack(tmp_path)
    assert loaded.pack.playbooks
    assert loaded.problem is not None
    assert loaded.problem.code == "pack.syntax"
    assert load_pack(tmp_path / "elsewhere").problem is None
