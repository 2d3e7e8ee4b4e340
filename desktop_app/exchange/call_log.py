"""Call logs of telephone systems: who called, when, and whether an agent talked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.domain.reconciliation import Call, CallOutcome
from desktop_app.domain.times import zone_of
from desktop_app.exchange import profiles
from desktop_app.exchange.asterisk_log import call_of_queue, calls_of, header_order, order_of, read_legs
from desktop_app.exchange.mapping import NONE_CHOSEN, FileRead, Guess, View, guess, known_to_any, need
from desktop_app.exchange.notes import Note
from desktop_app.exchange.parsing import Parsed, labels, parse
from desktop_app.exchange.profiles import Profile
from desktop_app.exchange.queue_log import Waiting, is_queue_log, read_queue_log
from desktop_app.exchange.tabular import Row, table_of
from desktop_app.exchange.watched_child import Check, go_on

_ASTERISK = ("asterisk", "asterisk-custom")


@dataclass(frozen=True, slots=True)
class CallsRead:
    """Inbound calls, how they were read, and what was not understood."""

    calls: tuple[Call, ...]
    profile: str
    guessed: bool
    status: str
    files: tuple[FileRead, ...]
    notes: tuple[Note, ...]
    zone_fixed: bool


@dataclass(slots=True)
class _Found:
    calls: list[Call]
    ids: set[str]
    profile: Profile
    notes: list[Note]
    zone_fixed: bool


def read_calls(
    paths: Sequence[Path],
    queue_logs: Sequence[Path],
    profile: str | None,
    zone: tzinfo,
    *,
    chosen: Mapping[Path, Profile] = NONE_CHOSEN,
    check: Check = go_on,
) -> CallsRead:
    """Read call logs and Asterisk queue logs; a log's own ids fix its zone where they hold a Unix time.

    Raises KnownError ``reading.*`` for a file that cannot be read or is no call log.
    """
    told = profiles.load(profile, "calls") if profile is not None else None
    files: list[FileRead] = []
    notes: list[Note] = []
    waiting: dict[str, Waiting] = {}
    logs: list[tuple[Parsed, Profile | None]] = []
    seen: dict[str, str] = {}
    for path, label in labels([*queue_logs, *paths]):
        mine = chosen.get(path, told)
        parsed = parse(path, (mine.encoding or None) if mine else None, label, check)
        if parsed.sha256 in seen:
            notes.append(Note("same_file", {"file": label, "other": seen[parsed.sha256]}))
            continue
        seen[parsed.sha256] = label
        rows = [row for sheet in parsed.sheets for row in sheet.rows]
        files.append(FileRead(parsed.file, parsed.sha256, len(rows)))
        if path in queue_logs or is_queue_log(cells for _, cells in rows):
            known, strange = read_queue_log(parsed.file, rows)
            if strange == len(rows):
                raise KnownError("reading.no_queue_event", file=parsed.file)
            _join(waiting, known)
            if strange:
                notes.append(Note("queue_lines_not_known", {"count": str(strange), "file": parsed.file}))
            notes.extend(_located(parsed))
        else:
            logs.append((parsed, mine))
    found = [_read(parsed, waiting, mine, zone) for parsed, mine in logs]
    calls: dict[str, Call] = {}
    for each in found:
        for call in each.calls:
            calls.setdefault(call.id, call)
        notes.extend(each.notes)
    logged = {call_id for each in found for call_id in each.ids}
    only_queue = [call_of_queue(entry) for key, entry in waiting.items() if key not in logged]
    if only_queue and found:
        notes.append(Note("only_in_queue_log", {"count": str(len(only_queue))}))
    calls.update((call.id, call) for call in only_queue)
    main = found[0].profile if found else told or profiles.shipped(_ASTERISK[0])
    return CallsRead(
        calls=tuple(sorted(calls.values(), key=lambda call: (call.started_at, call.id))),
        profile=main.name,
        guessed=told is None and not chosen.keys() & {*paths, *queue_logs},
        status=main.status,
        files=tuple(files),
        notes=tuple(notes),
        zone_fixed=all(each.zone_fixed for each in found),
    )


def _join(waiting: dict[str, Waiting], known: dict[str, Waiting]) -> None:
    """Add what another queue log knows; the log that saw how a call ended is believed."""
    for key, entry in known.items():
        if key not in waiting or waiting[key].outcome is None:
            waiting[key] = entry


def _located(parsed: Parsed) -> list[Note]:
    return [replace(note, details={**note.details, "file": parsed.file}) for note in parsed.notes]


def _read(parsed: Parsed, waiting: dict[str, Waiting], told: Profile | None, zone: tzinfo) -> _Found:
    rows = [row for sheet in parsed.sheets for row in sheet.rows]
    candidates = [told] if told and told.order else [profiles.shipped(name) for name in _ASTERISK]
    bare = order_of([cells for _, cells in rows], candidates)
    if bare is not None:
        return _asterisk(parsed, rows, bare.order, bare, waiting, zone)
    table = table_of(parsed, known_to_any("calls", told))
    order = header_order(table.columns)
    if order is not None:
        made = [(row.source.row, list(row.cells)) for row in table.rows]
        return _asterisk(parsed, made, order, told or profiles.shipped(_ASTERISK[0]), waiting, zone)
    found = Guess(told, False, 1.0) if told and told.columns else guess("calls", table.columns)
    return _generic(View(table, "calls", found, zone))


def _asterisk(
    parsed: Parsed,
    rows: list[tuple[int, list[str]]],
    order: Sequence[str],
    profile: Profile,
    waiting: dict[str, Waiting],
    zone: tzinfo,
) -> _Found:
    read = read_legs(parsed.file, rows, order)
    local = zone_of(profile.zone) if profile.zone else zone
    calls, ids, outbound = calls_of(read, waiting, local, profile.outgoing_contexts)
    _need_call(parsed.file, len(calls) + outbound)
    notes = [*_located(parsed), *read.notes]
    if outbound:
        notes.append(Note("outbound_calls", {"count": str(outbound), "file": parsed.file}))
    return _Found(calls, set(ids), profile, notes, read.offset is not None or bool(profile.zone))


def _generic(view: View) -> _Found:
    need(view, ("started_at", "started_date"))
    calls: list[Call] = []
    outbound = unread = 0
    seen: dict[str, int] = {}
    for row in view.table.rows:
        if view.profile.code("direction", view.text(row, "direction")) == "outbound":
            outbound += 1
            continue
        started = view.moment(row, "started_at", date_field="started_date")
        if started is None:
            unread += 1
            continue
        group = view.text(row, "linked") or view.text(row, "id")
        call = _call(view, row, started)
        if group and group in seen:
            calls[seen[group]] = _merged(calls[seen[group]], call)
            continue
        if group:
            seen[group] = len(calls)
        calls.append(call)
    _need_call(view.table.file, len(calls) + outbound)
    if outbound:
        view.notes.append(Note("outbound_calls", {"count": str(outbound)}))
    if unread:
        view.notes.append(Note("rows_without_start", {"count": str(unread)}))
    ids = {call.id for call in calls}
    return _Found(calls, ids, view.profile, list(view.finish()), bool(view.profile.zone))


def _need_call(file: str, count: int) -> None:
    """Refuse a log without any call: it would say that nobody called."""
    if not count:
        raise KnownError("reading.no_call", file=file)


def _call(view: View, row: Row, started: datetime) -> Call:
    answered = view.moment(row, "answered_at")
    ended = view.moment(row, "ended_at")
    agent = view.text(row, "agent")
    seconds = _seconds(view.text(row, "talk_seconds"))
    word = view.text(row, "outcome")
    code = view.profile.code("outcome", word)
    try:
        outcome = CallOutcome(code)
    except ValueError:
        talked = seconds > 0 or (answered is not None and bool(agent or not view.has("agent")))
        outcome = CallOutcome.ANSWERED if talked else CallOutcome.ABANDONED
    return Call(
        id=view.text(row, "id") or str(row.source),
        source=row.source,
        started_at=started,
        outcome=outcome,
        answered_at=answered if outcome is CallOutcome.ANSWERED else None,
        ended_at=ended or started + timedelta(seconds=_seconds(view.text(row, "duration"))),
        caller=view.text(row, "caller"),
        callee=view.text(row, "callee"),
        agent=agent,
        talk_seconds=seconds,
        caller_name=view.text(row, "caller_name"),
        recording=view.text(row, "recording"),
    )


def _merged(one: Call, other: Call) -> Call:
    """Return two rows of one call as one: an agent's row decides, else the later one."""
    first, last = sorted((one, other), key=lambda call: call.started_at)
    deciding = next((call for call in (first, last) if call.outcome is CallOutcome.ANSWERED), last)
    ends = [call.ended_at for call in (one, other) if call.ended_at is not None]
    return replace(
        first,
        outcome=deciding.outcome,
        answered_at=deciding.answered_at,
        ended_at=max(ends) if ends else None,
        agent=deciding.agent,
        talk_seconds=deciding.talk_seconds,
        recording=deciding.recording or first.recording or last.recording,
    )


def _seconds(text: str) -> int:
    """Return seconds of ``95``, ``1:35`` or ``0:01:35``; 0 for anything else."""
    parts = text.split(":")
    if not all(part.isdecimal() and len(part) < 7 for part in parts) or len(parts) > 3:
        return 0
    total = 0
    for part in parts:
        total = total * 60 + int(part)
    return total
