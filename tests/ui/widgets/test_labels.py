from PySide6.QtCore import Qt

from desktop_app.ui.widgets.labels import ElidedLabel, Heading, IconLabel, PlainLabel


def test_markup_is_shown_as_it_was_typed(qtbot):
    for label in (PlainLabel("<b>粗体</b>"), Heading("<img src=x>"), ElidedLabel("<a href='x'>y</a>")):
        qtbot.addWidget(label)
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert label.sizeHint().width() > label.fontMetrics().horizontalAdvance(label.text()) * 0.8


def test_an_elided_label_may_be_narrow_and_offers_the_whole_text(qtbot):
    label = ElidedLabel("静安路三幢二单元一六零二室" * 4)
    qtbot.addWidget(label)
    label.resize(120, 24)
    label.show()
    assert label.minimumSizeHint().width() < 60
    assert label.is_elided()
    label.resize(label.sizeHint())
    assert not label.is_elided()


def test_an_icon_beside_a_word_has_no_name_of_its_own(qtbot):
    label = IconLabel("shield", "ok")
    qtbot.addWidget(label)
    assert not label.pixmap().isNull()
    assert label.accessibleName() == ""
