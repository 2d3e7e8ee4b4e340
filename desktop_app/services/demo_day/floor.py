"""The floor around one lead's desk, for pictures: stations that handed in, each with one thing to look at.

Their stores are real and hand in as stations do; only one of them can be unlocked afterwards: making a PIN
takes time.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop_app.domain.entries import GENESIS
from desktop_app.domain.roles import Role
from desktop_app.exchange.bundles import read_header
from desktop_app.services.demo_day.handing_in import pair
from desktop_app.services.handin import hand_in
from desktop_app.services.merge import merge_bundles
from desktop_app.services.pairing import accept, own
from desktop_app.services.record_changes import correct
from desktop_app.services.records import log_record, start_draft
from desktop_app.services.stores import Person, create, enter_people
from desktop_app.settings import Settings
from desktop_app.storage.database import Database, create_file
from desktop_app.storage.lives import Life, begin_life
from desktop_app.storage.lying import STORE_FILE
from desktop_app.storage.mark_files import MarkFile
from desktop_app.storage.opening import author_of
from desktop_app.storage.schema import ensure_schema
from desktop_app.storage.store import Store, StoreMarks
from desktop_app.storage.unit_of_work import UnitOfWork

_MINUTE = timedelta(minutes=1)
BUSY, SILENT, LOST, AHEAD, STRANGE = "02", "03", "05", "06", "07"
"""Stations: all well, silent for long, a bundle lost, a clock that is fast, a store nobody accepted."""
AGENT = Person("8022", "王芳", Role.AGENT)
_OTHERS = {
    SILENT: Person("8023", "张敏", Role.AGENT),
    LOST: Person("8024", "刘洋", Role.AGENT),
    AHEAD: Person("8025", "赵磊", Role.AGENT),
    STRANGE: Person("8026", "吴霞", Role.AGENT),
}
_CALLS = (
    ("周先生", "13123450311", "翠湖花园 3 幢 2 单元 1602", "地下车库漏水", "车位被淹，要求今天派人查看。"),
    ("吴女士", "13123450312", "望江府 1 幢 804", "询问停水时间", "家里有婴儿，想知道几点恢复供水。"),
    ("郑先生", "13123450313", "和平新村 12 幢 301", "门禁打不开", "单元门刷卡没有反应，已试过两张卡。"),
    ("冯女士", "13123450314", "滨河家园 6 幢 1203", "装修噪音", "楼上中午施工，已反映过一次。"),
    ("曹先生", "13123450321", "桂语山居 5 幢 702", "快递柜打不开", "取件码输入后没有反应。"),
    ("彭女士", "13123450322", "翠湖花园 8 幢 1104", "路灯不亮", "小区东门到八幢的路灯都不亮。"),
    ("曾先生", "13123450331", "望江府 7 幢 302", "车位被占", "固定车位停了别人的车，请联系挪车。"),
    ("肖女士", "13123450332", "和平新村 3 幢 501", "垃圾没有清运", "楼道口的垃圾三天没有清走。"),
    ("田先生", "13123450333", "滨河家园 2 幢 1802", "发票抬头有误", "电子发票抬头写错，请重开。"),
    ("董女士", "13123450334", "桂语山居 9 幢 203", "对讲机没有声音", "访客按门铃，家里听不到。"),
    ("袁先生", "13123450341", "锦绣江南 6 幢 1502", "预约上门维修", "厨房水龙头漏水，明天上午在家。"),
    ("潘女士", "13123450342", "丁香公寓 4 幢 908", "儿童设施损坏", "滑梯扶手松动，请尽快处理。"),
    ("于先生", "13123450351", "翠湖花园 1 幢 603", "充电桩故障", "二号充电桩不通电，已换过卡。"),
    ("蒋女士", "13123450352", "望江府 3 幢 1201", "楼道灯常亮", "十二楼楼道灯白天也不灭。"),
    ("蔡先生", "13123450353", "和平新村 7 幢 402", "绿化遮挡", "树枝挡住窗户，请修剪。"),
    ("余先生", "13123450361", "滨河家园 9 幢 602", "电费查询", "上月电费比平时高，想知道明细。"),
)
_TWIN = ("何先生", "13123450555", "丁香公寓 9 幢 702", "电梯异响", "上下行都有金属摩擦声，担心安全。")
_DISPUTED = ("唐女士", "13123450556", "锦绣江南 2 幢 1101", "水费多扣", "上月扣了两次，要求退回一笔。")


@dataclass(frozen=True, slots=True)
class Floor:
    """``handins``: bundles for the lead to merge, of which one is cut and one of a store to confirm.

    ``agent``: the store of ``AGENT``, not all of which has arrived, and its data folder.
    """

    handins: tuple[Path, ...]
    agent: tuple[Path, Path]


def surround(lead: Store, folder: Path, back_at: datetime, pin: str) -> Floor:
    """Let stations write and hand in to ``lead`` until ``back_at`` (UTC), and merge the most of it there."""
    share, begun = folder / "share", back_at - 600 * _MINUTE
    share.mkdir(parents=True)
    agent = folder / BUSY, folder / "data"
    with ExitStack() as opened:
        made = create(agent[0], station=BUSY, owner=AGENT, pin=pin, data_folder=agent[1], now=begun)
        stores = {BUSY: opened.enter_context(made.store)}
        for code, person in _OTHERS.items():
            stores[code] = _station(folder / code, code, person, begun, opened)
        known = [store for code, store in stores.items() if code != STRANGE]
        pair(known, [lead], back_at - 300 * _MINUTE)
        accept(stores[STRANGE], own(lead), now=back_at - 300 * _MINUTE)
        handins = _Hands(lead, stores, share).play(back_at)
    return Floor(handins, agent)


class _Hands:
    """Writes, hands in and merges, each at its time."""

    def __init__(self, lead: Store, stores: dict[str, Store], share: Path) -> None:
        self._lead, self._stores, self._share = lead, stores, share

    def play(self, back_at: datetime) -> tuple[Path, ...]:
        before = back_at - 90 * _MINUTE
        _log(self._lead, [_TWIN], before)
        disputed = _log(self._stores[BUSY], [*_CALLS[:3], _DISPUTED], before)[-1]
        _log(self._stores[SILENT], _CALLS[4:6], before)
        self._merge([self._hand_in(SILENT, before)], before + 20 * _MINUTE)
        self._merge([self._hand_in(BUSY, before)], before + 21 * _MINUTE)
        _log(self._stores[LOST], _CALLS[6:7], before)
        first = self._hand_in(LOST, before)
        _log(self._stores[LOST], _CALLS[7:9], before + _MINUTE)
        lost = self._hand_in(LOST, before + 30 * _MINUTE)
        _log(self._stores[LOST], _CALLS[9:10], before + 40 * _MINUTE)
        start_draft(self._stores[LOST], {"caller_name": "郭女士"}, now=back_at)
        self._merge([first, self._hand_in(LOST, back_at - 2 * _MINUTE)], back_at + _MINUTE)
        _log(self._stores[AHEAD], [_TWIN], before + 3 * _MINUTE)
        _log(self._stores[AHEAD], _CALLS[10:12], before)
        self._merge([self._hand_in(AHEAD, back_at + 13 * _MINUTE)], back_at + 4 * _MINUTE)
        _log(self._stores[STRANGE], _CALLS[12:14], before)
        strange = self._hand_in(STRANGE, before)
        self._merge([strange], back_at + 5 * _MINUTE)
        late = self._change_apart(disputed, back_at)
        _log(self._stores[STRANGE], _CALLS[14:15], back_at)
        cut = lost.with_name(f"{lost.stem}-2{lost.suffix}")
        cut.write_bytes(lost.read_bytes()[:-200])
        lost.unlink()
        return late, first, cut, self._hand_in(STRANGE, back_at)

    def _change_apart(self, record: str, back_at: datetime) -> Path:
        """Let the lead and the station change one field, neither knowing of the other; return the hand-in."""
        lead, station = self._lead, self._stores[BUSY]
        correct(lead, record, {"summary": "水费重复扣款"}, reason="核对录音", now=back_at - 9 * _MINUTE)
        correct(station, record, {"summary": "多扣上月水费"}, reason="客户又来电", now=back_at - 7 * _MINUTE)
        self._merge([self._hand_in(BUSY, back_at - 6 * _MINUTE)], back_at + 7 * _MINUTE)
        receipt = hand_in(lead, self._share, now=back_at + 8 * _MINUTE, everything=False)
        me = own(station).store
        ours = [file for file in receipt.files if me in read_header(file).recipients]
        merge_bundles(station, ours, now=back_at + 9 * _MINUTE, by="folder")
        _log(station, _CALLS[3:4], back_at + 10 * _MINUTE)
        late = self._hand_in(BUSY, back_at + 10 * _MINUTE)
        _log(station, _CALLS[15:], back_at + 11 * _MINUTE)
        return late

    def _hand_in(self, code: str, at: datetime) -> Path:
        (file,) = hand_in(self._stores[code], self._share, now=at, everything=False).files
        return file

    def _merge(self, files: Sequence[Path], at: datetime) -> None:
        merge_bundles(self._lead, files, now=at, by="folder")


def _log(store: Store, calls: Sequence[tuple[str, ...]], at: datetime) -> list[str]:
    """Write calls down, one a minute; returns the ids of the records."""
    names = ("caller_name", "phone", "address", "summary", "detail")
    return [
        log_record(
            store,
            {"kind": "enquiry", **dict(zip(names, call, strict=True))},
            now=at + place * _MINUTE,
        ).subject_id
        for place, call in enumerate(calls)
    ]


def _station(place: Path, code: str, person: Person, now: datetime, opened: ExitStack) -> Store:
    """Make the store of a station that nobody unlocks again."""
    place.mkdir()
    create_file(place / STORE_FILE)
    database = Database(place / STORE_FILE, secrets.token_bytes(32))
    ensure_schema(database)
    author = author_of(person.staff_number, person.role)
    marks = StoreMarks(MarkFile(place.parent / "marks", code, drill=False), place)
    store = opened.enter_context(Store(place, database, author, marks, Settings()))
    with database.change() as connection:
        life = Life(secrets.token_hex(16), code, False, secrets.token_hex(16))
        begin_life(connection, life, GENESIS)
        enter_people(UnitOfWork(connection, author, marks), (person,), now)
    own(store)
    return store
