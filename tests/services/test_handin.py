"""Rounds of handing in over real stores: who is given what, what is written again, what is cleaned up."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_app.domain.bundles import MOST_BYTES
from desktop_app.domain.errors import KnownError
from desktop_app.domain.identity import Subject, SubjectKind, user_id
from desktop_app.domain.roles import Role
from desktop_app.domain.site_pack import EMPTY_PACK
from desktop_app.services.handin import clean_up, hand_in
from desktop_app.services.pairing import own
from desktop_app.services.receipts import Delivery, pending
from desktop_app.services.record_delivery import delivery_of
from desktop_app.services.records import discard_draft, start_draft
from desktop_app.services.sent_packs import look_at, send_pack
from desktop_app.storage import journal
from desktop_app.storage.tables import breaks
from tests.rounds import (
    MARKERS,
    NAMES,
    Rounds,
    correct,
    everything_in,
    last_pack,
    opened,
    own_bundles,
    readable,
    round_,
)
from tests.rounds import floor as floor
from tests.written_packs import write_files


def test_without_a_lead_nothing_is_written(tmp_path: Path) -> None:
    floor = Rounds(tmp_path)
    floor.add("07")
    for role in (Role.AGENT, Role.LEAD):
        code = floor.add("12" if role is Role.AGENT else "01", role)
        with pytest.raises(KnownError, match="no_lead"):
            hand_in(code, floor.share, now=floor.now)
    assert not list(floor.share.iterdir())
    floor.close()


def test_a_full_round(floor: Rounds) -> None:
    logged = floor.log("07", summary="电梯停运", caller_name=MARKERS[2], phone=MARKERS[1])
    other = floor.log("12", summary="水费")
    assert pending(floor.stores["07"]).records == 1
    assert delivery_of(floor.stores["07"], [logged.subject_id]) == {logged.subject_id: Delivery.NOT_HANDED_IN}
    handed = floor.hand_in("07")
    assert (len(handed.files), handed.entries) == (1, 3)
    assert delivery_of(floor.stores["07"], [logged.subject_id]) == {logged.subject_id: Delivery.HANDED_IN}
    round_(floor)
    correct(floor, "01", logged.subject_id, caller_name="周晓雨")
    floor.hand_in("01")
    floor.merge("07")
    floor.merge("12")
    # Receipts arrived, and what was handed in can go.
    told = pending(floor.stores["07"])
    assert (told.entries, told.records, told.receipt_by) == (0, 0, NAMES["01"])
    assert delivery_of(floor.stores["07"], [logged.subject_id]) == {logged.subject_id: Delivery.RECEIVED}
    assert clean_up(floor.stores["07"], floor.share) == tuple(handed.files)
    assert not own_bundles(floor, "07")
    assert own_bundles(floor, "12")
    # The correction came with its author and time, and to its station only.
    with floor.stores["07"].read() as view:
        history = journal.history(view.connection, Subject(SubjectKind.RECORD, logged.subject_id))
        assert view.state(history[0].entry.subject).text("caller_name") == "周晓雨"
        assert view.state(Subject(SubjectKind.USER, user_id("8001"))).text("name") == NAMES["01"]
        assert view.state(Subject(SubjectKind.USER, user_id("8012"))).text("name") == NAMES["12"]
    assert (history[-1].entry.actor, history[-1].entry.role) == (user_id("8001"), Role.LEAD)
    with floor.stores["12"].read() as view:
        # Of what it may not read it has the envelopes in the lead's chain.
        about = journal.history(view.connection, Subject(SubjectKind.RECORD, logged.subject_id))
        assert [one.payload for one in about] == [None]
        assert view.state(Subject(SubjectKind.RECORD, other.subject_id)).text("summary") == "水费"
    assert MARKERS[2] not in everything_in(floor.stores["12"])


def test_nothing_new_is_no_file(floor: Rounds) -> None:
    floor.log("07", summary="x")
    round_(floor)
    round_(floor)
    for code in ("07", "12", "01"):
        for everything in (False, True):
            assert floor.hand_in(code, everything=everything).files == (), (code, everything)


def test_a_stick_carries_all_without_a_receipt_until_it_lies_there(floor: Rounds, tmp_path: Path) -> None:
    floor.log("07", summary="x")
    assert floor.hand_in("07", everything=True).entries == 3
    assert floor.hand_in("07", everything=True).files == ()
    floor.log("07", summary="y")
    assert floor.hand_in("07", everything=True).entries == 4
    other = hand_in(floor.stores["07"], tmp_path / "stick", now=floor.tick())
    assert (other.entries, [file.parent.name for file in other.files]) == (4, ["stick"])
    floor.merge("01", other.files)
    floor.hand_in("01")
    floor.merge("07")
    assert hand_in(floor.stores["07"], tmp_path / "other", now=floor.tick()).files == ()
    floor.log("07", summary="z")
    assert hand_in(floor.stores["07"], tmp_path / "other", now=floor.tick()).entries == 1


def test_a_cut_file_on_a_stick_is_written_again(floor: Rounds) -> None:
    floor.log("07", summary="x")
    (file,) = floor.hand_in("07", everything=True).files
    file.write_bytes(file.read_bytes()[:-1])
    again = floor.hand_in("07", everything=True)
    assert (again.entries, [one.name for one in again.files]) == (3, [f"{file.stem}-2.handin"])
    assert floor.merge("01", again.files) == 1


def test_receipts_alone_are_a_reason_to_write(floor: Rounds) -> None:
    logged = floor.log("07", summary="x")
    round_(floor)
    correct(floor, "07", logged.subject_id, summary="y")
    handed = floor.hand_in("07")
    floor.merge("01")
    told = floor.hand_in("01")
    assert (told.entries, len(told.files)) == (0, 1)
    assert opened(floor, "07", told.files[0]).manifest.numbers == ()
    floor.merge("07", told.files)
    assert pending(floor.stores["07"]).entries == 0
    assert set(handed.files) <= set(clean_up(floor.stores["07"], floor.share))


def test_what_a_lead_told_in_a_folder_is_told_again_where_it_is_gone(floor: Rounds) -> None:
    floor.log("07", summary="x")
    round_(floor)
    for file in own_bundles(floor, "01"):
        file.unlink()
    floor.hand_in("01")
    told = [opened(floor, "12", file) for file in own_bundles(floor, "01") if readable(floor, "12", file)]
    assert any(one.manifest.numbers for one in told)


def test_what_still_lies_there_is_waited_for(floor: Rounds) -> None:
    floor.log("07", summary="x")
    first = floor.hand_in("07")
    floor.log("07", summary="y")
    assert floor.hand_in("07").entries == 1
    floor.merge("01", first.files)
    floor.hand_in("01")
    # The receipt says nothing of the second bundle, which the lead may be about to read.
    floor.merge("07", own_bundles(floor, "01"))
    assert floor.hand_in("07").files == ()


def test_a_folder_gets_what_is_new_and_is_filled_again(floor: Rounds) -> None:
    floor.log("07", summary="x")
    first = floor.hand_in("07")
    floor.log("07", summary="y")
    second = floor.hand_in("07")
    assert (first.entries, second.entries) == (3, 1)
    for file in first.files:
        file.unlink()
    again = floor.hand_in("07")
    assert (again.entries, again.files) == (3, first.files)


def test_a_lost_bundle_is_written_again_when_a_receipt_shows_the_hole(floor: Rounds) -> None:
    floor.log("07", summary="x")
    first = floor.hand_in("07")
    floor.log("07", summary="y")
    second = floor.hand_in("07")
    floor.merge("01", second.files)
    floor.hand_in("01")
    floor.merge("07", own_bundles(floor, "01"))
    again = floor.hand_in("07")
    assert again.entries == first.entries
    assert again.files[0].name == f"{first.files[0].stem}-2.handin"
    # One receipt is heeded once, whatever became of it.
    assert floor.hand_in("07").files == ()
    floor.merge("01", again.files)
    with floor.stores["01"].read() as view:
        assert not view.connection.execute(select(breaks)).all()


def test_a_lead_cleans_up_what_everybody_has_or_a_later_bundle_says(floor: Rounds) -> None:
    floor.log("07", summary="x")
    floor.log("12", summary="x")
    round_(floor)
    for code in ("07", "12"):
        floor.log(code, summary="y")
    round_(floor)
    before = own_bundles(floor, "01")
    removed = clean_up(floor.stores["01"], floor.share)
    left = own_bundles(floor, "01")
    assert removed
    assert left
    assert sorted([*removed, *left]) == before
    assert clean_up(floor.stores["01"], floor.share) == ()


def test_a_lead_leaves_the_site_pack_there_for_whoever_took_another_bundle_only(floor: Rounds) -> None:
    logged = floor.log("12", summary="x")
    floor.log("07", summary="x")
    round_(floor)
    signed = sent_pack(floor)
    correct(floor, "01", logged.subject_id, caller_name="周晓雨")
    handed = floor.hand_in("01")
    packs = [file for file in handed.files if readable(floor, "07", file) and readable(floor, "12", file)]
    alone = [file for file in handed.files if readable(floor, "12", file) and file not in packs]
    # What is for all stations is not there yet when station 12 takes in what is for it alone.
    floor.merge("07", packs)
    floor.merge("12", alone)
    for code in ("07", "12"):
        floor.log(code, summary="y")
        floor.hand_in(code)
    floor.merge("01")
    clean_up(floor.stores["01"], floor.share)
    floor.merge("12")
    assert last_pack(floor.stores["12"]) == signed


def sent_pack(floor: Rounds) -> bytes:
    """Send a site pack from the lead's store, and return it as bundles carry it."""
    folder = write_files(floor.place / "pack", {})
    send_pack(floor.stores["01"], look_at(folder, EMPTY_PACK), now=floor.now)
    return last_pack(floor.stores["01"])


def test_the_list_of_numbers_and_the_site_pack_go_to_stations_once(floor: Rounds) -> None:
    logged = floor.log("07", summary="x", caller_name=MARKERS[2])
    signed = sent_pack(floor)
    floor.hand_in("07")
    floor.merge("01")
    told = [opened(floor, "12", file) for file in floor.hand_in("01").files if readable(floor, "12", file)]
    (listed,) = [one.manifest.numbers for one in told if one.manifest.numbers]
    assert [(one.number, one.station, one.state, one.owner) for one in listed] == [
        (str(logged.number), "07", "recorded", NAMES["07"])
    ]
    assert [one.manifest.site_pack for one in told if one.manifest.site_pack] == [signed]
    floor.log("12", summary="y")
    floor.merge("12")
    assert last_pack(floor.stores["12"]) == signed
    floor.hand_in("12")
    floor.merge("01")
    later = [opened(floor, "12", file) for file in floor.hand_in("01").files if readable(floor, "12", file)]
    assert [(bool(one.manifest.numbers), one.manifest.site_pack) for one in later] == [(True, b"")]


def test_files_say_nothing_personal(floor: Rounds) -> None:
    logged = floor.log("07", summary=MARKERS[0], phone=MARKERS[1], caller_name=MARKERS[2])
    round_(floor)
    correct(floor, "01", logged.subject_id, supervisor_decision=MARKERS[3])
    floor.hand_in("01")
    names = [*NAMES.values(), *MARKERS]
    for file in floor.share.iterdir():
        content = file.read_bytes()
        assert not [one for one in names if one.encode() in content or one in file.name], file.name
        assert file.name.removesuffix(".handin").replace("-", "").isalnum()


def test_a_manifest_tells_drafts_voids_and_the_highest_number(floor: Rounds) -> None:
    store = floor.stores["07"]
    logged = floor.log("07", summary="x")
    draft = start_draft(store, {"summary": "y"}, now=floor.tick())
    void = start_draft(store, {"summary": "z"}, now=floor.tick())
    discard_draft(store, void.subject.id, reason="重复", now=floor.tick())
    (file,) = floor.hand_in("07").files
    told = opened(floor, "01", file).manifest
    assert (told.highest, told.open_drafts, told.voids) == (3, (str(draft.number),), (str(void.number),))
    assert (told.first_number, told.serial, told.identity) == (1, 1, own(store))
    assert [head.head.seq for head in told.heads] == [4]
    assert logged.number.sequence == 1


def test_many_bytes_are_several_bundles(floor: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.services.shipping._MARGIN", MOST_BYTES - 20_000)
    for _ in range(4):
        floor.log("07", detail="长" * 2_000)
    handed = floor.hand_in("07")
    assert (handed.entries, len(handed.files)) == (6, 2)
    floor.merge("01", handed.files)
    assert floor.hand_in("07").files == ()


def test_a_folder_that_is_away_is_told(floor: Rounds, tmp_path: Path) -> None:
    floor.log("07", summary="x")
    for everything in (True, False):
        with pytest.raises(KnownError, match="unwritable"):
            hand_in(floor.stores["07"], tmp_path / "no" / "share", now=floor.now, everything=everything)
    assert pending(floor.stores["07"]).entries == 3
