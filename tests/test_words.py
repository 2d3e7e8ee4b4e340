"""Both word files hold the same codes with the same placeholders."""

import string
import tomllib

from desktop_app.paths import resources


def flat(table: dict, prefix: str = "") -> dict[str, str]:
    found = {}
    for key, value in table.items():
        if isinstance(value, dict):
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = value
    return found


def load(language: str) -> dict[str, str]:
    return flat(tomllib.loads((resources() / "i18n" / f"words.{language}.toml").read_text("utf-8")))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_same_codes() -> None:
    assert load("zh").keys() == load("en").keys()


def test_same_placeholders() -> None:
    english = load("en")
    assert {code: placeholders(text) for code, text in load("zh").items()} == {
        code: placeholders(text) for code, text in english.items()
    }
