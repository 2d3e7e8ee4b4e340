"""What the switchboard logged of the day: Asterisk's ``Master.csv`` rows and ``queue_log`` lines.

The shapes are those of a real run (tests/samples/asterisk16_dev): a queue call has one row for every agent
it rang at, a full queue logs an answered ``Hangup``, giving up in the queue logs billed seconds, and nothing
but the queue log says who talked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from random import Random

from desktop_app.services.demo_day.calls import QUEUE_TIMEOUT, DayCall
from desktop_app.services.demo_day.notes import LOCAL
from desktop_app.services.demo_day.plan import Plan

QUEUE = "hotline"
_BUSY, _NO_ANSWER, _FAILED = "17", "19", "20"
_NUMERIC = {12, 13}


@dataclass(frozen=True, slots=True)
class PbxLog:
    """Both files as text. ``in_utc`` says that the rows were written in UTC, which nothing in them shows."""

    rows: str
    queue_lines: str
    in_utc: bool


def log_of(plan: Plan, calls: list[DayCall]) -> PbxLog:
    """Return the switchboard's files of the day, outbound calls and many legs included."""
    random = plan.stream("pbx")
    in_utc = random.random() < plan.rates.log_in_utc
    writer = _Switchboard(plan, random, in_utc=in_utc)
    rows: list[tuple[datetime, list[str]]] = []
    lines: list[tuple[float, str]] = []
    for call in calls:
        rows += writer.rows(call)
        lines += writer.queue_lines(call)
        if random.random() < plan.rates.outbound:
            rows.append(writer.outbound(call))
    # A row is written when its leg ends, a line when its event happens.
    rows.sort(key=lambda row: row[0])
    lines.sort(key=lambda line: line[0])
    begin = int((plan.start - timedelta(hours=4)).timestamp())
    queue = [f"{begin}|NONE|NONE|NONE|QUEUESTART|", *(line for _, line in lines)]
    return PbxLog(_as_csv(row for _, row in rows), "\n".join(queue) + "\n", in_utc)


class _Switchboard:
    def __init__(self, plan: Plan, random: Random, *, in_utc: bool) -> None:
        self._plan, self._random, self._zone = plan, random, UTC if in_utc else LOCAL
        self._channels = 0

    def rows(self, call: DayCall) -> Iterator[tuple[datetime, list[str]]]:
        """Yield the rows of an inbound call, each with the moment at which it was written."""
        inbound = self._channel("trunk-in")
        if call.way in {"dial", "no_answer", "busy", "failed"}:
            yield from self._direct(call, inbound)
            return
        if call.way == "full":
            yield self._row(call, inbound, "", "Hangup", "", 0, call.wait, "ANSWERED")
            return
        ring = max(0, call.wait - self._random.randint(2, 5))
        others = [station for station in range(self._plan.stations) if station != call.station]
        for station in self._random.sample(others, min(len(others), self._random.randint(0, 2))):
            agent = self._channel(self._plan.staff_number(station))
            yield self._row(call, inbound, agent, "Queue", f"{QUEUE},t,,,6", ring, call.wait, "NO ANSWER")
        if call.answered:
            agent = self._channel(self._plan.staff_number(call.station))
            end = call.wait + call.talk
            yield self._row(call, inbound, agent, "Queue", f"{QUEUE},t,,,6", ring, end, "ANSWERED")
            return
        if call.way == "gave_up":
            agent = self._channel(self._plan.staff_number(0))
            yield self._row(call, inbound, agent, "Queue", f"{QUEUE},t,,,6", ring, call.wait, "NO ANSWER")
            return
        yield self._row(call, inbound, "", "Hangup", "", 0, call.wait, "ANSWERED")

    def _direct(self, call: DayCall, inbound: str) -> Iterator[tuple[datetime, list[str]]]:
        number = self._plan.staff_number(max(0, call.station))
        agent, dialled = self._channel(number), f"SIP/{number},20"
        end = call.wait + call.talk
        if call.way == "dial":
            yield self._row(call, inbound, agent, "Dial", dialled, 0, end, "ANSWERED", answer=call.wait)
            return
        cause = {"busy": _BUSY, "no_answer": _NO_ANSWER, "failed": _FAILED}[call.way]
        heard = "BUSY" if call.way == "busy" else "NO ANSWER"
        last = {"busy": "BUSY", "no_answer": "NO ANSWER", "failed": "FAILED"}[call.way]
        if call.way != "failed":
            yield self._row(call, inbound, agent, "Dial", dialled, 0, end, heard, answer=None)
        yield self._row(call, inbound, "", "Hangup", cause, end, end, last, answer=None)

    def queue_lines(self, call: DayCall) -> Iterator[tuple[float, str]]:
        """Yield the events of a call that entered the queue; a full queue lets nobody in."""
        if call.way not in {"queue", "gave_up", "timeout"}:
            return
        begin, left = int(call.started_at.timestamp()), int(call.answered_at.timestamp())
        agent = f"坐席{self._plan.staff_number(max(0, call.station))}"

        def line(at: int, who: str, event: str, data: str) -> tuple[float, str]:
            return float(at), f"{at}|{call.uniqueid}|{QUEUE}|{who}|{event}|{data}"

        yield line(begin, "NONE", "ENTERQUEUE", f"|{call.caller}|1")
        if call.way == "gave_up":
            yield line(left, "NONE", "ABANDON", f"1|1|{call.wait}")
        elif call.way == "timeout":
            yield line(left, "NONE", "EXITWITHTIMEOUT", f"1|1|{QUEUE_TIMEOUT}")
        else:
            yield line(left, agent, "CONNECT", f"{call.wait}|{left}.{101 + 7 * call.index}|2")
            event = self._random.choice(("COMPLETECALLER", "COMPLETEAGENT"))
            yield line(left + call.talk, agent, event, f"{call.wait}|{call.talk}|1")

    def outbound(self, near: DayCall) -> tuple[datetime, list[str]]:
        """Return the row of a call out: an agent rings somebody back, often a caller of today."""
        number = self._plan.staff_number(self._random.randrange(self._plan.stations))
        start = near.ended_at + timedelta(seconds=self._random.randint(60, 3000))
        end = start + timedelta(seconds=self._random.randint(5, 200))
        talked = self._random.random() < 0.8
        cells = ["", number, near.person.phone, "from-internal", f'"{number}" <{number}>']
        cells += [self._channel(number), self._channel("trunk-out"), "Dial"]
        cells += [
            f"SIP/trunk-out/{near.person.phone},60",
            self._time(start),
            self._time(start) if talked else "",
        ]
        seconds = str(int((end - start).total_seconds()))
        cells += [self._time(end), seconds, seconds if talked else "0"]
        cells += ["ANSWERED" if talked else "NO ANSWER", "DOCUMENTATION"]
        return end, [*cells, f"{int(start.timestamp())}.{9 + 7 * near.index + 100000}", "外呼"]

    def _row(
        self,
        call: DayCall,
        channel: str,
        destination: str,
        application: str,
        data: str,
        start: int,
        end: int,
        disposition: str,
        *,
        answer: int | None = 0,
    ) -> tuple[datetime, list[str]]:
        """Return one row; ``start``, ``answer`` and ``end`` in seconds from the start of the call."""
        begin, finish = (call.started_at + timedelta(seconds=seconds) for seconds in (start, end))
        answered = None if answer is None else max(begin, call.started_at + timedelta(seconds=answer))
        billed = 0 if answered is None else int((finish - answered).total_seconds())
        shown = call.caller or "anonymous"
        name = (
            call.person.name if self._random.random() < 0.1 and call.caller not in {"", "anonymous"} else ""
        )
        account = QUEUE if application == "Queue" or call.way in {"full", "timeout"} else "urgent"
        cells = [account, shown if call.caller else "", call.line, "incoming", f'"{name}" <{shown}>']
        cells += [channel, destination, application, data, self._time(begin)]
        cells += ["" if answered is None else self._time(answered), self._time(finish)]
        cells += [
            str(end - start),
            str(billed),
            disposition,
            "DOCUMENTATION",
            call.uniqueid,
            "投诉专线,IVR=1",
        ]
        return finish, cells

    def _channel(self, peer: str) -> str:
        self._channels += 1
        return f"SIP/{peer}-{self._channels:08x}"

    def _time(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%Y-%m-%d %H:%M:%S}"


def _as_csv(rows: Iterator[list[str]]) -> str:
    """Return rows as Asterisk writes them: every text quoted, numbers bare, empty answers bare."""
    text = StringIO(newline="")
    for row in rows:
        cells = [
            cell if place in _NUMERIC or (place == 10 and not cell) else '"' + cell.replace('"', '""') + '"'
            for place, cell in enumerate(row)
        ]
        text.write(",".join(cells) + "\n")
    return text.getvalue()
