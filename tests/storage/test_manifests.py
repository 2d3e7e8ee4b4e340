"""The last manifest of every writer: newest serial kept, lives in their order."""

from __future__ import annotations

from desktop_app.storage.manifests import Heard, heard_manifests
from desktop_app.storage.store import Store
from tests.hearsay import MINUTE, NOW, Hearsay, hex_of, identity

SEVEN = identity("07")


def heard(store: Store) -> list[Heard]:
    with store.read() as view:
        return heard_manifests(view.connection)


def test_what_was_put_comes_back_whole(store: Store) -> None:
    Hearsay(store).hears(SEVEN, highest=9, drafts=[4], voids=[5], holds={hex_of("w"): ((1, 3), (5, 9))})
    (found,) = heard(store)
    told = found.manifest
    assert (told.identity, told.highest, told.open_drafts) == (SEVEN, 9, ("07-00004-3",))
    assert dict(told.holds) == {hex_of("w"): ((1, 3), (5, 9))}
    assert (found.at, found.by) == (NOW - 2 * MINUTE, "folder")


def test_an_older_manifest_changes_nothing(store: Store) -> None:
    floor = Hearsay(store)
    floor.hears(SEVEN, highest=9)
    floor.hears(SEVEN, highest=12)
    floor.serials.clear()
    floor.hears(SEVEN, highest=9, at=NOW, made=NOW - 60 * MINUTE)
    assert [one.manifest.highest for one in heard(store)] == [12]


def test_the_latest_life_of_a_store_comes_last(store: Store) -> None:
    floor = Hearsay(store)
    first, second = hex_of("first"), hex_of("second")
    floor.hears(SEVEN, lives=[first, second], highest=20, made=NOW - 60 * MINUTE)
    # A bundle of the older life was on a stick meanwhile, and its clock went wrong.
    floor.hears(SEVEN, lives=[first], highest=9, made=NOW)
    assert [(one.writer, one.manifest.highest) for one in heard(store)] == [(first, 9), (second, 20)]
