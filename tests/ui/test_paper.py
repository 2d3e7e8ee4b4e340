"""What is printed is the text itself, and never rendered."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtPrintSupport import QPrinter

from desktop_app.ui.paper import sheet


def test_a_sheet_is_plain_text(qapp, tmp_path: Path) -> None:
    document = sheet("恢复码 <b>", ["<i>NSJM</i>", "", "2M3G"])
    assert document.toPlainText() == "恢复码 <b>\n<i>NSJM</i>\n\n2M3G"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
    document.print_(printer)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
