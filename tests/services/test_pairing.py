"""Key files are shown, found and accepted, and no accepted key is ever replaced."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.domain.identities import Identity
from desktop_app.domain.roles import Role
from desktop_app.policy import Policy
from desktop_app.services import pairing
from desktop_app.services.pairing import (
    POLICY,
    accept,
    accept_policy_leads,
    become_lead,
    own,
    proposals,
    propose_found,
    read_identity,
    show_identity,
)
from desktop_app.storage.stations import Standing, known_stations, own_keys
from desktop_app.storage.store import Store
from desktop_app.words import LANGUAGES, Words
from tests.exchange.parties import party
from tests.stores import author, new_store
from tests.stores import store as store

NOW = datetime(2026, 12, 28, 4, 0, tzinfo=UTC)
LOW_ORDER = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z"


@pytest.fixture
def lead(tmp_path: Path) -> Iterator[Store]:
    opened = replace(new_store(tmp_path / "lead", station="01"), author=author("8001", Role.LEAD))
    yield opened
    opened.close()


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    folder.mkdir()
    return folder


def accepted(store: Store) -> dict[str, tuple[str, Role, str]]:
    with store.read() as view:
        found = known_stations(view.connection, Standing.ACCEPTED)
    return {one.identity.store: (one.identity.name, one.identity.role, one.vouched_by) for one in found}


def refused(store: Store, identity: Identity) -> str:
    with pytest.raises(KnownError) as caught:
        accept(store, identity, now=NOW)
    assert all(Words(language).sentence(caught.value) for language in LANGUAGES)
    return caught.value.code


def key_file(folder: Path, identity: Identity, name: str = "") -> Path:
    file = folder / (name or pairing.key_file_name(identity))
    file.write_text(json.dumps(identity.to_json()), "utf-8")
    return file


def test_what_one_shows_the_other_accepts_once(store: Store, lead: Store, tmp_path: Path) -> None:
    shown = show_identity(lead, tmp_path / "01.fdkey")
    told = read_identity(tmp_path / "01.fdkey")
    assert shown == told == own(lead)
    assert json.loads((tmp_path / "01.fdkey").read_bytes()).keys() == {
        *("version", "store", "station", "name", "role", "sign", "receive", "drill")
    }
    assert accept(store, told, now=NOW)
    assert not accept(store, told, now=NOW)
    assert accepted(store) == {told.store: ("8001", Role.LEAD, "")}


def test_keys_are_made_once(store: Store) -> None:
    first = own(store)
    assert own(store) == first
    with store.read() as view:
        keys = own_keys(view.connection)
    own(replace(store, author=author("8001", Role.LEAD)))
    with store.read() as view:
        assert own_keys(view.connection) == keys


def test_a_lead_makes_an_agents_store_a_leads(store: Store, share: Path) -> None:
    before = own(store)
    with pytest.raises(KnownError, match=r"pairing\.not_a_lead"):
        become_lead(store, share, now=NOW)
    assert not list(share.iterdir())
    at_it = replace(store, author=author("8001", Role.LEAD))
    file = become_lead(at_it, share, now=NOW)
    assert file.name == f"07-{before.store[:8]}.fdkey"
    told = read_identity(file)
    assert (told.role, told.code) == (Role.LEAD, before.code)
    # Whoever is at it later, it stays a lead's, and the file is not written twice.
    assert become_lead(store, share, now=NOW) == file
    assert [one.name for one in share.iterdir()] == [file.name]
    assert own(store).leads


def test_what_cannot_be_paired_with(store: Store) -> None:
    other = party("02").identity
    assert refused(store, own(store)) == "pairing.own"
    assert refused(store, replace(other, drill=True)) == "pairing.drill"
    assert refused(store, replace(other, receive=LOW_ORDER)) == "pairing.not_one"
    assert refused(store, replace(other, receive="age1" + "q" * 58)) == "pairing.not_one"
    accept(store, other, now=NOW)
    for changed in (
        replace(other, sign="ab" * 32),
        replace(other, receive=party("03").identity.receive),
        replace(other, station="03"),
    ):
        assert refused(store, changed) == "pairing.changed_key"
    assert accepted(store) == {other.store: (other.name, other.role, "")}


def test_key_files_in_a_folder_are_proposals_only(store: Store, lead: Store, share: Path) -> None:
    become_lead(lead, share, now=NOW)
    key_file(share, own(store))
    key_file(share, replace(party("04").identity, drill=True))
    found = propose_found(store, share, now=NOW)
    assert [one.identity for one in found] == [own(lead)]
    assert [one.identity for one in proposals(store)] == [own(lead)]
    assert accepted(store) == {}
    assert propose_found(store, share, now=NOW) == []
    accept(store, own(lead), now=NOW)
    assert proposals(store) == propose_found(store, share, now=NOW) == []


def test_a_role_that_an_accepted_store_claims_waits_for_a_person(store: Store, share: Path) -> None:
    agent = party("04").identity
    accept(store, agent, now=NOW)
    lead = replace(agent, role=Role.LEAD)
    key_file(share, lead)
    assert [one.identity for one in propose_found(store, share, now=NOW)] == [lead]
    assert propose_found(store, share, now=NOW) == []
    assert accepted(store) == {agent.store: (agent.name, Role.AGENT, "")}
    assert [one.identity for one in proposals(store)] == [lead]
    assert accept(store, lead, now=NOW)
    assert proposals(store) == []
    assert accepted(store) == {agent.store: (agent.name, Role.LEAD, "")}
    # Another key under the same id is not even proposed.
    key_file(share, replace(lead, sign="ab" * 32))
    assert propose_found(store, share, now=NOW) == []


def test_a_key_nobody_trusted_gives_way_to_one_that_was_compared(store: Store, share: Path) -> None:
    real = party("04").identity
    key_file(share, replace(real, sign="ab" * 32))
    assert propose_found(store, share, now=NOW)
    assert accept(store, real, now=NOW)
    assert accepted(store).keys() == {real.store}


def test_a_hostile_folder_harms_nobody(store: Store, share: Path, tmp_path: Path) -> None:
    good = party("02").identity
    key_file(tmp_path, good, "elsewhere.json")
    (share / "link.fdkey").symlink_to(tmp_path / "elsewhere.json")
    (share / "folder.fdkey").mkdir()
    os.mkfifo(share / "pipe.fdkey")
    (share / "deep.fdkey").write_text("[" * 60_000)
    (share / "large.fdkey").write_bytes(b" " * (1 << 20) + json.dumps(good.to_json()).encode())
    (share / "empty.fdkey").touch()
    (share / "text.fdkey").write_bytes(b"\xff\xfe\x00")
    for name, value in (
        ("version", True),
        ("store", "x" * 32),
        ("name", "a\u202eb"),
        ("name", "\ud800"),
        ("name", "a" * 81),
        ("role", "king"),
        ("sign", 7),
        ("receive", LOW_ORDER),
        ("drill", 0),
    ):
        (share / f"{name}-{value!r:.3}.fdkey").write_text(json.dumps(good.to_json() | {name: value}))
    assert propose_found(store, share, now=NOW) == []
    key_file(share, good)
    assert [one.identity for one in propose_found(store, share, now=NOW)] == [good]


def test_proposals_are_bounded(store: Store, share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "MOST_PROPOSALS", 3)
    for station in range(20, 26):
        key_file(share, party(str(station)).identity)
    assert len(propose_found(store, share, now=NOW)) == 3
    assert len(proposals(store)) == 3


def test_bad_key_files_have_a_sentence_each(tmp_path: Path) -> None:
    newer = tmp_path / "newer.fdkey"
    newer.write_text(json.dumps({"version": 2}))
    (tmp_path / "deep.fdkey").write_text("[" * 60_000)
    for file, code in (
        (tmp_path / "none.fdkey", "pairing.missing"),
        (tmp_path, "sharing.not_regular"),
        (newer, "pairing.newer"),
        (tmp_path / "deep.fdkey", "pairing.not_one"),
    ):
        with pytest.raises(KnownError) as caught:
            read_identity(file)
        assert caught.value.code == code
        assert all(Words(language).sentence(caught.value) for language in LANGUAGES)


def test_leads_of_the_policy_are_accepted(store: Store, lead: Store, tmp_path: Path) -> None:
    show_identity(lead, tmp_path / "01.fdkey")
    agent = key_file(tmp_path, party("04").identity)
    policy = Policy(leads=(tmp_path / "01.fdkey", agent, tmp_path / "none.fdkey"))
    problems = accept_policy_leads(store, policy, now=NOW)
    assert [problem.code for problem in problems] == ["pairing.policy_not_a_lead", "pairing.missing"]
    assert all(Words(language).sentence(one) for language in LANGUAGES for one in problems)
    assert accepted(store) == {own(lead).store: ("8001", Role.LEAD, POLICY)}
    # A person's word is stronger, and the policy does not take it back.
    accept(store, own(lead), now=NOW)
    accept_policy_leads(store, policy, now=NOW)
    assert accepted(store) == {own(lead).store: ("8001", Role.LEAD, "")}
    # The lead's own PC may have the same policy.
    assert len(accept_policy_leads(lead, policy, now=NOW)) == 2
    assert accepted(lead) == {}
