"""The customer snapshot: none yet, a list looked at and imported, then a caller found in it."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton

from desktop_app.ui.customers.customers_page import CustomersPage
from desktop_app.ui.scenes.scene import Scene, Walk

_LIST = """客户编号,客户姓名,联系电话,备用电话,联系地址,小区,VIP,备注
K10021,陈女士,13123450219,0571-55501001,翠湖苑 3 幢 2 单元 1602,翠湖苑,,
K10022,沈国强,13123450043,,翠湖苑 5 幢 1 单元 0301,翠湖苑,是,
K10023,何小姐,13123459017,,云栖里 2 幢 801,云栖里,,曾对话务员言语威胁
K10024,陈志远,010-55501004,13123452208,云栖里 7 幢 1101,云栖里,,
K10025,Anna Wu,13123459926,,River Road 5,云栖里,,English only
,,,,合计 5 户,,,
"""


def importing(walk: Walk) -> None:
    """Reached from the settings; the columns are named before anything is read."""
    hands = walk.hands
    hands.press("Ctrl+,")
    hands.find(QAbstractButton, "customers").click()
    hands.settle()
    walk.look("customers-none")
    path = walk.desk.store.parent / "客户名单.csv"
    path.write_text(_LIST, "utf-8")
    page = hands.find(CustomersPage)
    page.open(path)
    hands.wait_for(lambda: not page.busy)
    walk.look("customers-columns")
    hands.press("Ctrl+Return")
    hands.wait_for(lambda: not page.busy)
    walk.look("customers-imported")
    hands.press("Esc")


def looked_up(walk: Walk) -> None:
    """Several people while a number is typed; one taken, in an enquiry and where somebody is shut in."""
    hands = walk.hands
    hands.press("F2")
    hands.fill("phone", "13123450219")
    hands.press("Esc")
    hands.fill("detail", "装修公司夜间 23 点后施工，已反映两次。")
    hands.press("F3")
    hands.press("Ctrl+Return")
    hands.type_text("1312345")
    walk.look("look-up")
    hands.type_text("0219")
    walk.look("look-up-exact")
    hands.press("Return")
    walk.look("look-up-taken")
    hands.press("F4")
    walk.look("look-up-taken-urgent")
    hands.press("F2")
    hands.press("Ctrl+Return")
    hands.fill("caller_name", "cz")
    walk.look("look-up-initials")
    hands.press("Down")
    hands.press("Return")
    walk.look("look-up-number-offered")
    hands.press("Alt+Return")
    hands.press("Alt+Return")
    walk.look("look-up-number-confirmed")
    hands.press("Alt+Backspace")
    hands.fill("caller_name", "")


SCENES: tuple[Scene, ...] = (importing, looked_up)
