"""Pages of A4: nothing is cut, no row is torn, headings stay with what they head, the PDF is whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QFontMetricsF, QImage

from desktop_app.domain.errors import KnownError
from desktop_app.domain.paper import Entries, Entry, Grid, Paper, Section
from desktop_app.ui.papers.drawing import DrawnPaper, save_pdf
from desktop_app.ui.papers.layout import BOTTOM, HEIGHT, PAD, SIDE, WIDTH, Faces, pages_of
from desktop_app.words import Words

LONG = "9 时 03 分起全部座席无法打开 CRM，改为手工登记；运维远程排查后切换备库，10 时 24 分恢复。" * 60
ROWS = tuple(
    (f"09:{place:02}", f"第 {place} 行 " + "很长的一行文字" * (place % 9), "陈静") for place in range(60)
)


def paper(*parts: Entries | Grid) -> Paper:
    section = Section("一、发现与影响", parts)
    return Paper(
        "系统故障情况处理表", "G07-260302-1", (section,), form="表单 BD-36 1.0", printed="打印：陈静"
    )


LIST = Grid(("时间", "事项", "姓名"), ROWS, (10, 70, 20))


def texts(found: Paper) -> list[str]:
    return [
        "".join(box.lines)
        for page in pages_of(found, Faces())
        for _, band in page.bands
        for box in band.boxes
    ]


@pytest.mark.parametrize(
    "parts",
    [
        (LIST,),
        (Entries(((Entry("处理过程", LONG),),)), LIST),
        (Entries(((Entry("超长", "A" * 900),), (Entry("未填", "", 4), Entry("姓名", "陈静")))),),
    ],
    ids=["table", "text", "one word"],
)
def test_every_line_lies_inside_its_box_and_every_box_on_its_page(qapp, parts: tuple) -> None:
    faces = Faces()
    pages = pages_of(paper(*parts), faces)
    for page in pages:
        bottom = 0.0
        for top, band in page.bands:
            assert top >= bottom - 0.01, "bands do not lie over each other"
            bottom = top + band.height
            assert bottom <= HEIGHT - BOTTOM + 0.01
            for box in band.boxes:
                font = faces.heading if band.heading else faces.label if box.label else faces.text
                assert box.left >= SIDE - 0.01
                assert box.left + box.width <= WIDTH - SIDE + 0.01
                assert len(box.lines) * faces.line(faces.text) <= band.height or band.heading
                for line in box.lines:
                    assert QFontMetricsF(font).horizontalAdvance(line) <= box.width - 2 * PAD + 1


def test_nothing_is_lost_between_pages(qapp) -> None:
    found = texts(paper(Entries(((Entry("处理过程", LONG),),)), LIST))
    whole = "".join(text for text in found if text not in ("处理过程", "时间", "事项", "姓名"))
    # A blank at the end of a line is not drawn.
    assert LONG.replace(" ", "") in whole.replace(" ", "")
    for row in ROWS:
        assert found.count(row[0]) == 1


def test_the_head_of_a_table_stands_on_each_of_its_pages(qapp) -> None:
    pages = pages_of(paper(LIST), Faces())
    assert len(pages) > 1
    for page in pages:
        heads = [band for _, band in page.bands if band.head]
        assert [box.lines for box in heads[0].boxes] == [("时间",), ("事项",), ("姓名",)]
        assert len(heads) == 1


def test_a_heading_is_never_the_last_on_a_page(qapp) -> None:
    sections = tuple(
        Section(f"第 {place} 节", (Entries(((Entry("项", "字" * 40),),)),)) for place in range(60)
    )
    for page in pages_of(replace(paper(), sections=sections), Faces()):
        assert not page.bands[-1][1].heading


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_pages_say_what_they_are_of(qapp, tmp_path: Path, language: str) -> None:
    drawn = DrawnPaper(replace(paper(LIST), mark="演练"), Words(language))  # type: ignore[arg-type]
    pictures = [drawn.image(place, 800) for place in range(len(drawn.pages))]
    plain = DrawnPaper(paper(LIST), Words(language)).image(0, 800)  # type: ignore[arg-type]
    assert pictures[0] != plain, "a drill is marked"
    for picture in pictures:
        assert (picture.width(), picture.height()) == (800, 1132)
        assert dark(picture, 20, 60), "number and form above"
        assert dark(picture, 1070, 1120), "by whom and which page below"
        assert not dark(picture, 0, 15)
    save_pdf(drawn, tmp_path / "form.pdf")
    content = (tmp_path / "form.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert content.count(b"/Type /Page\n") == len(drawn.pages)


def test_a_folder_that_cannot_be_written_is_told(qapp, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"papers\.unwritable"):
        save_pdf(DrawnPaper(paper(LIST), Words("zh")), tmp_path / "gone" / "form.pdf")


def dark(picture: QImage, top: int, bottom: int) -> bool:
    """Whether something is written between two heights."""
    return any(
        picture.pixelColor(x, y).lightness() < 150
        for y in range(top, bottom)
        for x in range(0, picture.width(), 2)
    )
