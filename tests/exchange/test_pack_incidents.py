"""Types of incident, ladders and lists for levels are read, or one sentence says what is wrong where."""

import pytest

from desktop_app.domain.incident_types import (
    Alarm,
    Asked,
    CheckItem,
    IncidentType,
    Option,
    OwnField,
    OwnFieldKind,
)
from desktop_app.domain.ladders import Asks, Choice, Ladder, Rung, RungKind
from desktop_app.domain.site_text import Bilingual, Version
from desktop_app.exchange.site_pack import read_pack
from tests.exchange.written import Writer, refused
from tests.exchange.written import written as written
from tests.written_packs import FILES, LADDERS, LEVELS, NOTICES, POWER


def test_one_of_everything(written: Writer) -> None:
    pack = read_pack(written())
    edition = Version("A-1", "2", "主管")
    assert pack.incident_types == (
        IncidentType(
            key="power",
            version=edition,
            title=Bilingual("停电", "Power cut"),
            category="A§3",
            symptoms=(Bilingual("灯灭了"),),
            numbers=("property",),
            card=True,
            check_list=(CheckItem("fridge", Bilingual("关冰箱"), Bilingual("请关"), "property"),),
            fields=(
                OwnField(
                    "cut",
                    OwnFieldKind.CHOICE,
                    Bilingual("哪路"),
                    needed=True,
                    options=(Option("mains", Bilingual("市电")), Option("own", Bilingual("自用"))),
                    source="A§3",
                ),
                OwnField(
                    "running_at",
                    OwnFieldKind.STAMP,
                    Bilingual("已发电"),
                    asked=Asked("cut", ("mains",)),
                    begins="generator_runs",
                ),
                OwnField("hurt", OwnFieldKind.NUMBER, Bilingual("几人"), alarm=Alarm(2, "two_hurt")),
                OwnField("who", OwnFieldKind.TEXT, Bilingual("谁"), asked=Asked("hurt", over=0.5)),
            ),
            affected=("power",),
            outage=True,
        ),
    )
    vendor = Choice("vendor", Bilingual("供应商"), (Asks.VENDOR, Asks.UNTIL))
    assert pack.ladders == (
        Ladder(
            "generator",
            edition,
            Bilingual("发电"),
            "reported",
            (
                Rung(
                    "tell",
                    10,
                    Bilingual("报物业"),
                    tells=("property",),
                    at_once_on="two_hurt",
                    suggests="level:major",
                    source="A§3.1",
                ),
                Rung("decide", 60, Bilingual("决定"), RungKind.DECIDE, choices=(vendor,)),
            ),
            ("generator_runs", "recovered"),
            ("power",),
        ),
        Ladder(
            "full",
            edition,
            Bilingual("满线"),
            "lines_full",
            (Rung("seen", 43_200, Bilingual("看"), RungKind.REMIND),),
        ),
    )
    (general,) = pack.level_lists
    assert (general.level, [item.key for item in general.check_list]) == ("general", ["seat"])


def test_all_of_it_may_be_missing(written: Writer) -> None:
    pack = read_pack(written({POWER: None, LADDERS: None, LEVELS: None}))
    assert (pack.incident_types, pack.ladders, pack.level_lists) == ((), (), ())


RUNG, RUNG_2 = "[[ladders]] 1 · [[rungs]] 1", "[[ladders]] 1 · [[rungs]] 2"
OTHER = "[[ladders]] 2 · [[rungs]] 1"


@pytest.mark.parametrize(
    ("file", "was", "now", "code", "place"),
    [
        (POWER, 'title = { zh = "停电", en = "Power cut" }', "", "text_missing", "title"),
        (POWER, "outage = true", "outtage = true", "unknown_key", "outtage"),
        (POWER, "outage = true", 'outage = "yes"', "tick", "outage"),
        (POWER, '["power"]', '["lights"]', "option", "affected"),
        (POWER, '["property"]', '["boss"]', "no_contact", "numbers"),
        (POWER, '"灯灭了"', "7", "text", "symptoms"),
        (POWER, "symptoms = [", "symptoms = [" + '"x",' * 24, "too_many", "symptoms"),
        (POWER, 'key = "fridge"', 'key = "Fridge"', "code", "[[check_list]] 1 · key"),
        (POWER, 'key = "fridge"', "", "text_missing", "[[check_list]] 1 · key"),
        (POWER, 'ring = "property"', 'ring = "boss"', "no_contact", "[[check_list]] 1 · ring"),
        (POWER, "[[fields]]", '[[check_list]]\nkey = "fridge"\ntitle = "x"\n[[fields]]', "twice", None),
        (POWER, 'key = "cut"', 'key = "symptom"', "own_field", "[[fields]] 1 · key"),
        (POWER, 'key = "cut"', 'key = "events"', "own_field", "[[fields]] 1 · key"),
        (POWER, 'key = "cut"', 'key = "停"', "code", "[[fields]] 1 · key"),
        (POWER, 'key = "hurt"', 'key = "cut"', "twice", "[[fields]] 3 · key"),
        (POWER, 'kind = "choice"', 'kind = "list"', "option", "[[fields]] 1 · kind"),
        (POWER, 'kind = "choice"', 'kind = "text"', "not_here", "[[fields]] 1 · options"),
        (POWER, 'kind = "text"', 'kind = "choice"', "text_missing", "[[fields]] 4 · options"),
        (POWER, 'kind = "stamp"', 'kind = "tick"', "not_here", "[[fields]] 2 · begins"),
        (POWER, 'kind = "number"', 'kind = "text"', "not_here", "[[fields]] 3 · alarm"),
        (POWER, 'code = "own"', 'code = "mains"', "twice", "[[fields]] 1 · [[options]] 2 · code"),
        (POWER, '"generator_runs"', '"recovered"', "event_taken", "[[fields]] 2 · begins"),
        (POWER, '"generator_runs"', '"Runs"', "code", "[[fields]] 2 · begins"),
        (POWER, '"two_hurt"', '"closed"', "event_taken", "[[fields]] 3 · alarm · event"),
        (POWER, "at_least = 2, ", "", "text_missing", "[[fields]] 3 · alarm · at_least"),
        (POWER, "at_least = 2", "at_least = true", "number", "[[fields]] 3 · alarm · at_least"),
        (POWER, "at_least = 2", 'at_least = "2"', "number", "[[fields]] 3 · alarm · at_least"),
        (POWER, "over = 0.5", "over = nan", "number", "[[fields]] 4 · asked · over"),
        (POWER, "over = 0.5", "above = 5", "unknown_key", "[[fields]] 4 · asked · above"),
        (POWER, ", over = 0.5", "", "asked", "[[fields]] 4 · asked"),
        (POWER, "over = 0.5", 'over = 1, codes = ["2"]', "asked", "[[fields]] 4 · asked"),
        (POWER, 'field = "hurt"', 'field = "who"', "option", "[[fields]] 4 · asked · field"),
        (POWER, 'field = "hurt"', 'field = "scope"', "option", "[[fields]] 4 · asked · field"),
        (POWER, 'field = "hurt"', 'field = "cut"', "not_here", "[[fields]] 4 · asked · field"),
        (POWER, 'codes = ["mains"]', 'codes = ["yes"]', "option", "[[fields]] 2 · asked · codes"),
        (POWER, "asked = { field", 'asked = "hurt"\n#', "table", "[[fields]] 2 · asked"),
        (LADDERS, 'key = "generator"', 'key = "full"', "twice", "[[ladders]] 2 · key"),
        (LADDERS, 'key = "generator"', 'key = "发电"', "code", "[[ladders]] 1 · key"),
        (LADDERS, '"lines_full"', '"line_full"', "option", "[[ladders]] 2 · starts_on"),
        (LADDERS, '"recovered"]', '"over"]', "option", "[[ladders]] 1 · ends_on"),
        (LADDERS, '["power"]', '["fire"]', "option", "[[ladders]] 1 · types"),
        (LADDERS, "rungs", "rung", "unknown_key", "[[ladders]] 1 · rung"),
        (LADDERS, "minutes = 10\n", "", "text_missing", f"{RUNG} · minutes"),
        (LADDERS, "minutes = 10", "minutes = 600000", "whole", f"{RUNG} · minutes"),
        (LADDERS, 'tells = ["property"]', "", "text_missing", f"{RUNG} · tells"),
        (LADDERS, '["property"]', '["boss"]', "no_contact", f"{RUNG} · tells"),
        (LADDERS, '["property"]', '["property", "property"]', "twice", f"{RUNG} · tells"),
        (LADDERS, 'at_once_on = "two_hurt"', 'at_once_on = "three"', "option", f"{RUNG} · at_once_on"),
        (LADDERS, '"level:major"', '"level:level_1"', "option", f"{RUNG} · suggests"),
        (LADDERS, 'does = "decide"', 'does = "think"', "option", f"{RUNG_2} · does"),
        (LADDERS, 'does = "decide"', 'does = "check"', "not_here", f"{RUNG_2} · choices"),
        (LADDERS, 'does = "remind"', "does = \"remind\"\ntells = ['x']", "not_here", f"{OTHER} · tells"),
        (LADDERS, 'does = "remind"', 'does = "decide"', "text_missing", f"{OTHER} · choices"),
        (LADDERS, 'does = "remind"', "", "text_missing", f"{OTHER} · tells"),
        (LADDERS, '["vendor", "until"]', '["money"]', "option", f"{RUNG_2} · [[choices]] 1 · asks"),
        (LADDERS, 'key = "decide"', 'key = "tell"', "twice", f"{RUNG_2} · key"),
        (LEVELS, '"general"', '"grave"', "option", "[[levels]] 1 · level"),
        (LEVELS, 'key = "seat"', 'key = "fridge"', "twice", "[[levels]] 1 · [[check_list]] 1 · key"),
        (LEVELS, "[[levels]]\n", '[[levels]]\nlevel = "general"\ntitle = "x"\n[[levels]]\n', "twice", None),
    ],
)  # fmt: skip
def test_every_mistake_is_told(
    written: Writer, file: str, was: str, now: str, code: str, place: str | None
) -> None:
    assert was in FILES[file]
    problem = refused(written({file: FILES[file].replace(was, now, 1)}))
    assert (problem.code, problem.details["file"]) == (f"pack.{code}", file)
    assert place is None or problem.details["place"] == place


def test_an_event_belongs_to_the_types_that_begin_it(written: Writer) -> None:
    """A ladder that waits for what its incidents never have would never start."""
    other = {"incident_types/fire.toml": 'title = "火"\n'}
    assert read_pack(written(other))
    problem = refused(
        written({**other, LADDERS: FILES[LADDERS].replace('types = ["power"]', 'types = ["fire"]')})
    )
    assert (problem.code, problem.details["told"]) == ("pack.option", "two_hurt")


def test_one_name_is_one_kind_of_field_in_all_types(written: Writer) -> None:
    """An incident that changes its type keeps what was written."""
    fire = 'title = "火"\n[[fields]]\nkey = "hurt"\nkind = "{}"\ntitle = "几人"\n'
    assert read_pack(written({"incident_types/fire.toml": fire.format("number")}))
    problem = refused(written({"incident_types/fire.toml": fire.format("text")}))
    assert (problem.code, problem.details["file"]) == ("pack.other_kind", POWER)


def test_a_file_whose_name_is_no_key(written: Writer) -> None:
    problem = refused(written({"incident_types/停电.toml": 'title = "停电"\n'}))
    assert (problem.code, problem.details["file"]) == ("pack.file_name", "incident_types/停电.toml")


def test_a_list_without_items_waits_for_the_centre(written: Writer) -> None:
    (fall,) = read_pack(
        written(
            {
                POWER: None,
                LADDERS: None,
                NOTICES: None,
                "incident_types/fall.toml": 'title = "跌倒"\ncheck_list = []\n',
            }
        )
    ).incident_types
    assert (fall.key, fall.check_list) == ("fall", ())
