"""What a pack would change, by titles; a new edition alone changes no text."""

from dataclasses import replace

from desktop_app.domain.kinds import Kind
from desktop_app.domain.pack_changes import changes, same_name_other_content
from desktop_app.domain.site_pack import EMPTY_PACK, Chips
from desktop_app.domain.site_text import Version
from tests.packs import article, contact, pack, playbook, said

BEFORE = pack(
    playbooks=(playbook("电梯", Kind.URGENT), playbook("停水", Kind.URGENT)),
    contacts=(contact("物业"),),
    chips=(Chips(Kind.URGENT, (said("无伤"),)), Chips(Kind.URGENT, (said("有伤"),))),
)


def test_new_changed_and_left_out_are_told_by_title() -> None:
    after = replace(
        BEFORE,
        playbooks=(BEFORE.playbooks[0], playbook("火警", Kind.URGENT)),
        contacts=(replace(BEFORE.contacts[0], phone="0571 55501999"),),
        articles=(article("a", "营业时间", "9 点"),),
        chips=(BEFORE.chips[0],),
    )
    told = {one.part: one for one in changes(BEFORE, after)}
    assert list(told) == ["playbooks", "contacts", "articles", "chips"]
    assert (told["playbooks"].count, told["playbooks"].new) == (2, (said("火警"),))
    assert told["playbooks"].removed == (said("停水"),)
    assert told["contacts"].changed == (said("物业"),)
    assert told["articles"].new[0].zh == "营业时间"
    assert told["chips"].removed == (said("有伤"),)


def test_a_new_edition_alone_changes_nothing() -> None:
    edition = Version("YJ-00", "2.0")
    after = replace(
        BEFORE,
        version=edition,
        playbooks=tuple(replace(one, version=edition) for one in BEFORE.playbooks),
    )
    assert not any(one.differs for one in changes(BEFORE, after))
    assert not same_name_other_content(BEFORE, after)


def test_another_text_by_the_same_version_is_found() -> None:
    assert same_name_other_content(BEFORE, replace(BEFORE, contacts=()))
    assert not same_name_other_content(BEFORE, BEFORE)
    assert changes(EMPTY_PACK, EMPTY_PACK) == ()
