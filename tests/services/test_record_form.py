"""Every field of every record form, as typed, kept and shown again."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.domain.entries import Value
from desktop_app.domain.errors import GuardRefused, KnownError
from desktop_app.domain.fields import RECORD_FIELDS, RESTRICTED
from desktop_app.domain.folding import State
from desktop_app.domain.form_fields import FieldType
from desktop_app.domain.identity import Subject, SubjectKind
from desktop_app.services.record_form import OWN, code_of, read_form, typed_form, words_section
from desktop_app.services.records import Logged, save_draft, start_draft, template_rows, undo_save
from desktop_app.storage.store import Store
from desktop_app.words import LANGUAGES, Words

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
SAMPLES = {
    FieldType.MOMENT: "2026-03-02 10:15",
    FieldType.YES_NO: "no",
    FieldType.TICK: "yes",
    FieldType.INTEGER: "3",
    FieldType.MONEY: "12.50",
    FieldType.PHONE: "0571 55500012",
    FieldType.LIST: "08:40 已到场\n08:55 已放人",
}
EVERYTHING = {
    key: next(iter(field.options)).value if field.options else SAMPLES.get(field.type, f"{key} 的文字")
    for key, field in RECORD_FIELDS.items()
    if key not in OWN | RESTRICTED
}


def saved(store: Store, texts: dict[str, Value]) -> tuple[Logged, State]:
    draft = start_draft(store, texts, now=NOW)
    logged = save_draft(store, draft.subject.id, texts, now=NOW)
    with store.read() as view:
        return logged, view.state(Subject(SubjectKind.RECORD, logged.subject_id))


def test_every_field_of_every_form_comes_back_as_it_was_typed(store: Store) -> None:
    assert len(EVERYTHING) > 100
    _, state = saved(store, dict(EVERYTHING))
    assert typed_form(state, ZONE) == EVERYTHING
    assert state.value("people_count") == 3
    assert state.value("callback_needed") is False
    assert state.value("callback_due") == "2026-03-02T02:15:00.000000Z"
    chased = [item.value for item in state.lists["chase_log"]]
    assert [(item["text"], item["by"]) for item in chased if isinstance(item, dict)] == [
        ("08:40 已到场", store.author.actor),
        ("08:55 已放人", store.author.actor),
    ]


def test_a_save_with_lists_is_undone_whole(store: Store) -> None:
    logged, _ = saved(store, dict(EVERYTHING))
    draft = undo_save(store, logged, now=NOW)
    assert draft.values == EVERYTHING
    assert template_rows(store) == []


def test_what_is_no_value_is_kept_in_its_field_and_to_correct(store: Store) -> None:
    odd = {"received_at": "刚才", "callback_due": "晚饭后", "amount_taken": "很多", "people_count": "两三个"}
    texts: dict[str, Value] = {"detail": "停水", "mood": "气极了", **odd, "received_at": "一早"}
    logged, state = saved(store, texts)
    assert {*odd, "mood"} <= set(logged.missing)
    assert {key: typed_form(state, ZONE)[key] for key in texts} == texts
    with store.read() as view:
        (promise,) = (one for one in view.states(SubjectKind.PROMISE) if one.fields)
    assert (promise.text("state"), promise.text("due")) == ("due", "晚饭后")


def test_without_a_time_of_its_own_a_call_came_when_its_draft_began(store: Store) -> None:
    draft = start_draft(store, {}, now=NOW)
    logged = save_draft(store, draft.subject.id, {"detail": "停水"}, now=NOW.replace(hour=5))
    with store.read() as view:
        state = view.state(Subject(SubjectKind.RECORD, logged.subject_id))
    assert (state.text("received_at")[:16], state.text("recorded_at")[:16]) == (
        "2026-03-02T01:00",
        "2026-03-02T05:00",
    )


@pytest.mark.parametrize(
    "texts",
    [
        {},
        {"kind": "urgent", "channel": "phone", "received_at": "10:00", "outcome": "answered"},
        {"caller_name": " \u200b", "callback_needed": "yes", "number": "07-00001-2"},
        {"number_unknown": "no"},
    ],
)
def test_a_form_without_number_name_and_text_is_refused(texts: dict[str, object]) -> None:
    with pytest.raises(KnownError) as refused:
        read_form(texts, ZONE, NOW, NOW)
    assert refused.value.code == "log.empty"


@pytest.mark.parametrize("texts", [{"number_unknown": "yes"}, {"chase_log": "已催"}, {"outlet": "晚报"}])
def test_one_thing_said_is_a_record(texts: dict[str, object]) -> None:
    assert read_form(texts, ZONE, NOW, NOW).missing


def test_what_only_a_lead_writes_is_refused_of_an_agent_and_the_draft_stays(store: Store) -> None:
    draft = start_draft(store, {}, now=NOW)
    with pytest.raises(GuardRefused):
        save_draft(store, draft.subject.id, {"detail": "停水", "findings": "属实"}, now=NOW)
    assert save_draft(store, draft.subject.id, {"detail": "停水"}, now=NOW).number == draft.number


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_is_taken_by_its_words(language: str) -> None:
    words = Words("zh" if language == "zh" else "en")
    for field in RECORD_FIELDS.values():
        for code in field.options or ():
            said = words.say(f"{words_section(type(code))}.{code}")
            assert code_of(field, said) == code


@given(
    st.dictionaries(
        st.sampled_from(sorted(RECORD_FIELDS)), st.text(max_size=40) | st.booleans() | st.integers()
    )
)
def test_whatever_is_typed_is_kept(texts: dict[str, object]) -> None:
    try:
        form = read_form(texts, ZONE, NOW, NOW)
    except KnownError as refused:
        assert refused.code == "log.empty"  # noqa: PT017 - it may go either way
    else:
        assert not any(value is None for value in form.values.values())
