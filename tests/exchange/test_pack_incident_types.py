"""Every category of the plans has a type that asks what its procedure demands, in two languages."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from desktop_app.domain.incident_types import IncidentType, OwnField, check_list_of
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.site_text import Bilingual
from desktop_app.exchange import pack_incident_types, pack_incidents
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources

GUIDE = (Path(__file__).parents[2] / "docs" / "site-pack.md").read_text("utf-8")
POLICE = ("police_rung_at", "police_case")

CATEGORIES = [
    # row of the procedures, its section, the type, its own fields that the row names
    (1, "A§1", "seat_fault", ("seat_device", "spare_seat_given")),
    (2, "A§2", "application", ()),
    (13, "A§3", "power", ("power_type", "generator_at")),
    (15, "A§4", "air_conditioning", ()),
    (16, "A§5.1", "fire", ("alarm_found", "evacuated_at", "loss")),
    (17, "A§5.2", "theft", ("police_decision", "police_decided_by", "police_decided_at", "loss")),
    (18, "A§6", "accident", ("unfit_count", "disinfected", "connect_rate", "staffing_note")),
    (19, "A§7", "network", ("callers_reporting", "department_found", "network_parts")),
    (22, "A§8", "surge", ("outbound_to_inbound", "ivr_changed", "ivr_text")),
    (23, "A§9", "complaint_burst", ("complaint_matter",)),
    (28, "A§10", "abnormal_call", ("abnormal_number", "abnormal_back_at", "abnormal_decision")),
    (29, "A§11", "escalated_call", ("senior_reason", "lead_took_over_at", "senior_outcome")),
    (30, "A§12", "urgent_order", ("estates",)),
    (
        32,
        "A§13",
        "media",
        ("media_outlet", "media_person", "media_position", "media_topic", "media_spokesperson"),
    ),
    (37, "B§4.1", "maintenance", ("maintenance_until",)),
    (39, "B§5", "login_failure", ()),
    (39, "B§5", "mass_disconnect", ()),
    (39, "B§5", "website", ()),
    (39, "B§5", "back_office", ()),
    (39, "B§5", "data_loss", ()),
    (39, "B§5", "top_up", ("top_up_order", "top_up_amount")),
    (39, "B§5", "cheating", ()),
    (63, "2§2", "emotional", ()),
    (64, "2§3", "personal_safety", ("injured_people", "attack_place", *POLICE, "statement_due", "copied_to")),
    (65, "2§4.1", "property_loss", ("loss", *POLICE, "scene_protected", "photos_taken", "recordings_saved")),
    (66, "2§4.2", "property_lost", ("lost_item", "last_seen_at", "route_checked", "recordings_checked")),
    (67, "2§5.1", "counter_system", ("ways_offered", "waiting_count", "another_day_count")),
    (69, "2§5.2", "office_power_cut", ("hand_accepted_count", "waiting_count")),
    (70, "2§5.3", "hotline_down", ("lines_lost",)),
    (71, "2§6", "fall", ()),
    (71, "2§6", "illness", ()),
    (71, "2§6", "death", ()),
    (71, "2§6", "disturbance", ()),
    (72, "2§6", "threat", ("threat_words", "threat_voice", "threat_noise")),
    (72, "2§6", "fight", ()),
    (72, "2§6", "robbery", ()),
    (72, "2§6", "loiterers", ()),
    (72, "2§6", "electrical", ()),
    (78, "3.8", "website", ("web_verified", "web_verified_by")),
    (
        98,
        "2§3",
        "personal_safety",
        ("side_at_fault", "apology_planned_at", "apology_done_at", "evidence_kept"),
    ),
    (98, "2§3", "personal_safety", ("employee_wish",)),
]
TITLE_ONLY = {
    *("fall", "illness", "death", "disturbance"),
    *("threat", "fight", "robbery", "loiterers", "electrical"),
}


@cache
def shipped() -> SitePack:
    return read_pack(resources() / "site")


def of(key: str) -> IncidentType:
    return next(one for one in shipped().incident_types if one.key == key)


def field(key: str, name: str) -> OwnField:
    return next(one for one in of(key).fields if one.key == name)


@pytest.mark.parametrize(("row", "section", "key", "asks"), CATEGORIES)
def test_every_category_of_the_procedures_has_a_type(
    row: int, section: str, key: str, asks: tuple[str, ...]
) -> None:
    assert section in of(key).category
    assert set(asks) <= {one.key for one in of(key).fields}, f"row {row}"


def test_there_is_no_type_without_a_procedure() -> None:
    assert {one.key for one in shipped().incident_types} == {key for _, _, key, _ in CATEGORIES}


def test_the_thirteen_categories_of_the_first_plan_are_numbered_as_there() -> None:
    numbered = {one.category for one in shipped().incident_types if one.category.startswith("A§")}
    assert {int(re.findall(r"\d+", section)[0]) for section in numbered} == set(range(1, 14))


def test_cards_are_for_what_leaves_no_time_to_read() -> None:
    cards = [one for one in shipped().incident_types if one.card]
    assert {one.key for one in cards} == {"fire", "theft", "accident", "threat", "media"}
    assert {one.key: one.numbers[0] for one in cards} == {
        "fire": "fire",
        "theft": "police",
        "accident": "ambulance",
        "threat": "police",
        "media": "centre_manager",
    }


def test_a_plan_that_gives_a_title_only_leaves_the_list_to_the_centre() -> None:
    assert {one.key for one in shipped().incident_types if not one.check_list} == TITLE_ONLY


def test_what_is_asked_only_under_a_condition() -> None:
    """Row 65: more than 5000 yuan makes the police required; row 18: two people tell the centre manager."""
    over = {one.key for one in of("property_loss").fields if one.asked.over == 5000 and one.needed}
    assert over == {*POLICE, "scene_protected", "photos_taken"}
    alarm = field("accident", "unfit_count").alarm
    assert alarm is not None
    assert (alarm.at_least, alarm.event) == (2, "two_unfit")
    assert field("surge", "ivr_text").asked.codes == ("yes",)


def test_what_began_something_is_an_event() -> None:
    assert field("power", "generator_at").begins == "generator_started"
    assert field("fire", "evacuated_at").begins == "evacuated"


def test_what_is_switched_off_is_ticked_by_name_and_time() -> None:
    items = {one.key for one in of("power").check_list}
    assert items >= {"shed_air_conditioning", "shed_fridge", "shed_microwave", "power_watched"}


@pytest.mark.parametrize(
    ("level", "many"), [("general", 6), ("major", 6), ("level_1", 1), ("level_2", 1), ("level_3", 1)]
)
def test_each_level_has_its_measures(level: str, many: int) -> None:
    pack = shipped()
    fire = of("fire")
    assert len(check_list_of(None, pack.level_lists, [level])) == many
    assert check_list_of(fire, pack.level_lists, [level])[: len(fire.check_list)] == fire.check_list
    assert check_list_of(fire, pack.level_lists, []) == fire.check_list


def test_a_caller_can_be_told_something_at_once() -> None:
    """What is offered when a fault is reported: short, and never the same in two types."""
    texts = [text for one in shipped().incident_types for text in one.symptoms]
    assert len({text.zh for text in texts}) == len({text.en for text in texts}) == len(texts)
    assert max(len(text.zh) for text in texts) <= 16
    assert all(one.symptoms for one in shipped().incident_types if one.check_list)


def texts_of(pack: SitePack) -> Iterator[Bilingual]:
    for ladder in pack.ladders:
        yield ladder.title
        for rung in ladder.rungs:
            yield rung.title
            yield from (choice.title for choice in rung.choices)
    for one in pack.incident_types:
        yield one.title
        yield from one.symptoms
        for field in one.fields:
            yield field.title
            yield from (option.title for option in field.options)
    for listed in (*pack.incident_types, *pack.level_lists):
        for item in listed.check_list:
            yield item.title
            yield item.say
    yield from (one.title for one in pack.level_lists)


def test_both_languages_are_everywhere() -> None:
    texts = list(texts_of(shipped()))
    assert len(texts) > 400
    assert [text for text in texts if bool(text.zh) != bool(text.en)] == []
    assert [text for text in texts if text.zh and not re.search("[一-鿿]", text.zh)] == []
    assert [text for text in texts if re.search("[一-鿿]", text.en)] == []
    assert [text for text in texts if text.zh.count("____") != text.en.count("____")] == []


def test_titles_tell_types_apart() -> None:
    titles = [one.title for one in shipped().incident_types]
    assert len({one.zh for one in titles}) == len({one.en for one in titles}) == len(titles)


def test_titles_tell_fields_and_items_of_a_type_apart() -> None:
    for one in shipped().incident_types:
        for titles in ([field.title for field in one.fields], [item.title for item in one.check_list]):
            told = ({title.zh for title in titles}, {title.en for title in titles})
            assert [len(texts) for texts in told] == [len(titles), len(titles)], one.key


def test_every_own_field_says_where_it_is_demanded() -> None:
    assert [one.key for kind in shipped().incident_types for one in kind.fields if not one.source] == []


def test_the_guide_names_every_key() -> None:
    told = set(re.findall(r"`([a-z_0-9]+)`", GUIDE)) | set(re.findall(r"\b([a-z_]+) [=:]", GUIDE))
    of_types = (keys for name, keys in vars(pack_incident_types).items() if name.endswith("_KEYS"))
    keys = {key for keys in (*of_types, pack_incidents.LEVEL_KEYS) for key in keys}
    assert keys - told - {"options", "fields"} == set()
    assert set(pack_incidents.LEVELS) <= told
