"""Tables out of files: the acid test of csv-spectrum, limits and repairs."""

import json
from pathlib import Path

import pytest

from desktop_app.exchange.tabular import read_table

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
