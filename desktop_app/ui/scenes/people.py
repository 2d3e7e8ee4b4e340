"""People and duty: the contact book, its tree, a roster looked at and taken in, standby and training."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QAbstractButton

from desktop_app.ui.people.duty_view import DutyView
from desktop_app.ui.people.people_page import PeoplePage
from desktop_app.ui.scenes.scene import Scene, Walk

_PEOPLE = (("李娜", "8021", "电话"), ("王芳", "8022", "应急"), ("陈刚", "8024", "在线"))
_DAYS = 12


def people(walk: Walk) -> None:
    """Reached from the settings; the roster begins on the day of the walk."""
    hands = walk.hands
    hands.press("Ctrl+,")
    hands.find(QAbstractButton, "people").click()
    page = hands.find(PeoplePage)
    hands.wait_for(lambda: page.room.people.ready)
    walk.look("people-book")
    walk.look_at_dialog("people-add", lambda: hands.press("Alt+A"))
    hands.press("Ctrl+Tab")
    walk.look("people-tree")
    hands.press("Ctrl+Tab")
    walk.look("people-no-roster")
    duty = hands.find(DutyView)
    path = walk.desk.store.parent / "值班表.csv"
    path.write_text(_roster(walk), "utf-8")

    def looked_at() -> None:
        walk.look("people-roster")
        hands.press("Return")

    hands.in_dialog(lambda: duty.take_file(path), looked_at)
    hands.wait_for(lambda: bool(page.room.people.shifts))
    walk.look("people-duty")
    hands.press("Ctrl+Tab")
    walk.look("people-standby")
    hands.press("Ctrl+Tab")
    walk.look("people-training")
    hands.press("Esc")


def _roster(walk: Walk) -> str:
    first = walk.desk.back_at.date()
    lines = ["日期,时间,姓名,工号,岗位,电话,技能"]
    for ahead in range(_DAYS):
        day = first + timedelta(days=ahead)
        for place, (name, number, duty) in enumerate(_PEOPLE):
            hours = ("00:00-08:00", "08:00-16:00", "16:00-24:00")[(ahead + place) % 3]
            lines.append(f"{day:%Y-%m-%d},{hours},{name},{number},{duty},1312345{number},")
    lines += [",,孙晓,8031,备班,13123458031,手工登记 英语", ",,周敏,8032,备班,13123458032,投诉处理"]
    lines.append("待定,全天,另行通知,,,,")
    return "\n".join(lines) + "\n"


SCENES: tuple[Scene, ...] = (people,)
"""Under the settings; the incident leads here too."""
