"""A site pack as one zip file: how it is chosen as a file, and how bundles carry it.

A zip comes from anybody: sizes are measured while it is unpacked and never believed, nothing is written to
the disk, and what no pack has is not unpacked.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from desktop_app.domain.errors import KnownError
from desktop_app.domain.site_pack import SitePack
from desktop_app.exchange.pack_files import FolderFiles
from desktop_app.exchange.shared_files import opened_regular
from desktop_app.exchange.site_pack import PACK_FILE, read_files

LARGEST_ARCHIVE = 15 * 1024 * 1024
"""Bytes of a packed pack: with its seal it fits into a bundle."""
MOST_UNPACKED = 64 * 1024 * 1024
"""Bytes of all its files together."""
MOST_MEMBERS = 12_000
_CHUNK = 1 << 18
_MEMBER = b"PK\x01\x02"
"""How the line of each file begins in a zip's list of contents."""
_SAME_DAY = (1980, 1, 1, 0, 0, 0)
_PLAIN = 0o100644 << 16
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_KNOWN = re.compile(
    r"[a-z_]+\.toml|(?:playbooks|incident_types)/[^/.][^/]*\.toml|articles/[^/.][^/]*\.md", re.IGNORECASE
)
"""The files that a pack may have; of any others nothing is taken."""
_OUTSIDE = re.compile(r"[/\\]|[A-Za-z]:|.*[\\\0]|(?:.*/)?\.\.(?:/|$)", re.DOTALL)


class ArchiveFiles:
    """The files of a pack that was unpacked into memory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._folders: dict[str, list[str]] = {}
        for name in sorted(files):
            folder, _, last = name.rpartition("/")
            self._folders.setdefault(folder, []).append(last)

    def content(self, name: str, most: int) -> bytes:
        """Return the beginning of a file. Raises FileNotFoundError."""
        if name not in self._files:
            raise FileNotFoundError(name)
        return self._files[name][:most]

    def names(self, folder: str, most: int) -> list[str]:
        """Return the names of what lies in a folder. Raises FileNotFoundError."""
        if folder not in self._folders:
            raise FileNotFoundError(folder)
        return self._folders[folder][:most]


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as a zip, the same files always as the same bytes.

    Raises KnownError ``pack.too_large``.
    """
    if sum(map(len, files.values())) > MOST_UNPACKED or len(files) > MOST_MEMBERS:
        raise _too_large()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, _SAME_DAY)
            member.create_system, member.external_attr = 3, _PLAIN
            archive.writestr(member, files[name], zipfile.ZIP_DEFLATED, 9)
    if made.tell() > LARGEST_ARCHIVE:
        raise _too_large()
    return made.getvalue()


def unpacked(content: bytes) -> Mapping[str, bytes]:
    """Return the files of a pack that a zip holds, by their names in the pack.

    The pack may lie in a folder of its own inside. Raises KnownError ``pack.zip_…`` and ``pack.too_large``.
    """
    if len(content) > LARGEST_ARCHIVE or content.count(_MEMBER) > MOST_MEMBERS:
        raise _too_large()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _files_of(archive)
    except (zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, ArithmeticError):
        raise KnownError("pack.zip_damaged") from None
    except (RuntimeError, LookupError, AttributeError, TypeError):
        # What the library makes of odd flags and names.
        raise KnownError("pack.zip_damaged") from None


def read_packed(content: bytes) -> SitePack:
    """Return the pack that a zip holds. Raises KnownError ``pack.…``."""
    return read_files(ArchiveFiles(unpacked(content)))


def taken_in(path: Path) -> tuple[SitePack, bytes]:
    """Return the pack that a person chose, a folder or a zip, and the zip it is carried as.

    Raises KnownError ``pack.…`` for the first mistake.
    """
    if path.is_dir():
        folder = FolderFiles(path, keep=True)
        pack = read_files(folder)
        return pack, packed(folder.taken)
    try:
        with opened_regular(path) as file:
            content = file.read(LARGEST_ARCHIVE + 1)
    except OSError:
        raise KnownError("pack.unreadable", file=path.name) from None
    files = unpacked(content)
    return read_files(ArchiveFiles(files)), packed(files)


def _files_of(archive: zipfile.ZipFile) -> Mapping[str, bytes]:
    members = [one for one in archive.infolist() if not one.is_dir()]
    if len(members) > MOST_MEMBERS:
        raise _too_large()
    names = [one.filename for one in members]
    if any(_OUTSIDE.match(name) for name in names):
        raise KnownError("pack.zip_outside")
    heads = sorted(
        (len(path.parts), name) for name in names if (path := PurePosixPath(name)).name == PACK_FILE
    )
    if not heads:
        raise KnownError("pack.zip_no_pack")
    root = heads[0][1].removesuffix(PACK_FILE)
    found: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for member in members:
        name = member.filename.removeprefix(root)
        if not member.filename.startswith(root) or not _KNOWN.fullmatch(name):
            continue
        if name in found:
            raise KnownError("pack.zip_twice", file=name)
        if member.compress_type not in _METHODS:
            raise KnownError("pack.zip_damaged")
        if member.flag_bits & 1:
            raise KnownError("pack.zip_locked")
        found[name] = _content(archive, member, left)
        left -= len(found[name])
    return found


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    parts, size = [], 0
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            parts.append(chunk)
            size += len(chunk)
            if size > most:
                raise _too_large()
    return b"".join(parts)


def _too_large() -> KnownError:
    return KnownError("pack.too_large", most=LARGEST_ARCHIVE // (1024 * 1024))
