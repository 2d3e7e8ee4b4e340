"""What a room of the window works with; handed to it when it is built, never looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from desktop_app.services.seats import Seat
from desktop_app.services.stores import OpenStore
from desktop_app.ui.background.background import Background
from desktop_app.ui.background.messages import Messages
from desktop_app.ui.delivery.courier import Courier
from desktop_app.ui.preferences import Preferences
from desktop_app.ui.site_pack.shelf import PackShelf
from desktop_app.ui.typing.shortcuts import Shortcuts
from desktop_app.words import Words


@dataclass(frozen=True, slots=True)
class Session:
    """One person's time at an unlocked store: from unlocking to locking, in one language and look.

    ``clock`` gives the moment now in UTC. ``shortcuts`` and ``messages`` are those of the window the room is
    in. ``courier`` exchanges bundles with the shared folder. ``shelf`` holds the site pack.
    """

    store: OpenStore
    person: Seat
    words: Words
    background: Background
    clock: Callable[[], datetime]
    preferences: Preferences
    shortcuts: Shortcuts
    messages: Messages
    courier: Courier | None = None
    shelf: PackShelf = field(default_factory=PackShelf)
