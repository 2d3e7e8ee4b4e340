"""A folder of plain files is a pack, or one sentence that names the file, the place and what to do."""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.fields import FIELDS
from desktop_app.domain.kinds import Kind
from desktop_app.domain.paper_forms import PaperForm, form_version
from desktop_app.domain.playbooks import playbook_for
from desktop_app.domain.record_options import AbnormalKind, Mood, UrgentKind
from desktop_app.domain.site_pack import SitePack
from desktop_app.domain.site_text import PLACEHOLDER, Bilingual, Span, Version
from desktop_app.exchange import site_pack
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources
from desktop_app.services.demo_day.plan import Plan
from desktop_app.words import Words
from tests.exchange.written import (
    ARTICLE,
    PHRASES,
    Writer,
    refused,
)
from tests.exchange.written import (
    written as written,
)
from tests.written_packs import CONTACTS, FILES, FORMS, LADDERS, LEVELS, LIFT, POWER, problem_of, write_files

SHIPPED = resources() / "site"


TODAY = date(2026, 11, 22)


def test_one_of_everything(written: Writer) -> None:
    pack = read_pack(written())
    assert (pack.name, pack.version) == (Bilingual("包", "pack"), Version("A-1", "2", "主管"))
    (playbook,), (article,), (quick,) = pack.playbooks, pack.articles, pack.quick_records
    assert (playbook.key, playbook.kinds, dict(playbook.when)) == (
        "lift",
        (Kind.URGENT,),
        {"urgent_kind": ("lift",)},
    )
    assert playbook.version == pack.version, "one that says nothing has the pack's"
    assert (playbook.steps[0].minutes, playbook.steps[0].stamps) == (2, "centre_told_at")
    assert (article.key, article.body, article.span) == ("a", Bilingual("正文", "Text"), Span(first=TODAY))
    assert (dict(quick.values), quick.weekdays) == ({"callback_needed": "yes", "category": "other"}, (0,))
    assert (pack.chips[0].fills, pack.phrases[1].situations) == ("detail", ("angry",))


def test_only_the_head_is_needed(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text(FILES["pack.toml"], "utf-8")
    assert read_pack(tmp_path).playbooks == ()


def test_windows_editors(written: Writer) -> None:
    """A mark before UTF-8 and lines that end as Windows writes them change nothing."""
    plain = read_pack(written())
    as_windows = {name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in FILES.items()}
    assert read_pack(written(as_windows)) == plain


def test_other_files_are_nobodys_business(written: Writer) -> None:
    folder = written(
        {"playbooks/.lift.toml.swp": b"\xff", "playbooks/readme.txt": "?", "profiles/x.toml": "?"}
    )
    assert len(read_pack(folder).playbooks) == 1


def test_a_version_of_its_own(written: Writer) -> None:
    own = 'number = "B"\nversion = "7"\n' + FILES["playbooks/lift.toml"]
    assert read_pack(written({"playbooks/lift.toml": own})).playbooks[0].version == Version("B", "7", "主管")


def test_forms_have_the_numbers_of_the_site(written: Writer) -> None:
    forms = read_pack(written()).forms
    assert form_version(forms, PaperForm.INCIDENT) == Version("JL-09", "4", "主管")
    assert form_version(forms, PaperForm.SUMMARY) == Version("BD-37", "1.0"), "one that says nothing of it"
    shipped = read_pack(SHIPPED).forms
    assert {one.key: (one.version.number, one.version.version) for one in shipped} == {
        form: (form_version((), form).number, "1.0") for form in PaperForm
    }


QUICK = "quick_records.toml"


CHIPS = "chips.toml"


@pytest.mark.parametrize(
    ("file", "was", "now", "code", "place"),
    [
        ("pack.toml", 'number = "A-1"\n', "", "text_missing", "number"),
        ("pack.toml", 'version = "2"', "version = 2", "text", "version"),
        ("pack.toml", "approved_by", "aproved_by", "unknown_key", "aproved_by"),
        ("pack.toml", 'zh = "包"', 'cn = "包"', "unknown_key", "name.cn"),
        ("pack.toml", 'name = { zh = "包", en = "pack" }', 'name = { zh = " " }', "text_missing", "name"),
        ("pack.toml", "number", 'effective = "soon"\nnumber', "day", "effective"),
        ("pack.toml", "number", 'effective = "2026-13-01"\nnumber', "day", "effective"),
        ("pack.toml", "number", "effective = 2026-11-22T10:00:00\nnumber", "day", "effective"),
        (LIFT, '["urgent"]', '["urgnet"]', "option", "kinds"),
        (LIFT, '["urgent"]', "[]", "text_missing", "kinds"),
        (LIFT, 'title = "电梯"', "", "text_missing", "title"),
        (LIFT, "urgent_kind", "urgnet_kind", "field", "when.urgnet_kind"),
        (LIFT, "urgent_kind", "outlet", "field", "when.outlet"),
        (LIFT, "urgent_kind", "detail", "field", "when.detail"),
        (LIFT, "urgent_kind", "kind", "field", "when.kind"),
        (LIFT, '["lift"]', '["elevator"]', "option", "when.urgent_kind"),
        (LIFT, '["lift"]', "[]", "text_missing", "when.urgent_kind"),
        (LIFT, '["lift"]', "7", "text", "when.urgent_kind"),
        (LIFT, 'ring = "property"', 'ring = "nobody"', "no_contact", "[[steps]] 1 · ring"),
        (LIFT, "centre_told_at", "centre_told", "stamps", "[[steps]] 1 · stamps"),
        (LIFT, "centre_told_at", "manager_told_at", "stamps", "[[steps]] 1 · stamps"),
        (LIFT, "centre_told_at", "detail", "stamps", "[[steps]] 1 · stamps"),
        (LIFT, "centre_told_at", "snapshot_as_of", "stamps", "[[steps]] 1 · stamps"),
        (LIFT, "{address}", "{addres}", "field", "[[steps]] 1 · say"),
        (LIFT, "minutes = 2", "minutes = -2", "whole", "[[steps]] 1 · minutes"),
        (LIFT, "minutes = 2", "minutes = 2.5", "whole", "[[steps]] 1 · minutes"),
        (LIFT, "minutes = 2", "minutes = true", "whole", "[[steps]] 1 · minutes"),
        (LIFT, 'key = "ring"', 'key = "打"', "key", "[[steps]] 1 · key"),
        (LIFT, "[[steps]]", 'by_hand = "yes"\n[[steps]]', "tick", "by_hand"),
        (LIFT, "[[steps]]", "[steps]", "tables", "steps"),
        (LIFT, "[[steps]]", '[[steps]]\nkey = "ring"\ntitle = "一"\n[[steps]]', "twice", "[[steps]] 2 · key"),
        (LIFT, "[[steps]]", '[[steps]]\nkey = "a"\ntitle = "一"\n' * 9 + "[[steps]]", "too_many", "steps"),
        (LIFT, "[[steps]]", "first = 2027-02-06\nlast = 2027-02-05\n[[steps]]", "days_turned", "last"),
        (PHRASES, 'code = "hf"', 'code = "xt"', "twice", "[[phrases]] 2 · code"),
        (PHRASES, 'code = "hf"', 'code = "HF"', "phrase_code", "[[phrases]] 2 · code"),
        (PHRASES, 'code = "hf"', 'code = "回复"', "phrase_code", "[[phrases]] 2 · code"),
        (PHRASES, "{number}", "{nummer}", "field", "[[phrases]] 1 · text"),
        (PHRASES, "{number}", "{findings}", "field", "[[phrases]] 1 · text"),
        (PHRASES, 'text = "回复"', "", "text_missing", "[[phrases]] 2 · text"),
        (PHRASES, '["angry"]', '["cross"]', "option", "[[phrases]] 2 · situations"),
        (PHRASES, '["angry"]', "[1]", "text", "[[phrases]] 2 · situations"),
        (PHRASES, '["angry"]', "1", "texts", "[[phrases]] 2 · situations"),
        (PHRASES, '"编号', '"' + "长" * 5001, "text_long", "[[phrases]] 1 · text"),
        (CONTACTS, "0571 55501001", "ring me", "phone", "[[contacts]] 1 · phone"),
        (CONTACTS, "0571 55501001", "（）", "phone", "[[contacts]] 1 · phone"),
        (CONTACTS, 'phone = "0571 55501001"', "", "text_missing", "[[contacts]] 1 · phone"),
        (CONTACTS, "phone", 'verified_on = "yesterday"\nphone', "day", "[[contacts]] 1 · verified_on"),
        (CONTACTS, "[[contacts]]", "[contacts]", "tables", "contacts"),
        (FORMS, '"incident"', '"outage"', "option", "[[forms]] 1 · key"),
        (FORMS, 'title = "处理表"', "", "text_missing", "[[forms]] 1 · title"),
        (FORMS, 'version = "4"', "version = 4", "text", "[[forms]] 1 · version"),
        (QUICK, '["mon"]', '["monday"]', "option", "[[quick_records]] 1 · weekdays"),
        (QUICK, 'until = "10:30"', "", "clock", "[[quick_records]] 1 · until"),
        (QUICK, '"10:30"', '"10.30"', "clock", "[[quick_records]] 1 · until"),
        (QUICK, "10:30", "24:00", "clock", "[[quick_records]] 1 · until"),
        (QUICK, 'kind = "enquiry"', 'kind = "call"', "option", "[[quick_records]] 1 · kind"),
        (QUICK, '"other"', '"urgnt"', "option", "[[quick_records]] 1 · values.category"),
        (QUICK, "= true", '= "perhaps"', "option", "[[quick_records]] 1 · values.callback_needed"),
        (QUICK, "callback_needed", "summary", "field", "[[quick_records]] 1 · values.summary"),
        (
            QUICK,
            "callback_needed",
            "staff_assessment",
            "field",
            "[[quick_records]] 1 · values.staff_assessment",
        ),
        (QUICK, "summary", "first_handler", "field", "[[quick_records]] 1 · texts.first_handler"),
        (QUICK, "summary", "outlet", "field", "[[quick_records]] 1 · texts.outlet"),
        (QUICK, "texts = { summary", "texts = { findings", "field", "[[quick_records]] 1 · texts.findings"),
        (QUICK, "values = {", 'values = "', "syntax", None),
        (CHIPS, '["无伤"]', "[]", "text_missing", "[[chips]] 1 · texts"),
        (CHIPS, '["无伤"]', '[""]', "text_missing", "[[chips]] 1 · texts"),
        (CHIPS, 'texts = ["无伤"]', 'texts = ["无伤"]\nfills = "category"', "field", "[[chips]] 1 · fills"),
        (CHIPS, 'texts = ["无伤"]', "", "text_missing", "[[chips]] 1 · texts"),
        (ARTICLE, "正文\n\n+++ en\nText", "", "text_missing", "+++"),
        (ARTICLE, "title", "titel", "unknown_key", "titel"),
        (ARTICLE, "2026-11-22", '"today"', "day", "first"),
        (ARTICLE, '"题"', '"题', "syntax", None),
        (ARTICLE, "+++\n正文", "正文", "article_parts", None),
        (ARTICLE, "+++\ntitle", "前言\n+++\ntitle", "article_parts", None),
        (ARTICLE, "Text", "Text\n+++", "article_parts", None),
    ],
)
def test_every_mistake_is_told(
    written: Writer, file: str, was: str, now: str, code: str, place: str | None
) -> None:
    assert was in FILES[file]
    problem = refused(written({file: FILES[file].replace(was, now, 1)}))
    assert (problem.code, problem.details["file"]) == (f"pack.{code}", file)
    assert problem.details.get("place") == place


@pytest.mark.parametrize(
    "told", ["values = { staff_assessment = true }", 'texts = { findings = "二" }'], ids=["values", "texts"]
)
def test_what_only_a_lead_writes_is_in_no_quick_record(written: Writer, told: str) -> None:
    quick = '[[quick_records]]\nkey = "m"\ntitle = "一"\nkind = "complaint"\n'
    assert refused(written({QUICK: quick + told})).code == "pack.field"


def test_all_articles_together_are_bounded(written: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_pack, "MOST_TEXT", 11)
    assert read_pack(written({"articles/b.md": "+++\ntitle = '二'\n+++\n正文正\n"})).articles
    problem = refused(written({"articles/b.md": "+++\ntitle = '二'\n+++\n正文正文正文\n"}))
    assert (problem.code, problem.details["file"]) == ("pack.too_big", "articles")


def test_texts_lose_what_cannot_be_seen(written: Writer) -> None:
    folder = written({"greetings.toml": '[[greetings]]\nkey = "a"\ntext = "您\u202e好\u200b "\n'})
    assert read_pack(folder).greetings[0].text.zh == "您好"


SCRAPS = [b'"', b"[", b"]]", b"=", b"\n", b"+++\n", b"{", b"}", b"1979-05-27", b"true", b"0.5"]


VALUES = [
    *("1", "true", '"x"', "[]", '["x"]', "{}", '{ zh = "x" }', "[{}]", "2026-11-22", "10:30:00", "-0.5"),
    "[[1]]",
]


@given(st.data())
def test_a_mutated_pack_is_a_pack_or_a_known_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(FILES)))
    text = bytearray(FILES[name].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(text)))
        end = data.draw(st.integers(start, min(len(text), start + 12)))
        text[start:end] = data.draw(st.binary(max_size=6) | st.sampled_from(SCRAPS))
    problem = problem_of(write_files(tmp_path_factory.mktemp("pack"), {name: bytes(text)}))
    if problem is not None:
        assert problem.code.startswith("pack.")
        assert all(Words(language).sentence(problem) for language in ("zh", "en"))


NAMED_IN = {CONTACTS: (LIFT, POWER, LADDERS, LEVELS), POWER: (LADDERS, LEVELS)}


@given(st.data())
def test_any_value_for_any_key_is_taken_or_told(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Well-formed and wrong: what a person who knows TOML writes by mistake."""
    name = data.draw(st.sampled_from([one for one in sorted(FILES) if one.endswith(".toml")]))
    lines = FILES[name].split("\n")
    at = data.draw(st.sampled_from([number for number, line in enumerate(lines) if " = " in line]))
    lines[at] = lines[at].split(" = ")[0] + " = " + data.draw(st.sampled_from(VALUES))
    problem = problem_of(write_files(tmp_path_factory.mktemp("pack"), {name: "\n".join(lines)}))
    if problem is not None:
        assert problem.code not in ("pack.syntax", "pack.unreadable")
        # A part may be missed where it is named: a contact of the role, an event of the type.
        assert problem.details["file"] in (name, *NAMED_IN.get(name, ()))


# The pack that comes with the program.


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
