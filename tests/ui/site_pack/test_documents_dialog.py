"""The register in the window: found by the palette's words, searched as typed, read, printed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from desktop_app.ui.site_pack.documents_dialog import DocumentsDialog
from tests.ui.desk.desks import Desk
from tests.ui.desk.desks import desk as desk


def opened(desk: Desk) -> DocumentsDialog:
    session = desk.window._session
    desk.waits(lambda: session.shelf.loaded is not None)
    assert session.shortcuts.run("documents")
    (dialog,) = [one for one in desk.window.findChildren(DocumentsDialog) if one.isVisible()]
    return dialog


def test_every_document_is_listed_searched_and_read(desk: Desk) -> None:
    dialog = opened(desk)
    listed = len(dialog.model.rows)
    assert listed > 80
    assert f"共 {listed} 份" in dialog.register()[0]
    desk.qtbot.keyClicks(dialog.search, "GG-05")
    (one,) = dialog.model.rows
    assert one.title.zh == "统一口径（媒体）"
    text = dialog.findChild(QPlainTextEdit, "document_text")
    assert text is not None
    assert text.toPlainText().startswith("我们已了解到")
    assert dialog.register()[1] == "公告文字 · 统一口径（媒体） · GG-05 · 1.0 · 2026-01-01"
    assert dialog.model.cell(0, 5).text == "待审定"
    desk.qtbot.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_the_centre_has_yet_to_write_says_so(desk: Desk) -> None:
    dialog = opened(desk)
    empty = next(one for one in dialog.model.rows if not one.lines)
    dialog.search.enter(empty.title.zh)
    text = dialog.findChild(QPlainTextEdit, "document_text")
    assert text is not None
    rows = [one for one in dialog.model.rows if not one.lines]
    dialog.table.go_to(list(dialog.model.rows).index(rows[0]))
    assert text.toPlainText() == "只有标题，内容待本中心填写。"
    dialog.reject()
