"""How much of one foreign file is read: more of a list of customers than of anything else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reader of one file may take.

    ``seconds`` by the clock, waiting for whoever takes the rows included; ``cpu_seconds`` of work; ``memory``
    bytes of address space, of which a reader touches far less; ``text`` characters in all cells.
    """

    seconds: int
    cpu_seconds: int
    memory: int
    file_bytes: int
    unpacked_bytes: int
    rows: int
    cells: int
    text: int


USUAL = Limits(
    seconds=30,
    cpu_seconds=30,
    memory=600_000_000,
    file_bytes=80_000_000,
    unpacked_bytes=300_000_000,
    rows=200_000,
    cells=3_000_000,
    text=100_000_000,
)
"""100,000 rows of 25 columns, four weeks of a large centre, fit twice (safety.md §5)."""
CUSTOMERS = Limits(
    seconds=1_800,
    cpu_seconds=600,
    memory=4_000_000_000,
    file_bytes=500_000_000,
    unpacked_bytes=1_500_000_000,
    rows=1_500_000,
    cells=30_000_000,
    text=500_000_000,
)
"""A million customers with twenty columns. A person names the file, and nobody waits at the desk for it."""
