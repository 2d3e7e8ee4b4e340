"""The texts for notices of an outage in a site pack, each from its table of ``announcements.toml``."""

from __future__ import annotations

from desktop_app.domain.notice_templates import PLACEHOLDERS, NoticeTemplate
from desktop_app.domain.outage_options import AnnouncementType, PublishChannel
from desktop_app.domain.site_text import PLACEHOLDER, Version
from desktop_app.exchange.pack_parts import code, version
from desktop_app.exchange.pack_table import LONG, PackTable

NOTICE_KEYS = (
    "key",
    "number",
    "version",
    "approved_by",
    "type",
    "title",
    "text",
    "types",
    "channels",
    "next_minutes",
    "spokesperson",
)
MOST_NOTICES = 100
_MOST_MINUTES = 24 * 60


def notice_template(table: PackTable, pack: Version, types: tuple[str, ...]) -> NoticeTemplate:
    """Return a text; raises KnownError, also for a placeholder or a type of incident that there is not.

    ``types`` are the keys of the pack's types of incident; one that has none may name any.
    """
    made_for = table.texts("types", len(types) or MOST_NOTICES)
    for one in made_for:
        if types and one not in types:
            raise table.wrong("option", "types", told=one, known=", ".join(types))
    text = table.words("text", most=LONG, needed=True)
    for name in PLACEHOLDER.findall(text.zh + text.en):
        if name not in PLACEHOLDERS:
            raise table.wrong("option", "text", told=name, known=", ".join(PLACEHOLDERS))
    return NoticeTemplate(
        key=code(table, "key"),
        version=version(table, pack),
        type=table.choice("type", AnnouncementType),
        title=table.words("title", needed=True),
        text=text,
        types=made_for,
        channels=tuple(
            table.chosen(one, "channels", PublishChannel)
            for one in table.texts("channels", len(PublishChannel))
        ),
        next_minutes=table.whole("next_minutes", _MOST_MINUTES),
        spokesperson=table.words("spokesperson"),
    )
