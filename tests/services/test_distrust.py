"""A lead says which stores are not ours and which are no longer trusted; accepting undoes both."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.domain.bundles import Result
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identities import Identity
from desktop_app.domain.roles import Role
from desktop_app.exchange.bundles import read_header
from desktop_app.policy import Policy
from desktop_app.services.distrust import decline, forget
from desktop_app.services.handin import hand_in
from desktop_app.services.merge import merge_quarantined
from desktop_app.services.pairing import (
    accept,
    accept_policy_leads,
    key_file_name,
    proposals,
    propose_found,
    show_identity,
)
from desktop_app.services.records import template_rows
from desktop_app.services.stations_board import board
from desktop_app.storage.stations import Standing, station_of
from desktop_app.words import LANGUAGES, Words
from tests.exchange.parties import party
from tests.floor import NOW, Desk, Floor, pair
from tests.floor import floor as floor


def found_in(folder: Path, desk: Desk, *identities: Identity) -> list[Identity]:
    """Let a desk look at a folder in which these key files lie."""
    for place, one in enumerate(identities):
        (folder / f"{place}-{key_file_name(one)}").write_text(json.dumps(one.to_json()), "utf-8")
    return [one.identity for one in propose_found(desk.store, folder, now=NOW)]


def standing(desk: Desk, store: str) -> Standing | None:
    with desk.store.read() as view:
        known = station_of(view.connection, store)
    return known.standing if known is not None else None


def test_what_was_declined_is_asked_again_only_with_other_keys(floor: Floor, tmp_path: Path) -> None:
    lead, other = floor.lead(), party("04").identity
    assert found_in(tmp_path, lead, other) == [other]
    assert decline(lead.store, other, now=NOW)
    assert found_in(tmp_path, lead) == []
    assert proposals(lead.store) == []
    shown = board(lead.store, now=NOW)
    assert (shown.waiting, [one.identity for one in shown.declined]) == ((), [other])
    # A name is no news; a lead's role and other keys are.
    assert found_in(tmp_path, lead, replace(other, name="别人")) == []
    assert found_in(tmp_path, lead, replace(other, role=Role.LEAD)) == [replace(other, role=Role.LEAD)]
    assert decline(lead.store, replace(other, role=Role.LEAD), now=NOW)
    changed = replace(other, sign="ab" * 32)
    assert found_in(tmp_path, lead, changed) == [changed]
    assert accept(lead.store, other, now=NOW)
    assert not decline(lead.store, other, now=NOW)
    shown = board(lead.store, now=NOW)
    assert (shown.waiting, shown.declined) == ((), ())


def test_hand_ins_of_a_declined_store_are_kept_and_merged_once_it_is_accepted(floor: Floor) -> None:
    lead, station = floor.lead(), floor.desk("07")
    station.accepts(lead)
    station.log_many(1)
    first = station.hand_in(lead)
    assert lead.merge(first).unknown == ("07",)
    decline(lead.store, station.identity, now=NOW)
    station.log_many(1)
    merged = lead.merge(station.hand_in(lead))
    assert ([one.result for one in merged.bundles], merged.unknown) == ([Result.QUARANTINED], ())
    shown = board(lead.store, now=NOW)
    ((told,), waiting) = shown.declined, shown.waiting
    assert (told.bundles, waiting) == (2, ())
    accept(lead.store, station.identity, now=NOW)
    merge_quarantined(lead.store, station.identity.store, now=NOW)
    assert len(template_rows(lead.store)) == 2
    assert board(lead.store, now=NOW).declined == ()


def test_a_forgotten_station_is_told_nothing_and_waits_again(floor: Floor, tmp_path: Path) -> None:
    lead, station = floor.lead(), floor.desk("07")
    pair(lead, station)
    station.log_many(1)
    lead.merge(station.hand_in(lead))
    (before,) = {read_header(file).recipients for file in hand_in(lead.store, tmp_path, now=NOW).files[:1]}
    assert before == (station.identity.store,)
    state = lead.state_hash()
    forget(lead.store, station.identity.store, now=NOW, reason=" 电脑丢失 ")
    with pytest.raises(KnownError, match="no_lead"):
        hand_in(lead.store, tmp_path / "stick", now=NOW)
    assert lead.state_hash() == state
    station.log_many(1)
    assert [one.result for one in lead.merge(station.hand_in(lead)).bundles] == [Result.QUARANTINED]
    shown = board(lead.store, now=NOW)
    (row,) = (one for one in shown.rows if not one.own)
    assert (row.forgotten, row.reason, row.records) == (True, "电脑丢失", 1)
    assert [one.identity.store for one in shown.waiting] == [station.identity.store]
    # What lies in the folder does not bring it back.
    assert found_in(tmp_path, lead, station.identity) == []
    assert accept(lead.store, station.identity, now=NOW)
    merge_quarantined(lead.store, station.identity.store, now=NOW)
    assert len(template_rows(lead.store)) == 2


def test_nobody_but_a_person_brings_a_forgotten_lead_back(floor: Floor, tmp_path: Path) -> None:
    first, second, lost = floor.lead("01"), floor.lead("02"), floor.lead("03")
    pair(first, second, lost)
    pair(second, lost)
    forget(first.store, lost.identity.store, now=NOW, reason="离职")
    first.merge(second.hand_in(first))
    show_identity(lost.store, tmp_path / "03.fdkey")
    accept_policy_leads(first.store, Policy(leads=(tmp_path / "03.fdkey",)), now=NOW)
    assert standing(first, lost.identity.store) is Standing.FORGOTTEN
    # Its place may be taken by other keys: nobody trusts the old ones.
    accept(first.store, replace(lost.identity, sign="ab" * 32), now=NOW)
    assert standing(first, lost.identity.store) is Standing.ACCEPTED


def test_two_keys_for_one_store_are_both_told(floor: Floor, tmp_path: Path) -> None:
    lead, real = floor.lead(), floor.desk("07")
    forged = replace(real.identity, receive=party("09").identity.receive)
    assert found_in(tmp_path, lead, forged, real.identity) == [forged, real.identity]
    codes = {one.identity.code: one.rivals for one in board(lead.store, now=NOW).waiting}
    assert codes == {
        forged.code: (real.identity.code,),
        real.identity.code: (forged.code,),
    }
    # What the real one hands in is counted with its keys only.
    real.accepts(lead)
    real.log_many(1)
    lead.merge(real.hand_in(lead))
    told = {one.identity.code: one.bundles for one in board(lead.store, now=NOW).waiting}
    assert told == {forged.code: 0, real.identity.code: 1}
    decline(lead.store, forged, now=NOW)
    (left,) = board(lead.store, now=NOW).waiting
    assert (left.identity, left.rivals) == (real.identity, ())
    accept(lead.store, real.identity, now=NOW)
    assert found_in(tmp_path, lead, forged) == []


def test_who_may_and_what_is_needed(floor: Floor) -> None:
    lead, agent, other = floor.lead(), floor.desk("07"), party("04").identity
    accept(lead.store, other, now=NOW)

    def code(act: Callable[[], object]) -> str:
        with pytest.raises(KnownError) as caught:
            act()
        assert all(Words(language).sentence(caught.value) for language in LANGUAGES)
        return caught.value.code

    assert code(lambda: decline(agent.store, other, now=NOW)) == "pairing.leads_only"
    assert code(lambda: forget(agent.store, other.store, now=NOW, reason="x")) == "pairing.leads_only"
    assert code(lambda: forget(lead.store, other.store, now=NOW, reason=" ")) == "pairing.reason_needed"
    assert code(lambda: forget(lead.store, "0" * 32, now=NOW, reason="x")) == "pairing.not_accepted"
