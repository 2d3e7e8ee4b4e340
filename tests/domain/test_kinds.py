"""Every code has words, and the words have no code too many."""

from enum import StrEnum

import pytest

from desktop_app.domain.kinds import Category, Channel, Kind, categories_of
from desktop_app.domain.reconciliation import CallStatus, CrmStatus, RecordStatus
from desktop_app.domain.roles import Role
from desktop_app.words import LANGUAGES, Language, Words

SECTIONS: dict[str, list[type[StrEnum]]] = {
    "kind": [Kind],
    "channel": [Channel],
    "role": [Role],
    "status": [RecordStatus, CrmStatus, CallStatus],
    "option.category": [Category],
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("section", SECTIONS)
def test_every_code_has_its_own_words(section: str, language: Language) -> None:
    words = Words(language)
    codes = {code.value for enum in SECTIONS[section] for code in enum}
    said = {code: words.say(f"{section}.{code}") for code in codes}
    assert all(said.values())
    assert {words.code_of(section, text) for text in said.values()} == codes


def test_a_category_belongs_to_one_kind() -> None:
    assert sorted(category for kind in Kind for category in categories_of(kind)) == sorted(Category)
    assert categories_of(Kind.ENQUIRY) == (
        Category.ENQUIRY,
        Category.QUERY,
        Category.REPAIR,
        Category.OTHER,
    )
