"""All scenes in the order of the walk; a room adds its own here."""

from __future__ import annotations

from desktop_app.ui.scenes import (
    agent,
    beside,
    capture,
    cards,
    conflicts,
    customers,
    desk,
    hand_table,
    incident,
    numbers,
    outage_led,
    palette,
    people,
    reconcile,
    records,
    site_pack,
    start,
    stations,
)
from desktop_app.ui.scenes.scene import Scene

ON_AN_EMPTY_FOLDER: tuple[Scene, ...] = (start.first_start,)
AT_THE_DESK: tuple[Scene, ...] = (
    start.unlock,
    *capture.SCENES,
    *beside.SCENES,
    *customers.SCENES,
    *palette.SCENES,
    *records.SCENES,
    *numbers.SCENES,
    *stations.SCENES,
    *conflicts.SCENES,
    *reconcile.SCENES,
    *hand_table.SCENES,
    *incident.SCENES,
    *outage_led.SCENES,
    *cards.SCENES,
    *people.SCENES,
    *site_pack.SCENES,
    *desk.SCENES,
)
AT_AN_AGENTS_DESK: tuple[Scene, ...] = agent.SCENES
