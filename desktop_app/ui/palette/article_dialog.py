"""An article of the site pack, to be read out or gone by."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app.domain.site_pack import Article
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.cards import scrolled
from desktop_app.ui.widgets.dialog import Dialog
from desktop_app.ui.widgets.labels import PlainLabel
from desktop_app.words import Words

_SIZE = (560, 320)


class ArticleDialog(Dialog):
    """Title, edition and the whole text; Enter or Esc closes it."""

    def __init__(self, words: Words, article: Article, parent: QWidget | None = None) -> None:
        super().__init__(words, article.title.told(words.language), parent=parent)
        self.body.addWidget(PlainLabel(str(article.version), role="secondary"))
        area, column = scrolled()
        column.addWidget(PlainLabel(article.body.told(words.language), wrap=True, selectable=True))
        column.addStretch(1)
        area.setMinimumSize(*map(scaled, _SIZE))
        self.body.addWidget(area, 1)
