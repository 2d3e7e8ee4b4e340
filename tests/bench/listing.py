"""TABLE: the list of records on screen, beside a QSqlTableModel with a plain copy of what it shows.

Ours reads page by page out of the encrypted store, with state, promises and delivery of each row; the
yardstick reads columns of a plain file. Times are to the first rows painted, and from End to the last row of
the whole list painted, which QSqlTableModel reaches by reading everything. Forty-nine of fifty records are
copies in the folded tables, without a place in the search index. Memory is what lists that went to their ends
added to the process with an empty one on screen.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
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
from tests.bench.many_records import BEGAN, fill, multiply
from tests.stores import new_store

WRITTEN = int(os.environ.get("FALLBACK_DESK_BENCH_RECORDS", "1000000")) // 50
TIMES = 50
FIRST, END = 0.1, 0.05
_SHOWN = "number, received_at, kind, state, phone_digits, crm_id, search"


def measure(folder: Path, rounds: int) -> tuple[Waits, Waits]:
    """Return the waits of both, for the first rows and for the last."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    store = new_store(folder / "store")
    fill(store, WRITTEN)
    multiply(store, TIMES)
    plain = folder / "plain.db"
    with store.read() as view, sqlite3.connect(plain) as copy:
        copy.execute(f"CREATE TABLE records ({_SHOWN})")
        rows = view.connection.exec_driver_sql(f"SELECT {_SHOWN} FROM records ORDER BY received_at DESC")  # noqa: S608 - our own names
        copy.executemany("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?)", (tuple(row) for row in rows))
    firsts: dict[str, list[float]] = {}
    ends: dict[str, list[float]] = {}
    words = RowWords(Words("zh"), zone_of("Asia/Shanghai"))
    columns = [
        Column[Row]("编号", text=lambda row: row.number),
        Column[Row]("时间", text=lambda row: words.time(row.received_at, BEGAN)),
        Column[Row]("内容", text=words.what),
    ]

    def until(truth: Callable[[], bool]) -> None:
        while not truth():
            application.processEvents()

    def shown(model: PagedModel[Row] | QSqlTableModel, who: str, began: float, turn: int) -> None:
        window, table = QWidget(), QTableView()
        QVBoxLayout(window).addWidget(table)
        table.setModel(model)
        window.resize(1366, 768)
        window.show()
        until(lambda: model.rowCount() > 0)
        table.repaint()
        application.processEvents()
        first = time.perf_counter() - began
        began = time.perf_counter()
        if isinstance(model, PagedModel):
            model.go_to_end()
            until(lambda: model.holds_end)
        else:
            while model.canFetchMore():
                model.fetchMore()
        table.setCurrentIndex(model.index(model.rowCount() - 1, 0))
        table.repaint()
        end = time.perf_counter() - began
        if turn:
            firsts.setdefault(who, []).append(first)
            ends.setdefault(who, []).append(end)
        window.close()
        window.deleteLater()

    empty = QTableView()
    empty.show()
    application.processEvents()
    before, used = _resident(), 0
    with Background() as background:
        for turn in range(rounds + 1):
            began = time.perf_counter()
            paged = PagedModel[Row](background, columns, lambda row: row.key)
            paged.show(
                lambda after, limit: page(store, station=True, after=after, limit=limit),
                lambda after, limit: page(store, station=True, after=after, limit=limit, back=True),
            )
            shown(paged, "ours", began, turn)
            until(lambda: not background.pending)
            used = _resident() - before
    database = QSqlDatabase.addDatabase("QSQLITE", "plain")
    database.setDatabaseName(str(plain))
    database.open()
    for turn in range(3):
        began = time.perf_counter()
        sql = QSqlTableModel(None, database)
        sql.setTable("records")
        sql.select()
        shown(sql, "QSqlTableModel", began, turn)
        sql.deleteLater()
    store.close()
    records = WRITTEN * TIMES
    return (
        Waits(
            "TABLE first rows",
            f"a list of {records:,} records; {used >> 20} MB more, 40 allowed",
            firsts,
            FIRST,
        ),
        Waits("TABLE end", "from End to the last row", ends, END),
    )


def _resident() -> int:
    """Return the bytes of memory this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
