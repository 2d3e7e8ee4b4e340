"""What IT gets of a bug: versions, where it happened, the last lines of the log. Nothing of a caller's."""

from __future__ import annotations

import platform
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from desktop_app.domain.errors import KnownError
from desktop_app.services.logs import last_lines, traced
from desktop_app.version import VERSION


@dataclass(frozen=True, slots=True)
class Report:
    """A report that can be read before it is handed on; ``made_at`` is UTC."""

    made_at: datetime
    text: str
    log: str


def make_report(
    error: BaseException,
    *,
    data_folder: Path,
    now: datetime,
    versions: Mapping[str, str] = MappingProxyType({}),
) -> Report:
    """Describe a bug; ``versions`` are those of parts that only the caller knows, such as Qt's."""
    told = {
        "time": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "fallback-desk": VERSION,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "frozen": "yes" if getattr(sys, "frozen", False) else "no",
        **versions,
    }
    lines = [f"{name}: {value}" for name, value in told.items()]
    return Report(now, "\n".join([*lines, "", *traced(error), ""]), "\n".join([*last_lines(data_folder), ""]))


def save_report(report: Report, folder: Path) -> Path:
    """Write the report as a zip into ``folder`` and return it; raises KnownError ``report.unwritten``."""
    name = report.made_at.astimezone(UTC).strftime("fallback-desk-report-%Y%m%d-%H%M%S.zip")
    file = folder / name
    try:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundle:
            bundle.writestr("report.txt", report.text)
            bundle.writestr("log.txt", report.log)
    except OSError as problem:
        raise KnownError("report.unwritten", folder=folder) from problem
    return file
