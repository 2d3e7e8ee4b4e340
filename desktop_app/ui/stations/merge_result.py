"""What a merge brought: each bundle with its sentence, and where the ledger stands afterwards."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.domain.bundles import Result
from desktop_app.domain.errors import KnownError
from desktop_app.domain.ranges import ranges
from desktop_app.services.merge import BundleResult, Merged
from desktop_app.ui.records.row_words import State
from desktop_app.ui.sentences import sentence_in_window
from desktop_app.ui.session import Session
from desktop_app.ui.stations.board_columns import Whole, state_column
from desktop_app.ui.stations.findings import Anew, Finding
from desktop_app.ui.stations.station_words import StationWords
from desktop_app.ui.tables.paged_model import Column, PagedModel
from desktop_app.ui.tables.table_view import TableView
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import KEYS
from desktop_app.ui.widgets.buttons import SecondaryButton
from desktop_app.ui.widgets.cards import card, scrolled_card
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import Heading, PlainLabel
from desktop_app.ui.widgets.pill import Tone

_WIDTHS = (190, 76, 120, 60, 0)
_LOOKS: dict[Result, tuple[str, Tone]] = {
    Result.MERGED: ("check", "ok"),
    Result.KNOWN: ("check", "quiet"),
    Result.QUARANTINED: ("shield", "warn"),
    Result.REFUSED: ("warning", "warn"),
}


class MergeResultView(QWidget):
    """``went`` carries a place to go to: conflicts, or board for what waits there."""

    went = Signal(str)

    def __init__(self, session: Session, told: StationWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._told = session, told
        self._model = PagedModel[BundleResult](
            session.background,
            [
                Column(
                    told.say("column.file"), text=lambda one: one.file.name, tip=lambda one: str(one.file)
                ),
                Column(told.say("column.station"), text=lambda one: one.station),
                state_column(told.say("column.result"), self._result),
                Column(told.say("column.new"), text=lambda one: f"{one.new or ''}", right=True),
                Column(told.say("column.why"), text=self._why, tip=self._why),
            ],
            lambda one: (str(one.file), one.writer),
            failed=session.messages.tell,
            parent=self,
        )
        self._model.loaded.connect(self._begin_at_first)
        self.table = TableView(
            self._model,
            session.preferences,
            session.words,
            "merge_result",
            _WIDTHS,
            accessible_name=told.say("merge.result"),
            empty=EmptyState("check", told.say("merge.nothing_waited")),
        )
        self.summary = PlainLabel(role="secondary", wrap=True)
        self.summary.setObjectName("merge_summary")
        self.why = PlainLabel(wrap=True, selectable=True)
        self.why.setObjectName("merge_why")
        self.why.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.table.selectionModel().currentRowChanged.connect(lambda *_rows: self._tell_why())
        left, bundles = card()
        bundles.addWidget(Heading(told.say("merge.result")))
        bundles.addWidget(self.summary)
        bundles.addWidget(self.table, 1)
        bundles.addWidget(self.why)
        right, after = scrolled_card()
        self._after = Anew()
        after.addWidget(self._after)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(10))
        layout.addWidget(left, 64)
        layout.addWidget(right, 36)

    def show_merged(self, merged: Merged) -> None:
        """Show one merge."""
        told = self._told
        rows = Whole(merged.bundles)
        self._model.show(lambda _after, _limit: rows)
        counts = {result.value: sum(one.result is result for one in merged.bundles) for result in Result}
        new = sum(one.new for one in merged.bundles)
        self.summary.setText(told.say("merge.summary", new=new, **counts))
        found = list(self._findings(merged))
        if not found:
            found = [Finding(State("check", told.say("merge.whole"), "ok"), told.say("merge.whole_what"))]
        code = merged.state_hash[:16]
        grouped = " ".join(code[at : at + 4] for at in range(0, 16, 4))
        with self._after.anew() as column:
            column.addWidget(Heading(told.say("merge.afterwards")))
            for finding in found:
                column.addWidget(finding)
            column.addWidget(PlainLabel(told.say("merge.hash"), role="field"))
            column.addWidget(PlainLabel(grouped, role="strong", selectable=True))
            column.addWidget(PlainLabel(told.say("merge.hash_what"), role="secondary", wrap=True))
            column.addStretch(1)

    def focus_start(self) -> None:
        """Put the focus on the bundles."""
        self.table.setFocus()

    def _findings(self, merged: Merged) -> Iterator[Finding]:
        told = self._told
        if merged.conflicts:
            numbers = told.say("comma").join(dict.fromkeys(number for number, _ in merged.conflicts[:6]))
            button = SecondaryButton(told.say("button.conflicts"), KEYS.get("conflicts", ""))
            button.setObjectName("go_conflicts")
            button.clicked.connect(lambda: self.went.emit("conflicts"))
            text = told.say("merge.conflicts", count=len(merged.conflicts))
            advice = told.say("merge.conflicts_what", numbers=numbers)
            yield Finding(State("warning", text, "warn"), advice, button)
        if merged.unknown:
            button = SecondaryButton(told.say("button.compare"))
            button.setObjectName("go_board")
            button.clicked.connect(lambda: self.went.emit("board"))
            stations = told.say("comma").join(merged.unknown)
            text = told.say("merge.unknown", stations=stations)
            yield Finding(State("shield", text, "warn"), told.say("merge.unknown_what"), button)
        for station, numbers_of in merged.missing.items():
            spans = told.spans(ranges(one.sequence for one in numbers_of))
            text = told.say("merge.missing", station=station, numbers=spans)
            yield Finding(State("search", text, "warn"), told.say("merge.missing_what"))
        for absent in merged.absent:
            text = told.say("merge.absent", station=absent.station, entries=told.spans(absent.spans))
            yield Finding(State("file", text, "warn"), told.say("merge.absent_what", station=absent.station))
        for altered in merged.altered:
            yield Finding(
                State("warning", told.say("merge.altered", **altered), "warn"), told.say("merge.altered_what")
            )

    def _result(self, one: BundleResult) -> State:
        icon, tone = _LOOKS[one.result]
        return State(icon, self._told.say(f"merge.{one.result.value}"), tone)

    def _why(self, one: BundleResult) -> str:
        """Say why, with the name of the file only: its folders would leave no room for the reason."""
        if one.reason is None:
            return ""
        named = {"file": one.file.name} if "file" in one.reason.details else {}
        reason = KnownError(one.reason.code, **{**one.reason.details, **named})
        return sentence_in_window(self._session.words, reason)

    def _begin_at_first(self) -> None:
        if not self.table.currentIndex().isValid():
            self.table.select(self._model.index(0, 0))
        self._tell_why()

    def _tell_why(self) -> None:
        """Say the whole sentence of the chosen bundle: a row has no room for it."""
        one = self._model.row_at(self.table.currentIndex())
        self.why.setText(self._why(one) if one is not None else "")
        self.why.setVisible(bool(self.why.text()))
