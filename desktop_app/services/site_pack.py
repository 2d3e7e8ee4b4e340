"""The site pack of this PC: the centre's own where it has one, else the one that comes with the program."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.domain.site_pack import SitePack
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources
from desktop_app.services.knowledge import ArticleIndex, index_of

OWN_FOLDER = "site-pack"
"""The folder inside the data folder in which a centre keeps its own pack."""


@dataclass(frozen=True, slots=True)
class LoadedPack:
    """A pack with its articles ready to be searched; ``problem`` is why it is not the centre's own."""

    pack: SitePack
    articles: ArticleIndex
    problem: KnownError | None = None


def load_pack(data_folder: Path) -> LoadedPack:
    """Return the pack in use: the centre's own as a whole, or the shipped one as a whole.

    A pack of the centre's that cannot be read is no reason to have none: the shipped one comes with the
    problem.
    """
    own, problem = data_folder / OWN_FOLDER, None
    if os.path.lexists(own):
        try:
            return _loaded(read_pack(own))
        except KnownError as found:
            problem = found
    return replace(_shipped(), problem=problem)


@cache
def _shipped() -> LoadedPack:
    """Return the pack that comes with the program, which does not change while it runs."""
    return _loaded(read_pack(resources() / "site"))


def _loaded(pack: SitePack) -> LoadedPack:
    return LoadedPack(pack, index_of(pack))
