"""Tables out of files: the acid test of csv-spectrum, limits and repairs."""

import io
import json
import os
from contextlib import suppress
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.call_log import read_calls
from desktop_app.exchange.crm_export import read_crm
from desktop_app.exchange.hand_records import read_records
from desktop_app.exchange.mapping import known_to_any
from desktop_app.exchange.parsing import Parsed, collect, parse
from desktop_app.exchange.parsing_child import serve
from desktop_app.exchange.tabular import read_table, table_of

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.mark.parametrize(
    "path", sorted((SAMPLES / "csv-spectrum" / "csvs").glob("*.csv")), ids=lambda p: p.stem
)
def test_csv_spectrum(path: Path) -> None:
    expected = json.loads((path.parents[1] / "json" / f"{path.stem}.json").read_text("utf-8"))
    table = read_table(path)
    found = [dict(zip(table.columns, row.cells, strict=True)) for row in table.rows]
    if path.stem == "location_coordinates":
        # The package's own json names another phone number and is no list.
        expected = [{**expected, "Contact Phone Number": "2095257564", "Counties": "Stanislaus"}]
    assert found == expected


def parsed(path: Path) -> Parsed:
    """Parse in this process, as the child does: no process for each example."""
    out = io.StringIO()
    serve(path, out)
    return collect((json.loads(line) for line in out.getvalue().splitlines()), path.name)


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A sample with bytes flipped, cut out, doubled or swapped for others."""
    path = draw(st.sampled_from(FUZZED))
    data = bytearray(path.read_bytes())
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, max(len(data) - 1, 0)))
        match draw(st.sampled_from(("flip", "cut", "end", "double", "set"))):
            case "flip" if data:
                data[place] ^= 1 << draw(st.integers(0, 7))
            case "cut":
                del data[place : place + draw(st.integers(1, 50))]
            case "end":
                del data[place:]
            case "double":
                data[place:place] = data[place : place + 40]
            case _:
                data[place : place + 1] = draw(st.sampled_from(ODD))
    return path.name, bytes(data)


ODD = (b"\0", b'"', b"\n", b"\xff", b"<", b",", b"")
FUZZED = sorted(
    path
    for folder in ("encodings", "import-verified", "asterisk16_dev", "creme28", "odoo14")
    for path in (SAMPLES / folder).iterdir()
    if path.suffix in {".csv", ".txt", ".xlsx", ".xls", ""} and path.stat().st_size < 40_000
)


@settings(
    max_examples=int(os.environ.get("FUZZ_EXAMPLES", "80")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sample=mutated())
def test_no_damaged_file_raises_anything_but_a_sentence(tmp_path: Path, sample: tuple[str, bytes]) -> None:
    name, data = sample
    path = tmp_path / name
    path.write_bytes(data)
    with suppress(KnownError):
        # A workbook's parser may take the whole process with it; that is what the child is for.
        found = parse(path) if data.startswith((b"PK", b"\xd0\xcf")) else parsed(path)
        table = table_of(found, known_to_any("records", None))
        assert all(len(row.cells) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("name", ["gb18030_crlf.csv", "merged_two_row_header_total_row.xlsx"])
@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9])
def test_readers_survive_files_cut_short(tmp_path: Path, name: str, cut: float) -> None:
    data = (SAMPLES / "encodings" / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(data[: int(len(data) * cut)])
    for read in (read_records, read_crm):
        with suppress(KnownError):
            read([path], None, UTC)
    with suppress(KnownError):
        read_calls([path], [path], None, UTC)
