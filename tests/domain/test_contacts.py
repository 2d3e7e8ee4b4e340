"""The number to ring is that of whoever serves the address."""

from dataclasses import replace

import pytest

from desktop_app.domain import contacts
from desktop_app.domain.contacts import contacts_for, contacts_like, role_name
from desktop_app.domain.site_pack import Contact
from desktop_app.domain.site_text import Bilingual
from tests.packs import contact, pack, said

PACK = pack(
    contacts=(
        contact("all"),
        contact("garden", "锦绣家园", "Jinxiu"),
        contact("garden 2", "锦绣家园二期"),
        contact("river", "滨河花园"),
        contact("fire", role="fire"),
        contact("nobody", " ", role="lonely"),
    )
)


@pytest.mark.parametrize(
    ("role", "address", "keys"),
    [
        ("property", "", ["all"]),
        ("property", "城东路 12 号", ["all"]),
        ("property", "锦绣家园3幢2单元", ["garden", "all"]),
        ("property", "锦绣家园二期3幢", ["garden 2", "garden", "all"]),
        ("property", "锦绣 家园 3幢", ["garden", "all"]),
        ("property", "ＪＩＮＸＩＵ garden 3-2", ["garden", "all"]),
        ("property", "滨河花园与锦绣家园之间", ["garden", "river", "all"]),
        ("fire", "锦绣家园", ["fire"]),
        ("lonely", "anywhere", []),
        ("water", "锦绣家园", []),
    ],
)
def test_who_serves_the_address_first(role: str, address: str, keys: list[str]) -> None:
    assert [one.key for one in contacts_for(PACK, role, address)] == keys


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("锦绣", ["garden", "garden 2"]),
        ("FIRE", ["fire"]),
        ("ＦＩＲＥ", ["fire"]),
        ("锦绣 二期", ["garden 2"]),
        ("没有这个人", []),
    ],
)
def test_who_is_looked_for_is_found_by_any_word(typed: str, keys: list[str]) -> None:
    assert [one.key for one in contacts_like(PACK, typed)] == keys


def test_those_the_steps_ask_for_come_first() -> None:
    found = contacts_like(PACK, "", "锦绣家园3幢", ("fire", "property"))
    assert [one.key for one in found[:3]] == ["fire", "garden", "all"]
    assert len(found) == len(PACK.contacts)


class Incomparable(Contact):
    def __eq__(self, other: object) -> bool:
        raise AssertionError("with a thousand contacts a million comparisons stand behind each key")

    __hash__ = None  # type: ignore[assignment]


def test_contacts_are_not_compared_one_with_another() -> None:
    many = [Incomparable(f"centre {place}", "property", said("中心"), "0571 55501001") for place in range(20)]
    listed = replace(PACK, contacts=tuple(many))
    assert len(contacts_like(listed, "", "", ("property",))) == 20


def test_what_a_caller_says_is_not_held_beyond_the_question() -> None:
    contacts_like(PACK, "滨河", "锦绣家园3幢", ("property",))
    held = contacts._plain.cache_info().currsize
    contacts_like(PACK, "陈女士", "翠湖苑 3-2-1602", ("property",))
    assert contacts._plain.cache_info().currsize == held


def test_a_role_is_called_as_its_first_contact() -> None:
    assert role_name(PACK, "property") == said("all")
    assert role_name(PACK, "harbour") == Bilingual("harbour"), (
        "a pack that has changed since still tells whom"
    )
