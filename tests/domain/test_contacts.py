"""The number to ring is that of whoever serves the address."""

import pytest

from desktop_app.domain.contacts import contacts_for
from tests.packs import contact, pack

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
