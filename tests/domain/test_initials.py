"""First letters of Chinese words."""

from desktop_app.domain.initials import initials


def test_initials() -> None:
    assert initials("投诉") == "ts"
    assert initials("安装 Wi-Fi") == "az wi-fi"
    assert initials("紧急工单") == "jjgd"
    assert initials("媒体") == "mt"
    assert initials("啊匝座") == "azz"
    assert initials("㐀𠮷") == "㐀𠮷"
