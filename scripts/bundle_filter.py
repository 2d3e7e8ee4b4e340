"""What of Qt and of the system goes into the frozen program: a window that prints needs little of it.

An entry is PyInstaller's ``(destination, source, kind)``.
"""

from __future__ import annotations

import posixpath
import re
import subprocess
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath

Entry = tuple[str, str, str]
EVERY = frozenset({"*"})

TRANSLATIONS = frozenset({"qt_zh_CN.qm", "qtbase_zh_CN.qm"})
PLUGINS = {
    "iconengines": frozenset({"qsvgicon"}),
    "imageformats": frozenset({"qico", "qjpeg", "qsvg"}),
    "platforminputcontexts": frozenset(
        {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"}
    ),
    # offscreen is what the self-test draws on.
    "platforms": frozenset({"qcocoa", "qoffscreen", "qwindows", "qxcb"}),
    "platformthemes": frozenset({"qxdgdesktopportal"}),
    "printsupport": EVERY,
    "styles": EVERY,
    "xcbglintegrations": EVERY,
}
"""Kinds of Qt plugins that are kept, and which of each kind; what is not named here goes."""

LEFT_TO_THE_SYSTEM = ("libcups",)
"""Libraries that only a system that has their service needs, and that bring many others along."""

_PLUGIN = re.compile(r"PySide6/(?:Qt/)?plugins/(?P<kind>[^/]+)/(?:lib)?(?P<name>[^/.]+)\.")
_TRANSLATION = re.compile(r"PySide6/(?:Qt/)?translations/(?P<file>[^/]+)")


def keep(destination: str) -> bool:
    """Whether a file of the bundle is needed, told by where it will lie."""
    path = destination.replace("\\", "/")
    if plugin := _PLUGIN.match(path):
        wanted = PLUGINS.get(plugin["kind"], frozenset())
        return wanted is EVERY or plugin["name"] in wanted
    if translation := _TRANSLATION.match(path):
        return translation["file"] in TRANSLATIONS
    return not _name(path).startswith(LEFT_TO_THE_SYSTEM)


def needed(
    entries: Iterable[Entry], imports: Callable[[str], Iterable[str]], *, always: Sequence[str] = ()
) -> list[Entry]:
    """Return the entries without the libraries that only dropped files asked for.

    ``imports`` gives the names of the libraries that a file is linked with. Libraries whose names begin with
    one of ``always`` are loaded by name and stay. A link stays where what it points to does.
    """
    all_entries = list(entries)
    libraries: dict[str, list[Entry]] = {}
    for entry in all_entries:
        if entry[2] == "BINARY" and not _is_plugin(entry):
            libraries.setdefault(_name(entry[0]), []).append(entry)
    waiting = [
        entry
        for entry in all_entries
        if entry[2] == "EXTENSION" or _is_plugin(entry) or _name(entry[0]).startswith(tuple(always))
    ]
    kept = {entry[0] for entry in all_entries if entry[2] not in ("BINARY", "SYMLINK")}
    while waiting:
        entry = waiting.pop()
        if entry[0] in kept and entry[2] == "BINARY":
            continue
        kept.add(entry[0])
        for name in imports(entry[1]):
            waiting += [found for found in libraries.get(_name(name), ()) if found[0] not in kept]
    return [entry for entry in all_entries if _target(entry) in kept]


def linked_with(file: str) -> list[str]:
    """Return the names of the libraries that an ELF file itself names, not those that they name in turn."""
    told = subprocess.run(["objdump", "-p", file], capture_output=True, text=True, check=True).stdout
    return re.findall(r"NEEDED\s+(\S+)", told)


def _is_plugin(entry: Entry) -> bool:
    return entry[2] == "BINARY" and _PLUGIN.match(entry[0].replace("\\", "/")) is not None


def _name(path: str) -> str:
    return PurePath(path.replace("\\", "/")).name


def _target(entry: Entry) -> str:
    """Return where the entry's content lies: elsewhere for a link."""
    if entry[2] != "SYMLINK":
        return entry[0]
    return posixpath.normpath(posixpath.join(posixpath.dirname(entry[0]), entry[1]))
