"""What is offered below a field has its rows and its foot whole at every zoom."""

import itertools

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.ui.capture.look_up_row import LookUpRow, RowText
from desktop_app.ui.preferences import SCALES
from desktop_app.ui.theme.style import apply_theme
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.ui.widgets.offer_list import OfferList


@pytest.fixture(autouse=True)
def as_it_was(qapp):
    yield
    apply_theme(qapp, "light")


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("rows", [1, 8])
def test_no_row_lies_over_another_or_over_the_foot(qtbot, qapp, scale, rows):
    apply_theme(qapp, "light", scale)
    window, foot = QWidget(), PlainLabel("Enter", role="secondary")
    qtbot.addWidget(window)
    window.resize(900, 700)
    offered = OfferList(window, LookUpRow, foot=foot)
    window.show()
    offered.offer([RowText("1312 345 0001", "陈女士", "3 幢", "1312")] * rows, QRect(10, 10, 300, 30))
    QApplication.processEvents()
    parts = [one for one in offered.findChildren(QWidget) if one.isVisible() and one.parent() is offered]
    assert len(parts) == rows + 1
    edges = [
        (one.geometry().top(), one.geometry().bottom()) for one in sorted(parts, key=lambda one: one.y())
    ]
    assert all(below[0] > above[1] for above, below in itertools.pairwise(edges))
    assert all(one.height() >= one.sizeHint().height() for one in parts)
    assert edges[-1][1] < offered.height() - 2
