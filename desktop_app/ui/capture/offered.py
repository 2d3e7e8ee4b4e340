"""Somebody who was looked up, put into the form: offered to the agent, never over what the agent typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from desktop_app.domain.customers import MatchedBy
from desktop_app.domain.phones import phone_of
from desktop_app.domain.typed import moment_shown
from desktop_app.services.offers import Offer
from desktop_app.ui.capture.fields_panel import FieldsPanel

_BY_NUMBER = (MatchedBy.PHONE, MatchedBy.LAST_DIGITS)
_FOLDED = ("customer_no", "snapshot_as_of", "important")


class OfferedValues:
    """Fills a form with whom a person took, and knows later which of it nobody has touched since."""

    def __init__(self, fields: FieldsPanel, zone: tzinfo) -> None:
        self._fields, self._zone = fields, zone
        self._given: dict[str, str] = {}
        self._before: dict[str, str] = {}

    def forget(self) -> None:
        """Begin with another call: everything in the form is its own."""
        self._given, self._before = {}, {}

    def take_back(self) -> tuple[str, ...]:
        """Show again what stood there before the first offer, and return the fields that changed.

        What a person wrote over an offer stays.
        """
        changed = []
        for name, text in self._given.items():
            editor = self._fields.editor(name)
            if editor.read() == text != self._before[name]:
                editor.show(self._before[name])
                changed.append(name)
        self.forget()
        return tuple(changed)

    def give(self, name: str, text: str) -> None:
        """Put something more of the same person into a field, once the caller has agreed to it."""
        editor = self._fields.editor(name)
        self._before[name] = editor.read()
        editor.show(text)
        self._given[name] = editor.read()

    def fill(self, key: str, offer: Offer) -> tuple[str, ...]:
        """Put somebody into the form and return the fields that changed.

        The text of the field ``key`` was the question, so the answer takes its place; any other field keeps
        what a person wrote, and all do where the question was asked elsewhere (``key`` is empty). What an
        earlier offer put in gives way to this one.
        """
        changed = []
        texts = {**dict.fromkeys(self._given.keys() & {"callback_phone"}, ""), **self._texts(key, offer)}
        for name, text in texts.items():
            editor = self._fields.editor(name)
            held = editor.read()
            own = bool(held) and held != self._given.get(name) and name != key
            if own or (name == key and not text) or held == text:
                continue
            editor.show(text)
            if held != self._given.get(name):
                self._before[name] = held
            self._given[name] = editor.read()
            changed.append(name)
        return tuple(changed)

    def another_number(self) -> bool:
        """Whether the number an offer put in was typed over by another: somebody else calls.

        What stands folded away of whom was offered is taken out then, unless a person changed it.
        """
        given = phone_of(self._given.get("phone", "")).digits
        # The same number may be on its way again.
        if given.startswith(phone_of(self._fields.editor("phone").read()).digits) or not given:
            return False
        for name in _FOLDED:
            editor = self._fields.editor(name)
            if name in self._given and editor.read() == self._given[name]:
                editor.show("")
        self._given = {name: text for name, text in self._given.items() if name not in ("phone", *_FOLDED)}
        return True

    def _texts(self, key: str, offer: Offer) -> Mapping[str, str]:
        """Return what each field is offered.

        A stored number is taken for the one that calls only where it was the number that was looked for.
        """
        customer = offer.customer
        texts = {
            "caller_name": customer.name,
            "address": customer.address,
            "customer_no": customer.customer_no,
            "snapshot_as_of": moment_shown(offer.as_of, self._zone) if offer.as_of else "",
            "important": "yes" if customer.vip else "",
        }
        asked_number = key == "phone" or (not key and offer.by in _BY_NUMBER)
        return {"phone": offer.phone, **texts} if asked_number else texts
