"""Every row of the field catalogue is declared, with its types and its need, and nothing beside."""

from collections.abc import Iterator
from pathlib import Path

from desktop_app.domain.fields import FIELDS
from desktop_app.domain.form_fields import FieldType, Form, Need

TYPES = {
    "t": FieldType.TEXT,
    "tt": FieldType.LONG_TEXT,
    "dt": FieldType.MOMENT,
    "e": FieldType.CHOICE,
    "es": FieldType.CHOICES,
    "b": FieldType.YES_NO,
    "k": FieldType.TICK,
    "i": FieldType.INTEGER,
    "ph": FieldType.PHONE,
    "m": FieldType.MONEY,
    "r": FieldType.REFERENCE,
    "f": FieldType.FILE,
    "sg": FieldType.SIGNATURE,
    "l": FieldType.LIST,
}
NEEDS = {
    "R": Need.REQUIRED,
    "A": Need.APP,
    "C": Need.CONDITIONAL,
    "O": Need.OPTIONAL,
    "X": Need.CLOSING,
}


def catalogue() -> Iterator[tuple[Form, str, FieldType, Need]]:
    form = Form.HEAD
    for line in (Path(__file__).with_name("catalogue.txt")).read_text("utf-8").splitlines():
        if line.startswith("["):
            form = Form(line.strip("[]"))
        elif not line.startswith("#"):
            _, types, need, keys = (part.strip() for part in line.split("|"))
            for key, letter in zip(keys.split(), types.split(), strict=True):
                yield form, key, TYPES[letter], NEEDS[need]


def test_every_row_is_declared_and_nothing_beside() -> None:
    expected = {(form, key): (held, need) for form, key, held, need in catalogue()}
    declared = {
        (form, field.key): (field.type, need)
        for field in FIELDS.values()
        for form, need in field.needs.items()
    }
    assert declared == expected


def test_each_field_is_declared_once() -> None:
    rows = [(form, key) for form, key, _, _ in catalogue()]
    assert len(rows) == len(set(rows))
    assert all(field.key == key for key, field in FIELDS.items())


def test_conditions_belong_to_conditional_needs() -> None:
    for field in FIELDS.values():
        needs = set(field.needs.values())
        assert field.when is None or Need.CONDITIONAL in needs, field.key
        assert field.excused is None or needs & {Need.REQUIRED, Need.CONDITIONAL}, field.key
