from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from desktop_app.ui.preferences import FILE_NAME, Preferences


def again(preferences: Preferences, path: Path) -> Preferences:
    preferences.flush()
    return Preferences(path)


def test_what_was_chosen_is_there_at_the_next_start(tmp_path):
    path = tmp_path / "window.ini"
    one = Preferences(path)
    assert (one.language, one.theme, one.scale) == (None, "system", 1.0)
    assert (one.handin_folder, one.handin_automatic) == (None, True)
    one.handin_folder, one.handin_automatic = Path("//server/应急 share"), False
    one.language, one.theme, one.scale = "en", "dark", 1.15
    one.keep_geometry("desk", QByteArray(b"\x01\x02\xff"))
    one.keep_columns("my_records", ((2, 0), (0, 80)))
    two = again(one, path)
    assert (two.language, two.theme, two.scale) == ("en", "dark", 1.15)
    assert (two.handin_folder, two.handin_automatic) == (Path("//server/应急 share"), False)
    assert two.geometry("desk") == QByteArray(b"\x01\x02\xff")
    assert two.columns("my_records") == ((2, 0), (0, 80))
    two.forget_columns()
    assert two.columns("my_records") == ()
    assert two.geometry("desk") is not None
    two.language = None
    assert again(two, path).language is None


def test_another_language_lays_lists_out_anew(tmp_path):
    one = Preferences(tmp_path / "window.ini")
    one.language = "zh"
    one.keep_columns("my_records", ((0, 80),))
    one.language = "zh"
    assert one.columns("my_records") == ((0, 80),)
    one.language = "en"
    assert one.columns("my_records") == ()


def test_reset_forgets_everything(tmp_path):
    path = tmp_path / "window.ini"
    one = Preferences(path)
    one.theme = "dark"
    one.reset()
    assert again(one, path).theme == "system"


@pytest.mark.parametrize(
    "text",
    [
        "[General]\ntheme=pink\nlanguage=xx\nscale=nan\n[geometry]\ndesk=5\n",
        "\x00\x01 not an ini",
        "theme=\n",
    ],
)
def test_what_cannot_be_read_is_the_default(tmp_path, text):
    path = tmp_path / "window.ini"
    path.write_text(text, encoding="utf-8")
    one = Preferences(path)
    assert (one.language, one.theme, one.scale, one.geometry("desk")) == (None, "system", 1.0, None)


def test_how_a_split_was_drawn_is_there_again(tmp_path):
    Preferences(tmp_path / FILE_NAME).keep_sizes("side.two_columns", [300, 420])
    assert Preferences(tmp_path / FILE_NAME).sizes("side.two_columns") == (300, 420)


@pytest.mark.parametrize("text", ["", "wide", "300 x", "@ByteArray(1)"])
def test_a_split_that_cannot_be_read_was_never_drawn(tmp_path, text):
    (tmp_path / FILE_NAME).write_text(f"[splits]\nside={text}\n")
    assert Preferences(tmp_path / FILE_NAME).sizes("side") == ()
