"""What stands on every paper besides its content: by whom, when and where, drill or not."""

from __future__ import annotations

from datetime import datetime

from desktop_app.domain.paper import Paper, Section
from desktop_app.domain.site_text import Version
from desktop_app.domain.times import zone_of
from desktop_app.services.drafts import person_name
from desktop_app.storage.store import Store
from desktop_app.words import Words


def on_paper(
    store: Store,
    words: Words,
    title: str,
    sections: tuple[Section, ...],
    *,
    now: datetime,
    number: str = "",
    subtitle: str = "",
    form: Version | None = None,
) -> Paper:
    """Return a paper of this store as it is printed at ``now`` by whoever unlocked it."""
    with store.read() as view:
        life, name = view.life, person_name(view, store.author.actor) or store.author.staff_number
    time = f"{now.astimezone(zone_of(store.settings.zone)):%Y-%m-%d %H:%M}"
    return Paper(
        title,
        number,
        sections,
        subtitle,
        words.say("paper.drill") if life.drill else "",
        words.say("paper.form", number=str(form)) if form is not None else "",
        words.say("paper.printed", name=name, station=life.station, time=time),
    )
