"""Who is calling, as the form sees it: looked up while typed, offered, confirmed, and their calls before."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.domain.phones import grouped
from desktop_app.domain.times import zone_of
from desktop_app.services.offers import Offer, offers
from desktop_app.ui.capture.fields_panel import FieldsPanel
from desktop_app.ui.capture.looking_up import LOOK_UP_FIELDS, LookingUp
from desktop_app.ui.capture.offer_words import OfferWords
from desktop_app.ui.capture.offered import OfferedValues
from desktop_app.ui.capture.offered_mark import FieldMark, NumberMark, OfferedMark
from desktop_app.ui.session import Session
from desktop_app.ui.typing.keys import KEYS, first_key
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.announce import announce


class CallerDesk(QObject):
    """Joins the look-up, the stored address and the panel of calls to the fields of a form.

    ``taken`` is emitted once somebody who was looked up is in the fields.
    """

    taken = Signal()

    def __init__(self, session: Session, fields: FieldsPanel, form: QWidget) -> None:
        super().__init__(form)
        self._session, self._fields = session, fields
        zone = zone_of(session.store.settings.zone)
        lines = {key: _line(fields, key) for key in LOOK_UP_FIELDS}
        self._panel = fields.caller
        self._values = OfferedValues(fields, zone)
        self.mark = OfferedMark(session.words, lines["address"])
        self.number = NumberMark(session.words, lines["phone"])
        self.number.confirmed.connect(self._call_back_on)
        self.wrong = FieldMark(lines["caller_name"], "wrong_caller", kind="quiet", least=70)
        self.wrong.clicked.connect(self.take_back)
        words = OfferWords(session.words, zone, session.store.settings.customers_max_age_days)
        self.looking_up = LookingUp(session, lines, words, form)
        self.looking_up.taken.connect(self.take)
        self.looking_up.nobody_known.connect(fields.say_hint)
        self._was_in: QWidget | None = None
        self._add_keys(form)

    def typed(self, key: str) -> None:
        """Follow what a person wrote into a field."""
        self.looking_up.typed(key)
        if key == "phone":
            if self._values.another_number():
                self._panel.show_customer(None)
            self._panel.show_number(self._fields.editor("phone").read())

    def take(self, key: str, offer: Offer) -> None:
        """Put whom a person chose into the form; ``key`` is the field it was looked for from, or empty."""
        with self.looking_up.quiet():
            changed = self._values.fill(key, offer)
        self._panel.show_customer(offer.customer if offer.as_of else None)
        self._panel.show_number(self._fields.editor("phone").read())
        name = offer.customer.name or offer.phone
        announce(self._fields, self._session.words.say("window.capture.look_up.taken", name=name))
        self.taken.emit()
        if changed:
            self.wrong.show_texts((self._session.words.say("window.capture.offered.wrong"),))
        if "address" in changed:
            self.mark.offer(known=offer.as_of is not None)
        self._offer_number(offer.phone)
        if changed:
            # Choices tell nobody of what is put into them.
            self._fields.edited.emit(changed[-1])

    def take_back(self) -> None:
        """It is somebody else: everything that was put in goes, what was typed stands there again."""
        if not self.wrong.open:
            return
        with self.looking_up.quiet():
            changed = self._values.take_back()
        for mark in (self.mark, self.number, self.wrong):
            mark.drop()
        self._panel.show_customer(None)
        self._panel.show_number(self._fields.editor("phone").read())
        announce(self._fields, self._session.words.say("window.capture.offered.taken_back"))
        self._fields.go_to("phone")
        if changed:
            self._fields.edited.emit(changed[-1])

    def clear(self) -> None:
        """Know nobody: another call begins."""
        self.looking_up.dismiss()
        for mark in (self.mark, self.number, self.wrong):
            mark.drop()
        self._values.forget()
        self._panel.clear()

    def loaded(self) -> None:
        """Find out again who a draft is about, and whether its address is only the stored one."""
        texts = {key: self._fields.editor(key).read() for key in (*LOOK_UP_FIELDS, "customer_no")}
        self._panel.show_number(texts["phone"])
        number, address = texts["customer_no"], texts["address"]
        if not number:
            return
        store, now = self._session.store, self._session.clock()

        def found(told: Offer | None) -> None:
            if told is None or self._fields.editor("customer_no").read() != number:
                return
            self._panel.show_customer(told.customer)
            if address and address == told.customer.address == self._fields.editor("address").read():
                self.mark.offer(known=True)
            self._offer_number(told.phone)

        def ask() -> Offer | None:
            known = offers(store, number, now=now).found
            return next((one for one in known if one.customer.customer_no == number), None)

        self._session.background.query(ask, found, lambda _problem: None, owner=self)

    def _add_keys(self, form: QWidget) -> None:
        add, panel = self._session.shortcuts.add, self._panel
        confirm = KEYS["confirm_address"]
        offered = (self.mark, self.number)
        add("confirm_address", confirm, self._confirm, when=lambda: any(m.open for m in offered), owner=form)
        wrong = KEYS["wrong_caller"]
        add("wrong_caller", wrong, self.take_back, when=lambda: self.wrong.open, owner=form)
        add("caller", KEYS["caller"], self._go_to_calls, when=lambda: panel.isVisible() and panel.knows())
        add("caller_back", "Esc", self._come_back, when=panel.here, owner=form)

    def _confirm(self) -> None:
        """Confirm what is asked first, the address; with the caret in the number, or after it, the number."""
        if self.number.open and (self.number.field.hasFocus() or not self.mark.open):
            self.number.confirm()
        else:
            self.mark.confirm()

    def _offer_number(self, phone: str) -> None:
        """Offer the stored number to call back on, where nobody has said from which one this call comes."""
        editor = self._fields.editor
        if editor("phone").read() or editor("callback_phone").read():
            self.number.drop()
            return
        self.number.offer(phone)
        if self.number.open:
            code, keys = "window.capture.offered.number_how", first_key("confirm_address")
            self._fields.say_hint(self._session.words.say(code, phone=grouped(phone), keys=keys))

    def _call_back_on(self, phone: str) -> None:
        self._values.give("callback_phone", phone)
        told = self._session.words.say("window.capture.offered.number_confirmed", phone=grouped(phone))
        self._fields.say_hint(told)
        self._fields.edited.emit("callback_phone")

    def _go_to_calls(self) -> None:
        self._was_in = QApplication.focusWidget()
        self._panel.enter()

    def _come_back(self) -> None:
        """Back to where the caret was before the calls were looked at."""
        if self._was_in is not None and self._was_in.isVisible():
            self._was_in.setFocus()
        else:
            self._fields.go_to("phone")


def _line(fields: FieldsPanel, key: str) -> LineEdit:
    widget = fields.editor(key).widget
    if not isinstance(widget, LineEdit):
        raise TypeError(key)
    return widget
