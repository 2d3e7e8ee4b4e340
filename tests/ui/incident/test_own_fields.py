"""The own fields of a type by keys over a real store: kept while they are typed, asked when they matter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.incident_types import IncidentType
from desktop_app.domain.own_fields import held
from desktop_app.domain.roles import Role
from desktop_app.services.half_typed import half_typed_at
from desktop_app.services.incident_values import set_values
from desktop_app.services.incidents import incident, report_fault
from desktop_app.ui.deeds import Deeds
from desktop_app.ui.half_typed import KEEP_MILLISECONDS
from desktop_app.ui.incident.own_fields import OwnFields
from tests.stores import author
from tests.ui.incident.conftest import NOW, Room
from tests.ui.typing.composing import settle as commit_text


class Form:
    """The fields of one incident in the window, and the incident."""

    def __init__(self, room: Room, kind: str) -> None:
        self.room = room
        self.kind = next(one for one in room.session.shelf.pack.incident_types if one.key == kind)
        self.id = report_fault(room.store, symptom="看到烟", category=kind, now=NOW, outage=False).incident
        self.deeds = Deeds(room.session, room.window)
        self.fields = OwnFields(room.session, self.deeds, "test")
        layout = QVBoxLayout(room.window)
        layout.addWidget(self.fields)
        layout.addStretch(1)
        self.fields.refused.connect(room.told.tell)
        self.show()
        QApplication.processEvents()

    def show(self) -> None:
        self.fields.show_incident(incident(self.room.store, self.id), self.kind.fields, self.kind)

    def widget(self, key: str) -> QWidget:
        found = self.fields.findChild(QWidget, key)
        assert isinstance(found, QWidget)
        return found

    def focus(self, key: str) -> None:
        self.fields.go_to(key)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        field = QApplication.focusWidget()
        assert field is not None
        if text.isascii():
            self.room.qtbot.keyClicks(field, text)
        else:
            commit_text(field, text)

    def kept(self, key: str) -> Value:
        self.room.settle()
        values = incident(self.room.store, self.id).values
        return held(next(one for one in self.kind.fields if one.key == key), values)

    def typed(self) -> Mapping[str, str]:
        """What the store holds of what is typed and not in the log yet."""
        self.room.settle()
        found = half_typed_at(self.room.store, f"test/{self.id}")
        return found.texts if found is not None else {}

    def wait_kept(self, key: str, value: Value) -> None:
        self.room.qtbot.waitUntil(lambda: self.kept(key) == value)


def test_what_is_typed_is_in_the_store_within_a_second_and_without_leaving(room: Room) -> None:
    form = Form(room, "threat")
    form.focus("threat_words")
    form.type("下午三点")
    # How long a busy machine takes besides is for the benchmarks to say.
    assert form.fields._soon.isActive()
    assert form.fields._soon.interval() == KEEP_MILLISECONDS <= 500
    room.qtbot.waitUntil(lambda: form.typed() == {"threat_words": "下午三点"})
    form.type("，后门")
    room.qtbot.waitUntil(lambda: form.typed() == {"threat_words": "下午三点，后门"})
    assert form.kept("threat_words") is None
    lines = len(incident(room.store, form.id).log)
    form.focus("threat_where")
    form.wait_kept("threat_words", "下午三点，后门")
    assert form.typed() == {}
    assert len(incident(room.store, form.id).log) == lines + 1, "one change, however often it was kept"
    assert incident(room.store, form.id).conflicts == {}


def test_what_a_crash_left_is_taken_up_and_keeps_what_others_wrote_meanwhile(room: Room) -> None:
    form = Form(room, "threat")
    form.focus("threat_words")
    form.type("三点")
    room.qtbot.waitUntil(lambda: form.typed() == {"threat_words": "三点"})
    # Nobody leaves the field: the window is gone, and another is opened.
    again = OwnFields(room.session, form.deeds, "test")
    set_values(room.store, form.id, {"threat_words": "四点"}, now=NOW)
    room.window.layout().addWidget(again)
    again.show_incident(incident(room.store, form.id), form.kind.fields, form.kind)
    room.settle()
    assert again.values()["threat_words"] == "三点"
    both = incident(room.store, form.id).conflicts["threat_words"]
    assert set(both) == {"三点", "四点"}
    assert form.typed() == {}
    # Whoever writes the right one settles it, also where it is the one on screen.
    again.show_incident(incident(room.store, form.id), form.kind.fields, form.kind)
    shown = str(again.values()["threat_words"])
    again.go_to("threat_words")
    field = QApplication.focusWidget()
    field.clear()
    commit_text(field, shown)
    again.go_to("threat_where")
    room.settle()
    assert (form.kept("threat_words"), incident(room.store, form.id).conflicts) == (shown, {})


def test_a_long_pause_is_written_for_the_others_too(room: Room) -> None:
    form = Form(room, "threat")
    form.focus("threat_words")
    form.type("三点")
    form.fields._pause.start(KEEP_MILLISECONDS + 200)
    form.wait_kept("threat_words", "三点")
    form.type("半")
    form.focus("threat_where")
    form.wait_kept("threat_words", "三点半")
    assert incident(room.store, form.id).conflicts == {}, "what goes on is no second opinion"


def test_every_kind_is_typed_by_keys(room: Room) -> None:
    form = Form(room, "threat")
    form.focus("threat_voice")
    form.type("1")
    form.type("6")
    room.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    room.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    form.wait_kept("threat_voice", ["man", "calm", "excited"])
    form.type("1")
    form.wait_kept("threat_voice", ["calm", "excited"])
    form.focus("threat_kind")
    form.type("2")
    form.wait_kept("threat_kind", "poison")


def test_a_stamp_begins_its_clock_to_the_second(room: Room) -> None:
    form = Form(room, "fire")
    room.clock.now += timedelta(seconds=95)
    form.fields.stamp()
    at = moment_text(NOW + timedelta(seconds=95))
    assert form.kept("evacuated_at") == at
    assert ("evacuated", NOW + timedelta(seconds=95)) in [
        (one.code, one.at) for one in incident(room.store, form.id).events
    ]
    form.focus("evacuated_at")
    form.focus("counted_people")
    assert form.kept("evacuated_at") == at


def test_half_a_time_starts_nothing_and_is_not_lost(room: Room) -> None:
    form = Form(room, "fire")
    form.focus("evacuated_at")
    form.type("25:7")
    room.qtbot.wait(KEEP_MILLISECONDS + 200)
    assert form.kept("evacuated_at") is None
    heard: list[bool] = []
    form.fields.flush(heard.append)
    room.settle()
    assert heard == [True]
    assert form.kept("evacuated_at") == "25:7"
    form.focus("counted_people")
    form.type("2")
    form.focus("missing_people")
    assert form.kept("counted_people") == 2


def test_what_is_asked_follows_what_is_typed(room: Room) -> None:
    form = Form(room, "property_loss")
    assert not form.widget("police_case").isVisible()
    form.focus("loss")
    form.type("5000.5")
    room.qtbot.waitUntil(lambda: form.typed() == {"loss": "5000.5"})
    assert form.widget("police_case").isVisible()
    assert "police_rung_at" in [one.key for one in form.fields.missing()]
    room.qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    form.wait_kept("loss", "5000.50")


def test_two_ill_people_begin_the_alarm(room: Room) -> None:
    form = Form(room, "accident")
    form.focus("unfit_count")
    form.type("2")
    form.wait_kept("unfit_count", 2)
    assert "two_unfit" in [one.code for one in incident(room.store, form.id).events]


def test_what_others_write_comes_in_and_what_one_types_stays(room: Room) -> None:
    form = Form(room, "threat")
    kind: IncidentType = form.kind
    form.focus("threat_where")
    form.type("3F")
    room.settle()
    set_values(
        room.store,
        form.id,
        {"threat_where": "二楼", "threat_when": "三点"},
        now=NOW,
        of_type=kind,
    )
    form.show()
    form.wait_kept("threat_when", "三点")
    assert form.fields.values()["threat_when"] == "三点"
    assert form.fields.values()["threat_where"] == "3F"


def test_an_auditor_is_refused_and_the_field_shows_what_holds(room: Room) -> None:
    form = Form(room, "threat")
    auditor = replace(room.store, author=author("6009", Role.AUDITOR))
    form.fields._session = replace(room.session, store=auditor)
    form.focus("threat_where")
    form.type("3F")
    heard: list[bool] = []
    form.fields.flush(heard.append)
    room.settle()
    assert heard == [True]
    assert len(room.told.problems) == 1
    room.told.problems.clear()
    assert form.fields.values()["threat_where"] is None


def test_tab_goes_through_all_fields_and_round(room: Room) -> None:
    form = Form(room, "media")
    form.focus("media_outlet")
    seen = []
    for _ in form.kind.fields:
        focus = QApplication.focusWidget()
        seen += [
            one.key for one in form.kind.fields if focus in (form.widget(one.key), *_inside(form, one.key))
        ]
        room.qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert seen == [one.key for one in form.kind.fields]
    assert QApplication.focusWidget() is form.widget("media_outlet")


def _inside(form: Form, key: str) -> list[QWidget]:
    return form.widget(key).findChildren(QWidget)
