"""A folder of plain files with one of everything a site pack can hold, and what it comes to when changed."""

import shutil
from pathlib import Path

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.site_pack import read_pack

CONTACTS, LIFT = "contacts.toml", "playbooks/lift.toml"
POWER, LADDERS, LEVELS, NOTICES, FORMS = (
    "incident_types/power.toml",
    "ladders.toml",
    "levels.toml",
    "announcements.toml",
    "forms.toml",
)
FILES = {
    "pack.toml": 'name = { zh = "包", en = "pack" }\nnumber = "A-1"\nversion = "2"\napproved_by = "主管"\n',
    CONTACTS: '[[contacts]]\nkey = "p"\nrole = "property"\nname = "物业"\nphone = "0571 55501001"\n',
    "phrases.toml": '[[phrases]]\ncode = "xt"\ntitle = "系统"\ntext = "编号 {number}"\n'
    '[[phrases]]\ncode = "hf"\ntitle = "回复"\ntext = "回复"\nsituations = ["angry"]\n',
    "greetings.toml": '[[greetings]]\nkey = "usual"\ntext = "您好"\n',
    "quick_records.toml": '[[quick_records]]\nkey = "m"\ntitle = "会后"\nkind = "enquiry"\n'
    'weekdays = ["mon"]\nuntil = "10:30"\nvalues = { callback_needed = true, category = "other" }\n'
    'texts = { summary = "会后回复" }\n',
    "chips.toml": '[[chips]]\nkind = "urgent"\nwhen = { urgent_kind = "lift" }\ntexts = ["无伤"]\n',
    "playbooks/lift.toml": 'kinds = ["urgent"]\ntitle = "电梯"\nwhen = { urgent_kind = ["lift"] }\n'
    '[[steps]]\nkey = "ring"\ntitle = "打"\nsay = "{address}"\nring = "property"\nminutes = 2\n'
    'stamps = "centre_told_at"\n',
    "articles/a.md": '+++\ntitle = "题"\nfirst = 2026-11-22\n+++\n正文\n\n+++ en\nText\n',
    POWER: 'title = { zh = "停电", en = "Power cut" }\ncategory = "A§3"\noutage = true\ncard = true\n'
    'affected = ["power"]\nnumbers = ["property"]\nsymptoms = ["灯灭了"]\n'
    '[[check_list]]\nkey = "fridge"\ntitle = "关冰箱"\nsay = "请关"\nring = "property"\n'
    '[[fields]]\nkey = "cut"\nkind = "choice"\ntitle = "哪路"\nneeded = true\nsource = "A§3"\n'
    '[[fields.options]]\ncode = "mains"\ntitle = "市电"\n[[fields.options]]\ncode = "own"\ntitle = "自用"\n'
    '[[fields]]\nkey = "running_at"\nkind = "stamp"\ntitle = "已发电"\nbegins = "generator_runs"\n'
    'asked = { field = "cut", codes = ["mains"] }\n'
    '[[fields]]\nkey = "hurt"\nkind = "number"\ntitle = "几人"\n'
    'alarm = { at_least = 2, event = "two_hurt" }\n'
    '[[fields]]\nkey = "who"\nkind = "text"\ntitle = "谁"\nasked = { field = "hurt", over = 0.5 }\n',
    LADDERS: '[[ladders]]\nkey = "generator"\ntitle = "发电"\nstarts_on = "reported"\n'
    'ends_on = ["generator_runs", "recovered"]\ntypes = ["power"]\n'
    '[[ladders.rungs]]\nkey = "tell"\nminutes = 10\ntitle = "报物业"\ntells = ["property"]\n'
    'at_once_on = "two_hurt"\nsuggests = "level:major"\nsource = "A§3.1"\n'
    '[[ladders.rungs]]\nkey = "decide"\nminutes = 60\ntitle = "决定"\ndoes = "decide"\n'
    '[[ladders.rungs.choices]]\ncode = "vendor"\ntitle = "供应商"\nasks = ["vendor", "until"]\n'
    '[[ladders]]\nkey = "full"\ntitle = "满线"\nstarts_on = "lines_full"\n'
    '[[ladders.rungs]]\nkey = "seen"\nminutes = 43200\ntitle = "看"\ndoes = "remind"\n',
    LEVELS: '[[levels]]\nlevel = "general"\ntitle = "一般"\n'
    '[[levels.check_list]]\nkey = "seat"\ntitle = "加席"\n',
    NOTICES: '[[announcements]]\nkey = "first"\ntype = "first"\ntitle = "首次"\nnumber = "GG-1"\n'
    'version = "3"\ntypes = ["power"]\nchannels = ["ivr"]\nnext_minutes = 30\n'
    'text = { zh = "自 {since}：{affected}。\\n预计 {expected}。", en = "Since {since}: {affected}." }\n'
    '[[announcements]]\nkey = "said"\ntype = "statement"\ntitle = "口径"\ntext = "不知道"\n'
    'spokesperson = "经理"\n',
    FORMS: '[[forms]]\nkey = "incident"\ntitle = "处理表"\nnumber = "JL-09"\nversion = "4"\n',
}
"""A pack with one of everything."""


def write_files(folder: Path, changed: dict[str, str | bytes | None]) -> Path:
    """Write ``FILES`` with some of them changed, None for none at all, and return the folder."""
    for name, text in {**FILES, **changed}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def problem_of(folder: Path) -> KnownError | None:
    """Return why a folder is no pack; anything but a KnownError fails the test. The folder is gone then."""
    try:
        read_pack(folder)
    except KnownError as problem:
        return problem
    finally:
        shutil.rmtree(folder)
    return None
