"""The word files of both languages hold the same codes with the same placeholders."""

import re
import string
import tomllib

import pytest

from desktop_app.paths import resources
from desktop_app.words import Words


def flat(table: dict, prefix: str = "") -> dict[str, str]:
    found = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = value
    return found


def load(name: str, language: str) -> dict[str, str]:
    return flat(tomllib.loads((resources() / "i18n" / f"{name}.{language}.toml").read_text("utf-8")))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("name", ["words", "window"])
def test_same_codes(name: str) -> None:
    assert load(name, "zh").keys() == load(name, "en").keys()


@pytest.mark.parametrize("name", ["words", "window"])
def test_same_placeholders(name: str) -> None:
    english = load(name, "en")
    assert {code: placeholders(text) for code, text in load(name, "zh").items()} == {
        code: placeholders(text) for code, text in english.items()
    }


def test_a_window_code_comes_from_the_window_file() -> None:
    assert all(code.startswith("window.") for code in load("window", "en"))
    assert not any(code.startswith("window.") for code in load("words", "en"))
    assert Words("en").say("window.name") == load("window", "en")["window.name"]


@pytest.mark.parametrize("name", ["words", "window"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_word_of_the_file_is_said(name: str, language: str) -> None:
    words = Words(language)
    for code, text in load(name, language).items():
        section, _, key = code.rpartition(".")
        assert words.table(section)[key] == text
        assert words.has(code)


def test_what_has_no_words_is_told() -> None:
    words = Words("en")
    assert not words.has("window.start.no_such_word")
    assert not words.has("window.start")
    assert words.table("window.no_such_section") == {}


@pytest.mark.parametrize("name", ["words", "window"])
def test_an_ellipsis_is_written_one_way(name: str) -> None:
    """One sign where words are left out or a dialog follows; Chinese doubles it where work goes on."""
    for code, text in load(name, "zh").items():
        at_work = text.startswith(("正在", "请稍候")) and text.endswith("…")
        assert ("……" in text) is at_work, f"{code}: {text}"
        assert "..." not in text, code
    for code, text in load(name, "en").items():
        assert "……" not in text, code
        assert "..." not in text, code
        assert not re.search(r"[^,:] …$", text), f"{code}: no blank before it"


def test_a_call_back_has_one_name() -> None:
    for name in ("words", "window"):
        assert [code for code, text in load(name, "zh").items() if "回电" in text] == []
