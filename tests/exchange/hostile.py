"""Files that mean harm, made in memory: bombs, lies and broken containers (safety.md §5)."""

import io
import zipfile
from collections.abc import Callable

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
)


def plain() -> bytes:
    book = Workbook()
    book.active.append(["编号", "电话"])
    book.active.append(["1", "13123450001"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_sheet(xml: bytes, extra: dict[str, bytes] | None = None) -> bytes:
    """The plain workbook with another first sheet, well packed, and members added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == SHEET else old.read(name), compresslevel=9)
        for name, data in (extra or {}).items():
            new.writestr(name, data, compresslevel=9)
    return out.getvalue()


def sheet(rows: str, dimension: str = "") -> bytes:
    return f"{HEAD}{dimension}<sheetData>{rows}</sheetData></worksheet>".encode()


def cell(reference: str, text: str) -> str:
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def dimension_lie() -> bytes:
    return with_sheet(sheet(f'<row r="1">{cell("A1", "x")}</row>', '<dimension ref="A1:XFD1048576"/>'))


def far_corner() -> bytes:
    rows = f'<row r="1">{cell("A1", "x")}</row><row r="1048576">{cell("XFD1048576", "y")}</row>'
    return with_sheet(sheet(rows))


def wide_rows() -> bytes:
    rows = "".join(
        f'<row r="{row}">{cell(f"A{row}", "x")}{cell(f"XFD{row}", "y")}</row>' for row in range(1, 20_000)
    )
    return with_sheet(sheet(rows))


def huge_cell() -> bytes:
    return with_sheet(sheet(f'<row r="1">{cell("A1", "x" * 20_000_000)}</row>'))


def many_rows() -> bytes:
    return with_sheet(
        sheet("".join(f'<row r="{row}">{cell(f"A{row}", "1")}</row>' for row in range(1, 201_000)))
    )


def many_members() -> bytes:
    return with_sheet(sheet(""), {f"xl/media/{place}.bin": b"" for place in range(5_000)})


def bomb_beside() -> bytes:
    return with_sheet(sheet(f'<row r="1">{cell("A1", "x")}</row>'), {"xl/media/x.bin": bytes(40_000_000)})


def entities() -> bytes:
    bomb = '<!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    xml = f"{HEAD}<sheetData><row>{cell('A1', '&c;')}</row></sheetData></worksheet>"
    return with_sheet(xml.replace("?>", f"?>{bomb}", 1).encode())


def external_entity() -> bytes:
    bomb = '<!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    xml = f"{HEAD}<sheetData><row>{cell('A1', '&a;')}</row></sheetData></worksheet>"
    return with_sheet(xml.replace("?>", f"?>{bomb}", 1).encode())


def deep_xml() -> bytes:
    return with_sheet(HEAD.encode() + b"<a>" * 300_000)


def not_a_zip() -> bytes:
    return b"PK\x03\x04" + b"nothing of the kind" * 100


def cut_zip() -> bytes:
    return plain()[:-300]


def not_ole() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5_000


def endless_quote() -> bytes:
    return b'a,b\n1,"' + b"x" * 10_000_000


def endless_line() -> bytes:
    return b"a," * 5_000_000


def quotes_only() -> bytes:
    return b'"' * 5_000_000


def random_bytes() -> bytes:
    return bytes((place * 7919 + place // 251) % 256 for place in range(100_000))


def picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(5_000)


def web_page() -> bytes:
    return "<html><table><tr><td>编号</td></tr></table></html>".encode()


def deep_json() -> bytes:
    return b'{"a":' + b"[" * 2_000_000


REFUSED: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "far_corner.xlsx": (far_corner, {"reading.too_big"}),
    "wide_rows.xlsx": (wide_rows, {"reading.too_big", "reading.row_too_long"}),
    "huge_cell.xlsx": (huge_cell, {"reading.too_big"}),
    "many_rows.xlsx": (many_rows, {"reading.too_big"}),
    "many_members.xlsx": (many_members, {"reading.too_big"}),
    "bomb_beside.xlsx": (bomb_beside, {"reading.too_big"}),
    "entities.xlsx": (entities, {"reading.entities"}),
    "external_entity.xlsx": (external_entity, {"reading.entities"}),
    "deep_xml.xlsx": (deep_xml, {"reading.damaged", "reading.empty"}),
    "not_a_zip.xlsx": (not_a_zip, {"reading.damaged"}),
    "cut_zip.xlsx": (cut_zip, {"reading.damaged"}),
    "not_ole.xls": (not_ole, {"reading.damaged"}),
    "endless_quote.csv": (endless_quote, {"reading.row_too_long"}),
    "endless_line.csv": (endless_line, {"reading.row_too_long"}),
    "quotes_only.csv": (quotes_only, {"reading.row_too_long", "reading.empty"}),
    "random.csv": (random_bytes, {"reading.not_a_table"}),
    "picture.csv": (picture, {"reading.not_a_table"}),
    "page.xls": (web_page, {"reading.markup"}),
    "deep.jsonl": (deep_json, {"reading.json_line"}),
}
