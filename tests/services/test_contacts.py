"""The contact book in a real store: the pack's contacts, what people change, check and try."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from desktop_app.domain.contact_book import BookContact, tree, values_of, with_book
from desktop_app.domain.contacts import contacts_for
from desktop_app.domain.errors import KnownError
from desktop_app.domain.roles import Role
from desktop_app.domain.site_pack import EMPTY_PACK, Contact
from desktop_app.domain.site_text import Bilingual
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources
from desktop_app.services.contacts import (
    add_contact,
    change_contact,
    contact_book,
    remove_contact,
    try_contact,
    verify_contact,
)
from desktop_app.services.incident_acts import undo
from desktop_app.storage.store import Store
from tests.stores import author

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
FIRE = Contact("fire", "fire", Bilingual("火警", "Fire brigade"), "119", verified_on=date(2026, 1, 5))
BOSS = Contact("boss", "centre_manager", Bilingual("周经理"), "13123450001", told_by="sv")
SUPERVISOR = Contact("sv", "supervisor", Bilingual("李主管"), "13123450002")
PACK = replace(EMPTY_PACK, contacts=(FIRE, BOSS, SUPERVISOR))


@pytest.fixture
def lead(store: Store) -> Store:
    return replace(store, author=author("6001", Role.LEAD))


def one(store: Store, key: str) -> BookContact:
    return next(found for found in contact_book(store, PACK) if found.contact.key == key)


def test_without_entries_the_book_is_the_pack(store: Store) -> None:
    found = contact_book(store, PACK)
    assert [entry.contact for entry in found] == list(PACK.contacts)
    assert [entry.changed for entry in found] == [False] * 3
    assert found[0].verified_at == datetime(2026, 1, 5, tzinfo=UTC)
    assert with_book(PACK, found) is PACK


def test_a_changed_number_is_what_the_cards_show(lead: Store) -> None:
    kept = change_contact(lead, "sv", {"phone": "010 5550 1234"}, now=NOW)
    found = one(lead, "sv")
    assert (found.contact.phone, found.contact.name, found.changed) == (
        "010 5550 1234",
        SUPERVISOR.name,
        True,
    )
    pack = with_book(PACK, contact_book(lead, PACK))
    assert contacts_for(pack, "supervisor")[0].phone == "010 5550 1234"
    undo(lead, kept.made, now=NOW)
    assert one(lead, "sv").contact == SUPERVISOR


def test_somebody_new_is_added_and_found_by_role(lead: Store) -> None:
    told = {"name": "赵工", "role": "standby", "phone": "13123450009", "skills": "投诉 英语"}
    kept = add_contact(lead, told, now=NOW, external=True)
    found = one(lead, kept.key)
    assert (found.from_pack, found.contact.skills, found.contact.external) == (False, ("投诉", "英语"), True)
    assert contacts_for(with_book(PACK, contact_book(lead, PACK)), "standby")[0].name.zh == "赵工"
    assert values_of(found.contact) | told == values_of(found.contact)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"role": "x", "phone": "119"}, "name_needed"),
        ({"name": "x", "phone": "119"}, "role_needed"),
        ({"name": "x", "role": "x"}, "phone_needed"),
        ({"name": "x", "role": "x", "phone": "没有"}, "no_number"),
        ({"name": "x" * 301, "role": "x", "phone": "119"}, "too_long"),
    ],
)
def test_what_is_wrong_is_said(lead: Store, values: dict[str, str], code: str) -> None:
    with pytest.raises(KnownError, match=rf"contacts\.{code}"):
        add_contact(lead, values, now=NOW)
    assert len(contact_book(lead, PACK)) == 3


def test_checking_and_calling_are_noted(store: Store) -> None:
    verify_contact(store, "boss", now=NOW)
    try_contact(store, "boss", reached=False, now=NOW, note="占线")
    try_contact(store, "boss", reached=True, now=NOW + timedelta(minutes=9), at=NOW + timedelta(minutes=5))
    found = one(store, "boss")
    assert (found.verified_at, found.verified_by) == (NOW, store.author.actor)
    assert [(entry.reached, entry.note) for entry in found.tried] == [(True, ""), (False, "占线")]
    assert not found.changed
    assert not found.stale(date(2026, 5, 1), 90)
    assert found.stale(date(2026, 7, 1), 90)
    assert one(store, "sv").stale(date(2026, 3, 2), 90), "nobody ever checked it"
    fire = one(store, "fire")
    assert fire.public
    assert not fire.stale(date(2027, 7, 1), 90), "nobody rings the fire brigade to check its number"


def test_removed_with_a_reason_and_back_again(lead: Store) -> None:
    with pytest.raises(KnownError, match=r"contacts\.reason_needed"):
        remove_contact(lead, "boss", reason=" ", now=NOW)
    made = remove_contact(lead, "boss", reason="已离职", now=NOW)
    assert [entry.contact.key for entry in contact_book(lead, PACK)] == ["fire", "sv"]
    undo(lead, made, now=NOW)
    assert len(contact_book(lead, PACK)) == 3


def test_agents_do_not_change_numbers(store: Store) -> None:
    with pytest.raises(KnownError):
        change_contact(store, "sv", {"phone": "110"}, now=NOW)


def test_the_tree_is_rung_from_the_top(store: Store) -> None:
    found = contact_book(store, PACK)
    assert [(depth, entry.contact.key) for depth, entry in tree(found)] == [
        (0, "fire"),
        (0, "sv"),
        (1, "boss"),
    ]


def test_a_ring_in_the_tree_loses_nobody(lead: Store) -> None:
    change_contact(lead, "sv", {"told_by": "boss"}, now=NOW)
    found = contact_book(lead, PACK)
    assert sorted(entry.contact.key for _, entry in tree(found)) == ["boss", "fire", "sv"]


def test_supplies_have_a_keeper_a_place_and_a_day_of_counting(lead: Store) -> None:
    shipped = read_pack(resources() / "site")
    (box,) = [one for one in contact_book(lead, shipped) if one.contact.role == "first_aid"]
    assert "茶水间" in box.contact.owns.zh
    assert box.stale(NOW.date(), 90)
    change_contact(lead, box.contact.key, {"owns": "茶水间药箱：创可贴 20 片"}, now=NOW)
    verify_contact(lead, box.contact.key, now=NOW)
    (box,) = [one for one in contact_book(lead, shipped) if one.contact.role == "first_aid"]
    assert box.contact.owns.zh == "茶水间药箱：创可贴 20 片"
    assert not box.stale(NOW.date(), 90)
    rung = {item.ring for kind in shipped.incident_types for item in kind.check_list}
    assert {"first_aid", "tools"} <= rung, "the check-lists say whom to ask for them"
