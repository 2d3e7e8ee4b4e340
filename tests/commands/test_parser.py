"""A wrong call is one sentence in the user's language, and every help text is translated."""

import argparse
import sys

import pytest

from desktop_app.cli import build_parser, main
from desktop_app.words import LANGUAGES, Language, Words, as_language


@pytest.mark.parametrize(
    ("call", "code", "details"),
    [
        (["log"], "missing", {"names": "--store", "program": "fallback-desk log"}),
        (["nothing"], "choice", None),
        (["log", "--store", "x", "--odd"], "unknown", {"names": "--odd", "program": "fallback-desk"}),
        (["log", "--store"], "no_value", {"name": "--store", "program": "fallback-desk log"}),
        (["demo", "--out", "x", "--calls", "many"], "value", None),
        (["export", "--store", "x", "--out", "y", "--lang", "fr"], "choice", None),
        (["reconcile", "--records", "a", "--store", "b", "--out", "c"], "not_together", None),
        (["reconcile", "--out", "c"], "one_missing", None),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_call(
    call: list[str],
    code: str,
    details: dict[str, str] | None,
    language: Language,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8" if language == "zh" else "C.UTF-8")
    with pytest.raises(SystemExit) as ended:
        main(call)
    assert ended.value.code == 2
    told = capsys.readouterr().err.strip()
    assert len(told.splitlines()) == 1
    fixed = Words(language).say(f"error.call.{code}", **(details or dict.fromkeys(NAMES, "\0")))
    assert all(part in told for part in fixed.split("\0"))


NAMES = ("program", "names", "name", "other", "value", "choices")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_help_is_translated(language: Language) -> None:
    words = Words(language)
    parser = build_parser(words)
    for one in [parser, *commands(parser).values()]:
        shown = one.format_help()
        assert "help." not in shown
        assert one.format_help() == shown, "showing the help changes nothing"
    assert words.say("help.reconcile") in " ".join(parser.format_help().split())
    assert words.say("help.queue_log") in commands(parser)["reconcile"].format_help()


def commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    found = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    return dict(found[0].choices)


def test_without_a_screen_the_window_is_refused_in_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert main([]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert told == [Words(as_language(None)).say("error.call.no_screen")]
