"""The pack that comes with the program says everything it has to, and its guide shows how to write one."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from desktop_app.domain.fields import FIELDS
from desktop_app.domain.playbooks import playbook_for
from desktop_app.domain.record_options import AbnormalKind, Mood, UrgentKind
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.site_text import PLACEHOLDER, Bilingual
from desktop_app.exchange import pack_parts
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources
from desktop_app.services.demo_day.plan import Plan
from tests.exchange.written import (
    ARTICLE,
    Writer,
)
from tests.exchange.written import (
    written as written,
)

SHIPPED = resources() / "site"
TODAY = date(2026, 11, 22)


@cache
def shipped() -> SitePack:
    return read_pack(SHIPPED)


def test_the_shipped_pack_has_both_languages_everywhere() -> None:
    pack = shipped()
    texts = [pack.name, *(one.text for one in pack.greetings), *(one.name for one in pack.contacts)]
    for book in pack.playbooks:
        texts += [book.title, *(step.title for step in book.steps), *(step.say for step in book.steps)]
    for phrase in pack.phrases:
        texts += [phrase.title, phrase.text]
    for article in pack.articles:
        texts += [article.title, article.body]
    for quick in pack.quick_records:
        texts += [quick.title, *quick.texts.values()]
    texts += [text for chips in pack.chips for text in chips.texts]
    assert len(texts) > 200
    assert [text for text in texts if bool(text.zh) != bool(text.en)] == []
    for text in texts:
        assert sorted(PLACEHOLDER.findall(text.zh)) == sorted(PLACEHOLDER.findall(text.en)), text


def test_what_an_agent_reads_names_no_paragraph_of_the_sources() -> None:
    pack = shipped()
    read = [text for one in pack.articles for text in (one.title, one.body)]
    read += [text for book in pack.playbooks for step in book.steps for text in (step.title, step.say)]
    read += [phrase.text for phrase in pack.phrases]
    assert [text for text in read if re.search("§|出处|Source:", text.zh + text.en)] == []
    assert pack.version.approved_by == ""  # nobody has: the centre's supervisor does


def test_the_shipped_pack_is_large_enough() -> None:
    pack = shipped()
    assert len(pack.phrases) >= 20
    assert len(pack.articles) >= 12
    assert all(article.span.first for article in pack.articles)
    assert all(2 <= len(phrase.code) <= 3 for phrase in pack.phrases)
    soothing = {
        mood: [one for one in pack.phrases if mood in one.situations] for mood in ("worried", "angry")
    }
    assert all(len(found) >= 2 for found in soothing.values())
    assert {quick.key for quick in pack.quick_records} >= {
        "after_meeting",
        "call_back",
        "wrong_number",
        "silent",
    }


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"kind": "enquiry"}, "enquiry"),
        ({"kind": "enquiry", "category": "repair"}, "repair"),
        ({"kind": "complaint"}, "complaint"),
        ({"kind": "complaint", "escalated": True}, "escalated"),
        ({"kind": "complaint", "mood": "angry"}, "emotional"),
        ({"kind": "enquiry", "mood": "abusive"}, "emotional"),
        ({"kind": "urgent"}, "urgent"),
        ({"kind": "urgent", "urgent_kind": "other", "people_hurt": "yes"}, "urgent_injury"),
        ({"kind": "abnormal"}, "abnormal"),
        ({"kind": "abnormal", "abnormal_kind": "threat"}, "abnormal_threat"),
        ({"kind": "media"}, "media"),
        ({"kind": "media", "media_way": "filming"}, "media_on_site"),
    ],
)
def test_the_shipped_playbook_for(values: dict, key: str) -> None:
    found = playbook_for(shipped(), values, TODAY)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize("kind", [kind for kind in UrgentKind if kind is not UrgentKind.OTHER])
def test_every_urgent_kind_says_whom_to_ring_at_once(kind: UrgentKind) -> None:
    pack = shipped()
    book = playbook_for(pack, {"kind": "urgent", "urgent_kind": kind.value}, TODAY)
    assert book is not None
    assert book.key == f"urgent_{kind.value}"
    assert "property" in {step.ring for step in book.steps}
    assert any(step.stamps == "centre_told_at" and step.minutes for step in book.steps)


@pytest.mark.parametrize("kind", ["abnormal", "media"])
def test_the_fixed_sentence_is_the_first_thing_on_screen(kind: str) -> None:
    book = playbook_for(shipped(), {"kind": kind}, TODAY)
    assert book is not None
    assert book.steps[0].say.zh


def test_the_invented_day_has_knowledge_and_steps_too() -> None:
    """Whatever is always true holds from before the first day that anybody practises on."""
    pack, day = shipped(), Plan().start.date()
    dated = [one.key for one in pack.articles if not one.span.holds(day)]
    assert dated == ["spring_festival"]
    assert all(one.span.holds(day) for one in pack.playbooks)


def test_fire_rings_119_and_says_why_the_plan_differs() -> None:
    pack = shipped()
    (fire,) = [one for one in pack.contacts if one.role == "fire"]
    assert fire.phone == "119"
    (why,) = [one for one in pack.articles if one.key == "fire_119"]
    for text in (why.body.zh, why.body.en):
        assert "119" in text
        assert "110" in text


def test_numbers_are_emergency_numbers_or_invented() -> None:
    for contact in shipped().contacts:
        for phone in filter(None, (contact.phone, contact.other_phone)):
            digits = "".join(filter(str.isdigit, phone))
            invented = ("0105550", "05715550", "1312345", "40081000")
            assert digits in ("119", "110", "120", "122") or digits.startswith(invented), phone


def test_check_lists_without_a_source_text_are_empty_and_never_come_by_themselves() -> None:
    empty = [book for book in shipped().playbooks if not book.steps]
    assert len(empty) >= 7
    assert all(book.by_hand for book in empty)


def test_situations_and_options_are_the_catalogues() -> None:
    """What the reader lets through is what a record can have: moods and kinds of the forms."""
    assert FIELDS["mood"].options is Mood
    assert FIELDS["urgent_kind"].options is UrgentKind
    assert FIELDS["abnormal_kind"].options is AbnormalKind


GUIDE = (Path(__file__).parents[2] / "docs" / "site-pack.md").read_text("utf-8")


def test_the_guide_shows_an_article_that_reads(written: Writer) -> None:
    (example,) = re.findall(r"^```\n(\+\+\+\n.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    (made,) = read_pack(written({ARTICLE: example})).articles
    assert (made.title.en, made.body) == (
        "Opening hours",
        Bilingual("每天 9:00 至 18:00。", "Daily from 9:00 to 18:00."),
    )


def test_the_guide_names_the_roles_and_every_key() -> None:
    told = set(re.findall(r"`([a-z_]+)`", GUIDE))
    assert {one.role for one in shipped().contacts} <= told
    keys = {key for name, keys in vars(pack_parts).items() if name.endswith("_KEYS") for key in keys}
    assert keys - told - {"steps", "values", "texts"} == set()
