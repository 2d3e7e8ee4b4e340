from datetime import UTC, datetime

from PySide6.QtWidgets import QApplication

from desktop_app.services.my_records import page
from desktop_app.services.records import log_record
from desktop_app.ui.records.columns import Place, record_columns
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import apply_theme
from desktop_app.ui.theme.tokens import DARK, LIGHT


def test_an_open_list_follows_the_colours_of_the_system(session: Session, qapp: QApplication) -> None:
    now = datetime.now(UTC)
    log_record(session.store, {"kind": "urgent", "phone": "13123450001"}, now=now)
    (row,) = page(session.store).rows
    columns = record_columns(session, lambda: False)
    apply_theme(qapp, "light")
    assert columns[Place.KIND].colour(row) == LIGHT.urgent
    try:
        apply_theme(qapp, "dark")
        assert columns[Place.KIND].colour(row) == DARK.urgent
        assert columns[Place.NUMBER].colour(row) == DARK.muted
    finally:
        apply_theme(qapp, "light")
