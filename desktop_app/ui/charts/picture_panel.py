"""The outage drawn: calls by quarter of an hour, back-fill and promises burning down; keys read them out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.picture import Bar
from desktop_app.domain.times import zone_of
from desktop_app.services.picture import Picture, picture
from desktop_app.ui.charts.bar_chart import BarChart
from desktop_app.ui.charts.chart import Chart
from desktop_app.ui.charts.step_chart import Line, StepChart
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.cards import card
from desktop_app.ui.widgets.labels import ElidedLabel, Heading, PlainLabel


class PicturePanel(QWidget):
    """Two charts beside each other; ``show_span`` reads and draws one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._words = session.words
        self._zone = zone_of(session.store.settings.zone)
        self.calls = BarChart(self._say("calls"), self._zone, self._of_bar)
        self.open = StepChart(self._say("open"), self._zone, self._of_moment)
        self._nothing = PlainLabel(self._say("nothing"), role="secondary", wrap=True)
        charts: tuple[Chart, ...] = (self.calls, self.open)
        self._sums = {chart: ElidedLabel(role="secondary") for chart in charts}
        self._asked: tuple[datetime, datetime] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(8))
        layout.addWidget(self._nothing)
        row = QHBoxLayout()
        row.setSpacing(scaled(8))
        for name, chart in (("calls", self.calls), ("open", self.open)):
            row.addWidget(self._card(name, chart), 1)
        layout.addLayout(row, 1)
        self._nothing.hide()

    def show_span(self, since: datetime, until: datetime) -> None:
        """Read and draw what came in from ``since`` to ``until`` (UTC), away from the GUI thread."""
        self._asked = (since, until)
        store = self._session.store
        self._session.background.query(
            lambda: picture(store, since=since, until=until), self._show, owner=self
        )

    def _show(self, found: Picture) -> None:
        if (found.since, found.until) != self._asked:
            return
        self._nothing.setVisible(found.empty)
        self.calls.show_bars(found.calls)
        self.open.show_lines(
            (Line(self._say("to_backfill"), found.to_backfill), Line(self._say("promises"), found.promises))
        )
        urgent = sum(bar.urgent for bar in found.calls)
        self._sums[self.calls].setText(self._say("calls_sum", count=found.recorded, urgent=urgent))
        self._sums[self.open].setText(
            self._say(
                "open_sum",
                to_backfill=found.to_backfill[-1].count,
                promises=found.promises[-1].count,
                promised=found.promised,
            )
        )

    def _card(self, name: str, chart: Chart) -> QWidget:
        frame, layout = card()
        chart.setObjectName(f"chart_{name}")
        heading = Heading(self._say(name))
        heading.setBuddy(chart)
        layout.addWidget(heading)
        layout.addWidget(chart, 1)
        sums = self._sums[chart]
        layout.addWidget(sums)
        read = ElidedLabel(self._say("walk"), role="secondary")
        read.setObjectName(f"read_{name}")
        chart.read.connect(lambda told: read.setText(told or self._say("walk")))
        layout.addWidget(read)
        return frame

    def _of_bar(self, bar: Bar, until: datetime) -> str:
        return self._say(
            "bar", since=self._time(bar.start), until=self._time(until), count=bar.calls, urgent=bar.urgent
        )

    def _of_moment(self, at: datetime, counts: Sequence[tuple[str, int]]) -> str:
        told = (self._say("count", name=name, count=count) for name, count in counts)
        return self._say("moment", time=self._time(at), counts=self._say("between").join(told))

    def _time(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%H:%M}"

    def _say(self, key: str, **details: object) -> str:
        return self._words.say(f"window.picture.{key}", **details)
