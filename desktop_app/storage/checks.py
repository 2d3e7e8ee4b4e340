"""What can be wrong inside a store: its pages, its chains, its folded tables, its mark and its numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import select

from desktop_app.domain.entries import Head, check_chain, check_heads
from desktop_app.domain.errors import Damaged
from desktop_app.domain.marks import Finding
from desktop_app.domain.numbers import Number
from desktop_app.domain.ranges import count, ranges
from desktop_app.storage import journal
from desktop_app.storage.absent import absent
from desktop_app.storage.accounting import account_numbers
from desktop_app.storage.database import Database, keyed
from desktop_app.storage.going_on import judged
from desktop_app.storage.lying import companions
from desktop_app.storage.mark_files import Marked
from desktop_app.storage.rebuild import examine
from desktop_app.storage.schema import VERSION, version_of
from desktop_app.storage.tables import signed_heads
from desktop_app.storage.unit_of_work import View


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong: a code of the ``doctor`` words and what fills its placeholders."""

    code: str
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look at everything found; ``entries`` and ``state_hash`` are of the journal folded anew.

    ``absent`` are entries of other stations that have not come yet, which is no damage.
    """

    entries: int
    state_hash: str
    problems: tuple[Problem, ...]
    absent: int = 0


def check_everything(database: Database, key: bytes | bytearray, marked: Marked | None) -> Checked:
    """Check a store that opened, also beside another process. ``marked`` was read before this call."""
    problems = list(file_problems(database, key))
    checked = check_journal(database)
    problems += checked.problems
    missing = 0
    try:
        with database.read() as connection:
            view = View(connection)
            missing = sum(count(one.spans) for one in absent(connection))
            problems += _mark_problems(view, marked)
            problems += _number_problems(view, marked)
    except Damaged as damage:
        problems.append(Problem(f"error.{damage.code}", damage.details))
    named = tuple(p for n, p in enumerate(problems) if p not in problems[:n])
    return Checked(checked.entries, checked.state_hash, named, missing)


def check_journal(database: Database) -> Checked:
    """Check every chain and digest, and fold everything anew against the folded tables.

    The folded tables of an older program are not compared: bringing the store up to date writes them anew.
    """
    problems: list[Problem] = []
    try:
        with database.read() as connection:
            view = View(connection)
            current = version_of(connection) == VERSION
            problems += _chain_problems(view, others=current)
            if current:
                problems += _head_problems(view)
            found = examine(view, rows=current)
    except Damaged as damage:
        return Checked(0, "", (*problems, Problem(f"error.{damage.code}", damage.details)))
    if found.differing:
        problems.append(Problem("doctor.folded", {"count": len(found.differing)}))
    return Checked(found.entries, found.state_hash, tuple(problems))


def file_problems(database: Database, key: bytes | bytearray) -> Iterator[Problem]:
    """Yield what is wrong with the pages of the file.

    The authentication of every page is checked on a connection of its own and only once the write-ahead log
    is folded in: before, it raises false alarms, and one bad page spoils a connection (safety.md §0).
    """
    try:
        database.checkpoint()
    except Damaged:
        yield Problem("doctor.structure")
    wal = companions(database.path)[1]
    folded_in = not wal.exists() or wal.stat().st_size == 0
    for pragma, code in (("cipher_integrity_check", "doctor.pages"), ("integrity_check", "doctor.structure")):
        if pragma == "cipher_integrity_check" and not folded_in:
            continue
        connection = keyed(database.path, key, "mode=rw")
        try:
            told = [row[0] for row in connection.execute(f"PRAGMA {pragma}").fetchall()]
        except sqlcipher.DatabaseError:
            told = ["unreadable"]
        finally:
            connection.close()
        if told not in ([], ["ok"]):
            yield Problem(code, {"count": len(told)} if code == "doctor.pages" else {})


def _chain_problems(view: View, *, others: bool) -> Iterator[Problem]:
    """Yield where chains do not hold; ``others``: the store can hold chains of other stores, with holes."""
    for writer in journal.writer_ids(view.connection):
        link = journal.link(view.connection, writer)
        # This store has all it ever wrote; what another's chain lacks may still come.
        may_lack = others and writer != view.life.writer
        breaks = journal.breaks_of(view.connection, writer) if may_lack else {}
        chain = ((held.entry, held.salt, held.payload) for held in journal.chain(view.connection, writer))
        try:
            for problem in check_chain(chain, link, breaks):
                yield Problem(f"doctor.{problem.what}", {"writer": writer[:8], "seq": problem.seq})
        except Damaged as damage:
            yield Problem(f"error.{damage.code}", damage.details)


def _head_problems(view: View) -> Iterator[Problem]:
    heads = (
        Head(row.writer, row.seq, row.hash.hex()) for row in view.connection.execute(select(signed_heads))
    )
    for problem in check_heads(heads, lambda writer, seq: journal.hash_at(view.connection, writer, seq)):
        # What a store has signed and this one has not got is absent, not altered.
        if problem.what == "head":
            yield Problem("doctor.head", {"writer": problem.writer[:8], "seq": problem.seq})


def _mark_problems(view: View, marked: Marked | None) -> Iterator[Problem]:
    finding = judged(view, marked).finding
    if finding is not Finding.SAME_LIFE:
        yield Problem(f"doctor.mark_{finding}", {"station": view.life.station})


def _number_problems(view: View, marked: Marked | None) -> Iterator[Problem]:
    accounts = account_numbers(view, marked.mark.highest if marked else 0)
    found = accounts[view.life.station, view.life.drill]
    for sequences, code in ((found.unaccounted, "doctor.unaccounted"), (found.twice, "doctor.twice")):
        left = set(sequences) - set(found.waived)
        if left:
            yield Problem(code, {"station": view.life.station, "numbers": _named(view, left)})
    if not found.adds_up:
        yield Problem("doctor.equation", {"station": view.life.station})


def _named(view: View, sequences: set[int]) -> str:
    def named(sequence: int) -> str:
        return str(Number(view.life.station, sequence, view.life.drill))

    return ", ".join(
        named(first) if first == last else f"{named(first)}–{named(last)}"
        for first, last in ranges(sequences)
    )
