"""Customers looked up in a real snapshot, as they are typed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app.domain.customers import MatchedBy
from desktop_app.domain.times import zone_of
from desktop_app.services.customers import (
    Imported,
    Reason,
    customer,
    import_customers,
    look_at,
    look_up,
    snapshot,
)
from desktop_app.services.progress import Progress
from desktop_app.storage.store import Store
from tests.stores import new_store

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
ZONE = zone_of("Asia/Shanghai")
HEADER = "客户编号,客户姓名,联系电话,备用电话,地址,小区,VIP,备注\n"
ROWS = (
    "K100,王小明,13123450001,0571-55501001转801,和平新村12幢2单元1602室,和平新村,是,家有大狗\n",
    "K101,单小红,+86 131 2345 0002,,丁香公寓3幢1602,丁香公寓,普通,\n",
    "K102,John Smith,４００ 8100 001,,River Road 5,,金卡,\n",
    "K103,王晓梅,13123450004;01055501004,,云栖里1幢,云栖里,,\n",
)


def imported(store: Store, path: Path, text: str) -> Imported:
    path.write_text(text, "utf-8")
    return import_customers(store, look_at(path, ZONE), as_of=None, now=NOW, progress=Progress())


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with a snapshot that nobody changes."""
    folder = tmp_path_factory.mktemp("known")
    with new_store(folder / "store") as opened:
        made = imported(opened, folder / "customers.csv", HEADER + "".join(ROWS))
        assert (made.customers, made.skipped) == (4, {})
        yield opened


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("13123450001", [("王小明", MatchedBy.PHONE, "13123450001")]),
        ("+86 131 2345 0001", [("王小明", MatchedBy.PHONE, "13123450001")]),
        ("１３１２３４５０００１", [("王小明", MatchedBy.PHONE, "13123450001")]),
        ("013123450002", [("单小红", MatchedBy.PHONE, "13123450002")]),
        ("0571-5550 1001转801", [("王小明", MatchedBy.PHONE, "057155501001")]),
        ("0571-55501001转", [("王小明", MatchedBy.PHONE, "057155501001")]),
        ("+8613123450", 3),
        ("8613123450", 3),
        ("+8657155", [("王小明", MatchedBy.PHONE, "057155")]),
        ("4008100", [("John Smith", MatchedBy.PHONE, "4008100")]),
        ("55501004", [("王晓梅", MatchedBy.LAST_DIGITS, "55501004")]),
        ("0002", [("单小红", MatchedBy.LAST_DIGITS, "0002")]),
        ("002", []),
        ("k101", [("单小红", MatchedBy.CUSTOMER_NO, "K101")]),
        ("王", 2),
        ("王小", [("王小明", MatchedBy.NAME, "王小")]),
        ("小明", [("王小明", MatchedBy.NAME, "小明")]),
        ("wangx", [("王晓梅", MatchedBy.PINYIN, "王晓"), ("王小明", MatchedBy.PINYIN, "王小")]),
        ("wang xiao mi", [("王小明", MatchedBy.PINYIN, "王小明")]),
        ("shanx", [("单小红", MatchedBy.PINYIN, "单小")]),
        ("dan", []),
        ("sxh", [("单小红", MatchedBy.INITIALS, "单小红")]),
        ("wxm", 2),
        ("王xm", 2),
        ("王xiaomi", [("王小明", MatchedBy.PINYIN, "王小明")]),
        ("smith", [("John Smith", MatchedBy.NAME, "Smith")]),
        ("新村", [("王小明", MatchedBy.ADDRESS, "新村")]),
        ("和平新村1602", [("王小明", MatchedBy.ADDRESS, "和平新村12幢2单元1602")]),
        ("3-1602", [("单小红", MatchedBy.ADDRESS, "3幢1602")]),
        ("公寓 村", []),
        ("", []),
        ("！？", []),
        ("一二三", []),
    ],
)
def test_what_is_found(known: Store, typed: str, found: object) -> None:
    matches = look_up(known, typed)
    if isinstance(found, int):
        assert len(matches) == found
    else:
        assert [(match.customer.name, match.by, match.matched) for match in matches] == found


def test_a_customer_is_whole(known: Store) -> None:
    (match,) = look_up(known, "13123450001")
    assert match.customer == customer(known, match.customer.place)
    assert match.customer.phones == ("13123450001", "0571-55501001转801")
    assert (match.customer.vip, match.customer.note) == ("VIP", "家有大狗")
    assert customer(known, 99) is None


def test_without_a_snapshot_nothing_is_found(store: Store) -> None:
    assert (look_up(store, "131"), snapshot(store), customer(store, 1)) == ((), None, None)


def test_what_was_not_understood_is_told(store: Store, tmp_path: Path) -> None:
    rows = "K100,旧,13123450009,,,,,\nK104,,,,某处,,,\nK105,赵一,查无,,,,,\n"
    made = imported(store, tmp_path / "customers.csv", HEADER + rows + ROWS[0])
    assert made.customers == 2
    assert {reason: (rows.count, rows.first) for reason, rows in made.skipped.items()} == {
        Reason.NOBODY: (1, (3,)),
        Reason.NO_PHONE: (1, (4,)),
        Reason.REPEATED: (1, (2,)),
    }
    assert look_up(store, "旧") == ()
    assert look_up(store, "13123450009") == ()
