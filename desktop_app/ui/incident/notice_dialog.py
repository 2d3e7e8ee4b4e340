"""A notice is written, or changed before it is out: what is known goes into the site's text (B§2.3, §4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from PySide6.QtWidgets import QCheckBox, QWidget

from desktop_app.domain.entries import Value, moment_text
from desktop_app.domain.errors import KnownError
from desktop_app.domain.notice_templates import NoticeTemplate, drafted, templates_for
from desktop_app.domain.outage_options import AnnouncementType, Audience
from desktop_app.domain.times import zone_of
from desktop_app.services.announcements import Notice, change_announcement, draft_announcement
from desktop_app.services.decisions import Made
from desktop_app.services.incident_view import IncidentView
from desktop_app.ui.capture.time_edit import TimeEdit
from desktop_app.ui.doing_dialog import DoingDialog
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.typing.text_edit import LongTextEdit
from desktop_app.ui.widgets.buttons import QuietButton
from desktop_app.ui.widgets.chips import ChipGroup
from desktop_app.ui.widgets.combo import Combo
from desktop_app.ui.widgets.fitting_area import FittingArea
from desktop_app.ui.widgets.form_row import FormGrid
from desktop_app.ui.widgets.labels import PlainLabel

_WIDTH = 720
_LINES = ("affected", "workaround", "customer_action")
_MOST = 300
_HAN = re.compile("[\u3400-\u9fff]")


class NoticeDialog(DoingDialog):
    """``done_it`` carries what undo takes back. The texts follow the fields until somebody edits them.

    ``before`` is the notice whose words are taken over: the one that is changed, or the last one.
    """

    def __init__(
        self,
        session: Session,
        view: IncidentView,
        kind: AnnouncementType,
        before: Notice | None,
        parent: QWidget | None = None,
        *,
        changing: bool = False,
    ) -> None:
        say = session.words.say
        super().__init__(session, say(f"window.notices.title.{kind}"), say("window.notices.save"), parent)
        self._view, self._kind, self._before, self._changing = view, kind, before, changing
        self.about = before.id if changing and before is not None else f"{view.head}/{kind}"
        self._zone = zone_of(session.store.settings.zone)
        pack = session.shelf.pack
        found = templates_for(pack.announcements, kind, view.category)
        self._templates = {one.key: one for one in found}
        self._type = next((one for one in pack.incident_types if one.key == view.category), None)
        self._drafted = {"zh": "", "en": ""}
        self._make_fields()
        self._lay_out()
        self._fill(before)
        self._follow()
        self.fields["affected"].setFocus()

    def accept(self) -> None:
        """Keep it; a time that cannot be read is said."""
        told = self._values()
        if told is None:
            return
        session, view, kind, before = self.session, self._view, self._kind, self._before
        store, now = session.store, session.clock()

        def work() -> Made:
            if self._changing and before is not None:
                return change_announcement(store, before.id, told, now=now)
            return draft_announcement(store, view.head, kind, told, now=now)[1]

        self.do(work)

    def rewrite(self) -> None:
        """Write both texts anew from the fields, whatever stands there."""
        for language, text in self._texts().items():
            self._drafted[language] = text
            self.texts[language].setPlainText(text)

    def _make_fields(self) -> None:
        session = self.session
        self.template = Combo(name=session.words.say("window.notices.template"))
        self.template.setObjectName("template")
        language = session.words.language
        self.template.fill([(key, one.title.told(language)) for key, one in self._templates.items()])
        self.template.set_code(next(iter(self._templates), ""))
        self.template.code_changed.connect(lambda _code: self._follow())
        self.fields: dict[str, LineEdit] = {}
        for name in (*_LINES, "spokesperson", "audience_named"):
            self.fields[name] = LineEdit(most=_MOST)
            self.fields[name].setObjectName(name)
            self.fields[name].textChanged.connect(lambda _text: self._follow())
        self.times: dict[str, TimeEdit] = {}
        for name in ("since", "expected_at", "next_update_at"):
            self.times[name] = TimeEdit(self._zone, session.clock, ahead=name != "since")
            self.times[name].setObjectName(name)
            self.times[name].textChanged.connect(lambda _text: self._follow())
        self.expected_open = QCheckBox(session.words.say("field.expected_open"))
        self.expected_open.setObjectName("expected_open")
        self.expected_open.toggled.connect(lambda _open: self._follow())
        audience = [(one.value, session.words.say(f"option.audience.{one}")) for one in Audience]
        self.audience = ChipGroup(audience, name=session.words.say("field.audience"), optional=False)
        self.audience.setObjectName("audience")
        self.audience.set_code(Audience.ALL.value)
        self.audience.changed.connect(self._show_audience)
        self.texts: dict[str, LongTextEdit] = {}
        for language in ("zh", "en"):
            self.texts[language] = LongTextEdit()
            self.texts[language].setObjectName(f"text_{language}")
            self.texts[language].set_heights(scaled(66), scaled(128))

    def _lay_out(self) -> None:
        say = self.session.words.say
        page = QWidget()
        form = FormGrid(page)
        if len(self._templates) > 1:
            form.row(say("window.notices.template"), self.template)
        form.row(say("field.affected"), self.fields["affected"])
        form.pair(
            say("field.since"), self.times["since"], say("field.expected_at"), self.times["expected_at"]
        )
        form.row(say("field.workaround"), self.fields["workaround"])
        form.row(say("field.customer_action"), self.fields["customer_action"])
        if self._kind is AnnouncementType.STATEMENT:
            form.row(say("field.spokesperson"), self.fields["spokesperson"])
        else:
            form.row(say("field.audience"), self.audience)
            self._named = form.row(say("window.notices.audience_named"), self.fields["audience_named"])
            self._show_audience(self.audience.current_code())
        if self._kind in (AnnouncementType.FIRST, AnnouncementType.UPDATE):
            form.pair(say("field.next_update_at"), self.times["next_update_at"], "", self.expected_open)
        form.row(say("field.text_zh"), self.texts["zh"])
        form.row(say("field.text_en"), self.texts["en"])
        self._again = QuietButton(say("window.notices.rewrite"))
        self._again.setObjectName("rewrite")
        self._again.clicked.connect(self.rewrite)
        form.under(self._again)
        self.body.addWidget(PlainLabel(say("window.notices.means"), role="secondary", wrap=True))
        self.body.addWidget(self.notice)
        self.body.addWidget(FittingArea(page), 1)
        self.setMinimumWidth(scaled(_WIDTH))

    def _fill(self, before: Notice | None) -> None:
        """Enter what is known: of the notice before, else of the incident."""
        chosen, now = self._template(), self.session.clock()
        if before is None:
            if self._type is not None:
                self.fields["affected"].setText(self._type.title.told(self.session.words.language))
            since: datetime | None = self._view.since
        else:
            for name in _LINES:
                self.fields[name].setText(before.text(name))
            self.audience.show_code(before.text("audience") or Audience.ALL.value)
            self.fields["audience_named"].setText(before.text("audience_named"))
            self.expected_open.setChecked(before.values.get("expected_open") is True)
            if (expected := before.moment("expected_at")) is not None and (self._changing or expected > now):
                self.times["expected_at"].show_moment(expected)
            since = before.moment("since") or self._view.since
        if since is not None:
            self.times["since"].show_moment(since)
        spoken = chosen.spokesperson.told(self.session.words.language) if chosen is not None else ""
        self.fields["spokesperson"].setText((before.text("spokesperson") if before else "") or spoken)
        if self._changing and before is not None:
            if (due := before.moment("next_update_at")) is not None:
                self.times["next_update_at"].show_moment(due)
            for language, text in self._texts().items():
                self._drafted[language] = text
                self.texts[language].setPlainText(before.text(f"text_{language}"))
        elif chosen is not None and chosen.next_minutes:
            self.times["next_update_at"].show_moment(now + timedelta(minutes=chosen.next_minutes))

    def _template(self) -> NoticeTemplate | None:
        return self._templates.get(self.template.current_code())

    def _follow(self) -> None:
        """Let the texts follow the fields where nobody has edited them."""
        if not hasattr(self, "_again"):
            return
        for language, text in self._texts().items():
            field = self.texts[language]
            if field.full_text() == self._drafted[language]:
                field.setPlainText(text)
                self._drafted[language] = text
        differs = any(self.texts[one].full_text() != text for one, text in self._drafted.items())
        self._again.setVisible(bool(self._templates) and differs)

    def _texts(self) -> Mapping[str, str]:
        template = self._template()
        if template is None:
            return dict(self._drafted)
        return {one: drafted(template, self._known(one), one) for one in ("zh", "en")}

    def _known(self, language: str) -> Mapping[str, str]:
        known = {name: self.fields[name].full_text().strip().rstrip("。.") for name in _LINES}
        own = self._type.title if self._type is not None else None
        untold = language == "en" and bool(_HAN.search(known["affected"]))
        if own is not None and (untold or known["affected"] in (own.zh, own.en)):
            known["affected"] = own.told(language)
        if language == "en":
            # Chinese words in the English text, or a blank in their place, would go out unread.
            known = {name: "" if _HAN.search(text) else text for name, text in known.items()}
        names = {"since": "since", "expected": "expected_at", "next_update": "next_update_at"}
        for name, field in names.items():
            moment = self.times[field].moment()
            known[name] = f"{moment.astimezone(self._zone):%m-%d %H:%M}" if moment is not None else ""
        if self.expected_open.isChecked():
            known["expected"] = ""
        return known

    def _values(self) -> dict[str, Value] | None:
        told: dict[str, Value] = {name: self.fields[name].full_text().strip() for name in _LINES}
        for name, field in self.times.items():
            moment = field.moment()
            if moment is None and field.full_text().strip():
                self.refuse(KnownError("announcements.time"), field)
                return None
            told[name] = moment_text(moment) if moment is not None else None
        told |= {f"text_{one}": field.full_text().strip() for one, field in self.texts.items()}
        if self._kind is AnnouncementType.STATEMENT:
            told["spokesperson"] = self.fields["spokesperson"].full_text().strip()
        else:
            told["audience"] = self.audience.current_code()
            told["audience_named"] = self.fields["audience_named"].full_text().strip()
            told["expected_open"] = self.expected_open.isChecked()
        template = self._template()
        told["wording_version"] = str(template.version) if template is not None else ""
        return told

    def _show_audience(self, code: str) -> None:
        named = code not in ("", Audience.ALL.value)
        self._named.setVisible(named)
        self.fields["audience_named"].setVisible(named)
