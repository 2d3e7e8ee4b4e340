"""The log of this PC: what the program did and where it failed, without a single value.

No log line can hold what a caller said, because none holds any text that is not the program's own: a message
is written only where it is a bare code, and of an exception only its type, its code and the places it passed.
So the log needs no key, and can be handed to IT as it is.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb

from desktop_app.domain.errors import KnownError

FOLDER = "logs"
FILE_NAME = "fallback-desk.log"
MAX_BYTES = 256 * 1024
OLDER_FILES = 3

_PACKAGE = "desktop_app"
_CODE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")
_LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [A-Z]+ [\w.:<>]+ [a-z0-9_.-]+|    [\w./<>:() -]+", re.ASCII
)


def start_log(data_folder: Path) -> logging.Handler:
    """Begin to log into ``logs`` of the data folder; a disk that refuses is no reason to stop working.

    Pass the handler to ``stop_log`` at the end.
    """
    handler = _LogFile(data_folder / FOLDER / FILE_NAME)
    handler.setFormatter(_WithoutValues())
    logging.getLogger().addHandler(handler)
    return handler


def stop_log(handler: logging.Handler) -> None:
    """Close the log."""
    logging.getLogger().removeHandler(handler)
    handler.close()


def last_lines(data_folder: Path, count: int = 300) -> list[str]:
    """Return the newest lines of the log; whatever does not look like one of ours is left out."""
    try:
        held = (data_folder / FOLDER / FILE_NAME).read_text(encoding="ascii", errors="replace")
    except OSError:
        return []
    return [line if _LINE.fullmatch(line) else "(left out)" for line in held.splitlines()[-count:]]


def traced(error: BaseException) -> Iterator[str]:
    """Yield an exception and what led to it, the newest first: types, codes and places, no values."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        code = f" {current.code}" if isinstance(current, KnownError) and _CODE.fullmatch(current.code) else ""
        name = getattr(current, "sqlite_errorname", "") or ""
        sqlite = f" {name}" if re.fullmatch(r"[A-Z_]+", name) else ""
        yield f"{type(current).__module__}.{type(current).__qualname__}{code}{sqlite}"
        for frame, line in walk_tb(current.__traceback__):
            yield f"  {_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        current = getattr(current, "orig", None) or current.__cause__ or current.__context__


def _place(file: str) -> str:
    """Return where a source file is within this program or a library: a whole path names a person."""
    parts = Path(file).parts
    starts = [index for index, part in enumerate(parts) if part in (_PACKAGE, "site-packages")]
    return "/".join(parts[starts[-1] :] if starts else parts[-1:])


class _WithoutValues(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        told = record.msg if isinstance(record.msg, str) and _CODE.fullmatch(record.msg) else "-"
        lines = [f"{at} {record.levelname} {record.name}:{record.lineno} {told}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += [f"    {line}" for line in traced(record.exc_info[1])]
        return "\n".join(lines).encode("ascii", "replace").decode()


class _LogFile(logging.Handler):
    """The file is made with the first line: most days have none, and what turns files over loads slowly."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line, or do without it."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            return
        self._file = self._file or self._opened()
        self._file.emit(record)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
        super().close()

    def _opened(self) -> logging.Handler:
        from logging.handlers import RotatingFileHandler

        class Turning(RotatingFileHandler):
            def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
                """Do without the line: a full disk is told of where something of the caller's is at stake."""

        file = Turning(self._path, maxBytes=MAX_BYTES, backupCount=OLDER_FILES, encoding="ascii", delay=True)
        file.setFormatter(self.formatter)
        return file
