from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.services.report import make_report, save_report

NOW = datetime(2026, 7, 1, 2, 3, 4, tzinfo=UTC)


def bug() -> Exception:
    try:
        {}["王芳 13123450001"]
    except KeyError as error:
        return error
    raise AssertionError


def test_a_report_is_a_zip_of_what_can_be_read_first(tmp_path: Path) -> None:
    report = make_report(bug(), data_folder=tmp_path, now=NOW, versions={"qt": "6.9.3"})
    file = save_report(report, tmp_path)
    assert file.name == "fallback-desk-report-20260701-020304.zip"
    with zipfile.ZipFile(file) as bundle:
        texts = {name: bundle.read(name).decode() for name in bundle.namelist()}
    assert texts == {"report.txt": report.text, "log.txt": report.log}
    for told in ("fallback-desk: 0.", "qt: 6.9.3", "builtins.KeyError", "test_report.py:"):
        assert told in report.text
    assert "王芳" not in report.text
    assert "13123450001" not in report.text


def test_a_folder_that_takes_no_file_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"report\.unwritten"):
        save_report(make_report(bug(), data_folder=tmp_path, now=NOW), tmp_path / "nowhere")
