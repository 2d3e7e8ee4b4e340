"""A customer snapshot of invented people, made without a file."""

from __future__ import annotations

from datetime import datetime

from desktop_app.matching.sounds import name_sounds
from desktop_app.storage.customers_build import Import, building
from desktop_app.storage.customers_schema import NewCustomer
from desktop_app.storage.store import Store

PEOPLE = (
    ("K100", "陈女士", ("13123450219", "0571-55501001"), "翠湖苑 3-2-1602", "", ""),
    ("K101", "沈国强", ("13123450043",), "翠湖苑 5-1-0301", "VIP", ""),
    ("K102", "何小姐", ("13123459017",), "云栖里 2-801", "", "家有大狗"),
    ("K103", "陈志远", ("01055501004",), "", "", ""),
)
"""Number, name, phones, address, VIP, warning."""


def know_customers(store: Store, *, as_of: datetime, people: tuple = PEOPLE) -> None:
    """Give the store a snapshot of these people."""
    with building(store, lambda step, done, of: None) as new:
        new.add(
            NewCustomer(number, name, phones, address, "", vip, note, name_sounds(name))
            for number, name, phones, address, vip, note in people
        )
        new.finish(Import("customers.csv", "0" * 64, as_of, as_of, "8021"), [])
