"""Foreign files looked at before they are compared: what each is and how it would be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.domain.times import zone_of
from desktop_app.exchange import profiles
from desktop_app.exchange.parsing import labels
from desktop_app.exchange.preview import FileKind, Look, adapted, look, open_file
from desktop_app.exchange.profiles import Profile
from desktop_app.services.progress import Progress
from desktop_app.services.reconcile_reading import Request


@dataclass(frozen=True, slots=True)
class Offered:
    """A file that a person gave, looked at; ``error`` says why it cannot be read, then there is no look."""

    path: Path
    label: str
    seen: Look | None = None
    error: KnownError | None = None

    @property
    def kind(self) -> FileKind | None:
        """What it will be read as."""
        return self.seen.kind if self.seen else None


def offer(paths: Iterable[Path], zone: str, folder: Path, progress: Progress) -> list[Offered]:
    """Look at each file; one that cannot be read spoils none of the others.

    ``folder`` holds the profiles kept at this site; ``zone`` is that of times without an offset.
    """
    named = labels(paths)
    site = profiles.kept_in(site_profiles(folder))
    found = []
    for done, (path, label) in enumerate(named):
        progress.tell("previewing", done, len(named))
        try:
            opened = open_file(path, progress.check, label=label)
            found.append(Offered(path, label, look(opened, opened.kind, zone_of(zone), site=site)))
        except KnownError as error:
            progress.check()
            found.append(Offered(path, label, error=error))
    return found


def look_again(seen: Look, kind: FileKind, zone: str, told: Profile | None = None) -> Look:
    """Return the look at a file as another kind, or through the mapping that a person chose."""
    return look(seen.opened, kind, zone_of(zone), told=told)


def choose(seen: Look, mapping: Mapping[str, str], zone: str, own_zone: str = "") -> Look:
    """Return the look through a person's mapping (field by column); ``own_zone`` is the file's, if told."""
    return look(seen.opened, seen.kind, zone_of(zone), told=adapted(seen, mapping, own_zone))


def keep_for_site(seen: Look, folder: Path) -> Path:
    """Keep a chosen mapping for the next file with these columns; raises KnownError where it cannot be."""
    profile = adapted(seen, seen.mapping)
    try:
        return profiles.keep(profile, seen.kind.what, site_profiles(folder))
    except OSError as problem:
        raise KnownError("reconcile.profile_not_kept", folder=site_profiles(folder)) from problem


def site_profiles(folder: Path) -> Path:
    """Return where the data folder keeps the site's own profiles."""
    return folder / "profiles"


def request_of(offered: Iterable[Offered], zone: str | None, window: tuple[str, str] | None) -> Request:
    """Return what to compare: every file that could be read, each through the profile that was looked at."""
    seen = [one.seen for one in offered if one.seen is not None]

    def paths(kind: FileKind) -> tuple[Path, ...]:
        return tuple(look.opened.path for look in seen if look.kind is kind)

    return Request(
        records=paths(FileKind.RECORDS),
        crm=paths(FileKind.CRM),
        calls=paths(FileKind.CALLS),
        queue_logs=paths(FileKind.QUEUE_LOG),
        zone=zone,
        window=window,
        chosen={look.opened.path: look.profile for look in seen if not look.guessed},
    )
