"""TABLE: the list of records on screen, beside a QSqlTableModel with a plain copy of what it shows.

Ours reads page by page out of the encrypted store, with state, promises and delivery of each row; the
yardstick reads columns of a plain file. Times are to the first rows painted, and from End to the last rows of
what is loaded painted.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from PySide6.QtSql import QSqlDatabase, QSqlTableModel
from PySide6.QtWidgets import QApplication, QTableView, QVBoxLayout, QWidget

from desktop_app.domain.times import zone_of
from desktop_app.services.my_records import Row, page
from desktop_app.ui.background.background import Background
from desktop_app.ui.records.row_words import RowWords
from desktop_app.ui.tables.paged_model import Column, PagedModel
from desktop_app.words import Words
from tests.bench.figures import Waits
from tests.bench.many_records import BEGAN, fill
from tests.stores import new_store

RECORDS = 100_000
_SHOWN = "number, received_at, kind, state, phone_digits, crm_id, search"


def measure(folder: Path, rounds: int) -> Waits:
    """Return the waits of both."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    store = new_store(folder / "store")
    fill(store, RECORDS)
    plain = folder / "plain.db"
    with store.read() as view, sqlite3.connect(plain) as copy:
        copy.execute(f"CREATE TABLE records ({_SHOWN})")
        rows = view.connection.exec_driver_sql(f"SELECT {_SHOWN} FROM records ORDER BY received_at DESC")  # noqa: S608 - our own names
        copy.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)", (tuple(row) for row in rows))
    waits: dict[str, list[float]] = {}
    words = RowWords(Words("zh"), zone_of("Asia/Shanghai"))
    columns = [
        Column[Row]("编号", text=lambda row: row.number),
        Column[Row]("时间", text=lambda row: words.time(row.received_at, BEGAN)),
        Column[Row]("内容", text=words.what),
    ]

    def shown(model: PagedModel[Row] | QSqlTableModel, who: str, began: float, turn: int) -> None:
        window, table = QWidget(), QTableView()
        QVBoxLayout(window).addWidget(table)
        table.setModel(model)
        window.resize(1366, 768)
        window.show()
        while not model.rowCount():
            application.processEvents()
        table.repaint()
        application.processEvents()
        first = time.perf_counter() - began
        began = time.perf_counter()
        table.scrollToBottom()
        table.setCurrentIndex(model.index(model.rowCount() - 1, 0))
        table.repaint()
        end = time.perf_counter() - began
        if turn:
            waits.setdefault(f"{who}: first rows", []).append(first)
            waits.setdefault(f"{who}: End", []).append(end)
        window.close()
        window.deleteLater()

    database = QSqlDatabase.addDatabase("QSQLITE", "plain")
    database.setDatabaseName(str(plain))
    database.open()
    with Background() as background:
        for turn in range(rounds + 1):
            began = time.perf_counter()
            sql = QSqlTableModel(None, database)
            sql.setTable("records")
            sql.select()
            shown(sql, "QSqlTableModel", began, turn)
            began = time.perf_counter()
            paged = PagedModel[Row](background, columns, lambda row: row.key)
            paged.show(lambda after, limit: page(store, station=True, after=after, limit=limit))
            shown(paged, "ours", began, turn)
            while background.pending:
                application.processEvents()
    store.close()
    return Waits("TABLE", f"a list of {RECORDS:,} records", waits, 0.1)
