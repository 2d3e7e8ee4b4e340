"""Writes a paper as a PDF where no window is open: for the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desktop_app.domain.paper import Paper
from desktop_app.words import Words


def write_paper(paper: Paper, words: Words, path: Path) -> None:
    """Write the PDF; raises KnownError ``papers.unwritable``."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # read when Qt begins
    from PySide6.QtWidgets import QApplication

    from desktop_app.ui.papers.drawing import DrawnPaper, save_pdf

    application = QApplication.instance() or QApplication(sys.argv[:1])
    save_pdf(DrawnPaper(paper, words), path)
    del application  # held until here: fonts are gone with it
