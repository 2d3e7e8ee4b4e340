"""The papers that carry a number of their own (2 cover): which there are, and how a site numbers them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from desktop_app.domain.site_text import Bilingual, Version


class PaperForm(StrEnum):
    """A paper with a number: the outage form (3.6), the incident summary (1.6.5), the readiness check."""

    INCIDENT = "incident"
    SUMMARY = "summary"
    READINESS = "readiness"


@dataclass(frozen=True, slots=True)
class NumberedForm:
    """What a site pack says of one of them; ``title`` is what the register of documents calls it."""

    key: PaperForm
    title: Bilingual
    version: Version


_OURS: Mapping[PaperForm, Version] = MappingProxyType(
    {
        PaperForm.INCIDENT: Version("BD-36", "1.0"),
        PaperForm.SUMMARY: Version("BD-37", "1.0"),
        PaperForm.READINESS: Version("BD-49", "1.0"),
    }
)


def form_version(forms: Iterable[NumberedForm], form: PaperForm) -> Version:
    """Return number and version as the site has them, the program's own where its pack says nothing."""
    return next((one.version for one in forms if one.key is form), _OURS[form])
