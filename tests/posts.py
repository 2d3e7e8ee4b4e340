"""Stations and leads whose bundles go by courier: real stores, and a share that may be away."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.domain.roles import Role
from desktop_app.exchange.shared_folder import SharedFolder
from desktop_app.services.carrying import Carried, Errand, Seen, carry, spool_of
from desktop_app.services.delivery import Exchanged, exchange, hand_in_standing
from desktop_app.services.pairing import accept, own
from desktop_app.services.records import Logged, log_record
from desktop_app.storage.store import Store
from tests.stores import author, new_store

CALL = {"kind": "enquiry", "caller_name": "王芳", "phone": "13123450001", "detail": "停水了"}


class Post:
    """A store and its side of the share, exchanged step by step as the courier does."""

    def __init__(self, folder: Path, share: Path, station: str, role: Role = Role.AGENT) -> None:
        opened = new_store(folder / station, station=station)
        self.store: Store = replace(opened, author=author(f"80{station}", role))
        self.share = SharedFolder(share)
        self.spool = spool_of(self.store.folder)
        self.seen: Seen = {}

    def write(self, **values: str) -> Logged:
        return log_record(self.store, {**CALL, **values}, now=datetime.now(UTC))

    def local(self, carrier: str = "folder", **how: bool) -> Exchanged:
        return exchange(self.store, self.spool, now=datetime.now(UTC), carrier=carrier, **how)

    def visit(self) -> Carried:
        told = hand_in_standing(self.store)
        carried = carry(self.share, Errand(self.spool, told.store, told.own, self.seen))
        self.seen = carried.seen
        return carried

    def round(self) -> Exchanged:
        """Give, carry, take in and give again."""
        self.local()
        self.visit()
        told = self.local()
        self.visit()
        return told


def pair(*posts: Post) -> None:
    """Let each accept every other."""
    now = datetime.now(UTC)
    known = [own(post.store) for post in posts]
    for post in posts:
        for identity in known:
            if identity.store != own(post.store).store:
                accept(post.store, identity, now=now)
