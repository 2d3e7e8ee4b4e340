import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.exchange.rich_text import plain_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>第一行</p><p>第二行</p>", "第一行\n第二行"),
        ("<div>a<br/>b&nbsp;&amp;&lt;c&gt;</div>", "a\nb &<c>"),
        ("<ul><li>x</li><li>y</li></ul>", "x\ny"),
        ('<p style="a">甲<script>alert(1)</script></p>', "甲"),
        ("<p>不完整", "不完整"),
        ("3 < 5 and 7 > 2", "3 < 5 and 7 > 2"),
        ("<王喆> 来电", "<王喆> 来电"),
        ("a & b\n  c", "a & b\n  c"),
        ("", ""),
    ],
)
def test_markup_goes_and_text_stays(text: str, expected: str) -> None:
    assert plain_text(text) == expected


@given(st.text(st.sampled_from("<>/p!-[]&;=\"'a \n"), max_size=60))
def test_no_markup_raises(text: str) -> None:
    plain_text(f"<p>{text}")
