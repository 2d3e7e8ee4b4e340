"""A pack as a zip: the same bytes each time, a folder inside or not, and anything else is one sentence."""

import io
import random
import zipfile
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.exchange import pack_archive
from desktop_app.exchange.pack_archive import packed, read_packed, taken_in, unpacked
from desktop_app.exchange.site_pack import read_pack
from desktop_app.words import Words
from tests.written_packs import FILES, write_files

BYTES = {name: text.encode() for name, text in FILES.items()}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def code_of(content: bytes) -> str:
    with pytest.raises(KnownError) as caught:
        read_packed(content)
    for language in ("zh", "en"):
        assert "{" not in Words(language).sentence(caught.value)
    return caught.value.code


def test_a_folder_and_its_zip_are_the_same_pack_and_the_same_bytes(tmp_path: Path) -> None:
    folder = write_files(tmp_path / "pack", {"profiles/x.toml": "a = 1", "readme.txt": "x"})
    (tmp_path / "pack.zip").write_bytes(zipped(dict(reversed(BYTES.items()))))
    pack, content = taken_in(folder)
    assert (pack, content) == taken_in(tmp_path / "pack.zip")
    assert pack == read_pack(folder) == read_packed(content)
    assert packed(unpacked(content)) == content
    assert unpacked(content) == BYTES


def test_the_pack_may_lie_in_a_folder_of_the_zip_among_what_systems_add() -> None:
    files = {f"资料包/{name}": content for name, content in BYTES.items()}
    files |= {"__MACOSX/资料包/._pack.toml": b"\0", "资料包/articles/.DS_Store": b"\0", "pack.txt": b"x"}
    assert unpacked(zipped(files)) == BYTES


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({**BYTES, "../evil.toml": b""}, "pack.zip_outside"),
        ({**BYTES, "/etc/x.toml": b""}, "pack.zip_outside"),
        ({**BYTES, "C:/x.toml": b""}, "pack.zip_outside"),
        ({**BYTES, "articles/../../a.md": b""}, "pack.zip_outside"),
        ({"phrases.toml": b""}, "pack.zip_no_pack"),
        ({}, "pack.zip_no_pack"),
        ({**BYTES, "articles/b.md": b"+++"}, "pack.article_parts"),
    ],
)
def test_what_is_refused(files: dict[str, bytes], code: str) -> None:
    assert code_of(zipped(files)) == code


def test_stored_is_read_and_methods_that_swell_more_are_not() -> None:
    assert unpacked(zipped(BYTES, zipfile.ZIP_STORED)) == BYTES
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert code_of(zipped(BYTES, method)) == "pack.zip_damaged"


def test_a_file_twice_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("pack.toml", BYTES["pack.toml"])
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("pack.toml", BYTES["pack.toml"])
    assert code_of(made.getvalue()) == "pack.zip_twice"


def test_what_swells_is_refused_before_it_fills_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack_archive, "MOST_UNPACKED", 1_000_000)
    swollen = zipped({**BYTES, **{f"articles/{one}.md": b"\n" * 400_000 for one in range(3)}})
    assert len(swollen) < 20_000
    assert code_of(swollen) == "pack.too_large"
    with pytest.raises(KnownError, match="too_large"):
        packed({"a": b"\n" * 1_000_001})
    # What lies about in it without being of a pack costs nothing.
    assert read_packed(zipped({**BYTES, "film.bin": b"\n" * 1_500_000}))


def test_a_list_of_contents_without_end_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack_archive, "MOST_MEMBERS", 50)
    assert code_of(zipped({f"{one}": b"" for one in range(51)})) == "pack.too_large"


def test_200_broken_zips_are_a_pack_or_a_sentence() -> None:
    chance, whole = random.Random(72), packed(BYTES)
    outcomes, sentences = set(), []
    for _ in range(200):
        content = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if chance.random() < 0.3:
            start = chance.randrange(len(content))
            del content[start : start + chance.randrange(1, 400)]
        try:
            assert read_packed(bytes(content)).version.number
            outcomes.add("pack")
        except KnownError as problem:
            outcomes.add(problem.code)
            sentences.append(Words("zh").sentence(problem))
    assert {"pack", "pack.zip_damaged"} <= outcomes
    assert all(code.startswith("pack") for code in outcomes)
    assert not any("{" in sentence for sentence in sentences)


def test_a_file_that_is_no_zip_or_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"not a zip")
    for path, code in ((tmp_path / "x.zip", "zip_damaged"), (tmp_path / "none.zip", "unreadable")):
        with pytest.raises(KnownError, match=code):
            taken_in(path)
