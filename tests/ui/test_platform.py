"""The environment that Qt and the programs we start are given."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from desktop_app.ui.platform import choose_input_method, desktop_language, give_back_libraries


@pytest.mark.parametrize(
    ("told", "plugins", "chosen"),
    [
        ({"QT_IM_MODULE": "fcitx"}, ["libibusplatforminputcontextplugin.so"], {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULE": "fcitx5"}, [], {"QT_IM_MODULE": "ibus"}),
        ({"QT_IM_MODULE": "fcitx"}, ["libfcitx5platforminputcontextplugin.so"], {"QT_IM_MODULE": "fcitx"}),
        ({"QT_IM_MODULE": "ibus"}, [], {"QT_IM_MODULE": "ibus"}),
        ({}, [], {}),
    ],
)
def test_an_input_method_that_qt_can_speak_to(
    tmp_path: Path, told: dict[str, str], plugins: list[str], chosen: dict[str, str]
) -> None:
    (tmp_path / "platforminputcontexts").mkdir()
    for name in plugins:
        (tmp_path / "platforminputcontexts" / name).touch()
    choose_input_method(told, tmp_path)
    assert told == chosen


@pytest.mark.parametrize(
    ("told", "given_back"),
    [
        ({"LD_LIBRARY_PATH": "/opt/x/_internal"}, {}),
        ({"LD_LIBRARY_PATH": "/opt/x/_internal:/b", "LD_LIBRARY_PATH_ORIG": "/b"}, {"LD_LIBRARY_PATH": "/b"}),
        ({}, {}),
    ],
)
def test_programs_we_start_find_their_own_libraries(told: dict[str, str], given_back: dict[str, str]) -> None:
    give_back_libraries(told)
    assert told == given_back


@pytest.mark.parametrize(
    ("system", "language"), [("zh_CN", "zh"), ("zh_TW", "zh"), ("en_US", "en"), ("de", "en")]
)
def test_a_windows_desktop_tells_its_language(
    monkeypatch: pytest.MonkeyPatch, system: str, language: str
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale(system)))
    assert desktop_language() == language
    monkeypatch.setattr(sys, "platform", "linux")
    assert desktop_language() is None
