"""More than one process, or thread, at one store."""

from __future__ import annotations

import json
import signal
import threading
from pathlib import Path

from desktop_app.domain.identity import SubjectKind
from desktop_app.domain.numbers import parse_number
from tests.faults.desk import Desk, problems, record, rows_by_number

LINES = 60


def lines(tag: str, count: int = LINES) -> bytes:
    return b"".join(json.dumps(record(f"{tag}-{index}")).encode() + b"\n" for index in range(count))


def test_two_logs_at_once_share_the_numbers(tmp_path: Path) -> None:
    desk = Desk(tmp_path).create()
    answers: dict[str, tuple[int, list[str], str]] = {}

    def work(tag: str) -> None:
        answers[tag] = desk.log(lines(tag))

    both = [threading.Thread(target=work, args=(tag,)) for tag in ("one", "two")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    given = {
        line.split()[0]: f"{tag}-{index}"
        for tag, (_, out, _) in answers.items()
        for index, line in enumerate(out)
    }
    assert [(code, err) for code, _, err in answers.values()] == [(0, ""), (0, "")]
    with desk.unlock() as store:
        assert rows_by_number(store) == given
        assert problems(store) == []
    parsed = [parse_number(number) for number in given]
    assert sorted(number.sequence for number in parsed if number) == list(range(1, 2 * LINES + 1))


def test_readers_see_whole_records_only_while_another_process_writes(tmp_path: Path) -> None:
    desk = Desk(tmp_path).create()
    seen: list[list[int]] = [[], []]
    torn: list[tuple[int, int]] = []
    written = threading.Event()
    with desk.unlock(writing=False) as store:

        def read(counts: list[int]) -> None:
            while not written.is_set():
                with store.read() as view:
                    records = sum(1 for _ in view.states(SubjectKind.RECORD))
                    promises = sum(1 for _ in view.states(SubjectKind.PROMISE))
                counts.append(records)
                if records != promises:
                    torn.append((records, promises))

        readers = [threading.Thread(target=read, args=(counts,)) for counts in seen]
        for reader in readers:
            reader.start()
        code, out, err = desk.log(lines("written"))
        written.set()
        for reader in readers:
            reader.join()
    assert (code, len(out), err, torn) == (0, LINES, "", [])
    for counts in seen:
        assert counts == sorted(counts)
        assert 0 < len(set(counts)) <= LINES + 1


def test_a_stopped_log_and_a_console_without_chinese_show_no_trace(tmp_path: Path) -> None:
    desk = Desk(tmp_path).create()
    environment = desk.environment() | {"PYTHONIOENCODING": "ascii", "LANG": "zh_CN.UTF-8"}
    # Started in the background, we were told to ignore Ctrl+C, and the child would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    with desk.start_log(environment) as process:
        signal.signal(signal.SIGINT, before)
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(lines("one", 1))
        process.stdin.flush()
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate()
    assert (first[:3], out, err, process.returncode) == (b"07-", b"", b"", 130)
