"""Most callers of the day are in the CRM's list, and the list is one that is understood."""

from pathlib import Path

from desktop_app.services.customers import look_up, snapshot
from desktop_app.services.demo_day.customers import demo_customers
from desktop_app.services.demo_day.people import people
from desktop_app.services.demo_day.plan import Plan
from desktop_app.storage.store import Store


def test_most_callers_are_known(store: Store, tmp_path: Path) -> None:
    plan = Plan(calls=100, seed=5)
    count = demo_customers(store, tmp_path / "customers.csv", plan)
    told = snapshot(store)
    assert told is not None
    assert (told.customers, told.file) == (count, "customers.csv")
    callers = people(plan)
    found = [person for person in callers if look_up(store, person.phone)]
    assert 0.7 < len(found) / len(callers) < 1
    assert any(match.customer.vip for match in look_up(store, "1312345", limit=100))
