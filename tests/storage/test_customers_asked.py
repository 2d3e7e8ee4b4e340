"""What a typed text may be: any text, without a failure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.storage.customers_asked import LONGEST, Asked, asked


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("", Asked()),
        (" -- ", Asked()),
        ("131", Asked(phone="131", beginnings=("131",), number="131")),
        ("+86 131", Asked(phone="131", beginnings=("131", "0131"), number="86131")),
        ("0131", Asked(phone="0131", beginnings=("0131", "131"), ending="1310", number="0131")),
        ("wxm", Asked(number="wxm", name="wxm", sounds="wxm", words=("wxm",))),
        ("lü", Asked(name="lü", sounds="lv", words=("lü",))),
        ("王xm", Asked(name="王xm", sounds="xm", written="王", words=("王", "xm"))),
        (
            "wang'xiao'm",
            Asked(number="wangxiaom", name="wangxiaom", sounds="wangxiaom", words=("wangxiaom",)),
        ),
        ("K-100", Asked(number="k100", name="k100", words=("k", "100"))),
        ("王", Asked(name="王")),
        ("和平新村1602", Asked(name="和平新村1602", words=("和平新村", "1602"))),
    ],
)
def test_what_a_text_may_be(text: str, question: Asked) -> None:
    assert asked(text) == question


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_will_do(text: str) -> None:
    question = asked(text)
    assert all(len(word) <= 18 * LONGEST for word in question.words)
    assert "".join(question.words) in ("", question.name) or not question.name
