"""One article as it may be answered from: its text, its number and version, from when until when it holds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.domain.site_pack import Article
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.widgets.buttons import IconButton, PrimaryButton, SecondaryButton
from desktop_app.ui.widgets.labels import Heading, PlainLabel
from desktop_app.words import Words

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ArticleView(QWidget):
    """``used`` is emitted by Enter, ``inserted`` by its button, ``closed`` by Esc."""

    used = Signal()
    inserted = Signal()
    closed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self.article: Article | None = None
        back = IconButton("back", words.say("window.beside.to_hits"), keys="Esc")
        back.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        back.clicked.connect(self.closed)
        self._title = Heading()
        self._title.setWordWrap(True)
        self._about = PlainLabel(role="secondary", wrap=True)
        self.body = QPlainTextEdit()
        self.body.setObjectName("article_text")
        self.body.setReadOnly(True)
        self.body.setTabChangesFocus(True)
        self.body.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.use = PrimaryButton(words.say("window.beside.use"), "Enter")
        self.use.setObjectName("article_use")
        self.use.clicked.connect(self.used)
        self.insert = SecondaryButton(words.say("window.beside.insert"))
        self.insert.setObjectName("article_insert")
        self.insert.clicked.connect(self.inserted)
        self._noted = PlainLabel(role="secondary", tone="ok", wrap=True)
        head = QHBoxLayout()
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        foot = QHBoxLayout()
        foot.setSpacing(scaled(6))
        foot.addWidget(self.use)
        foot.addWidget(self.insert)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(scaled(5))
        layout.addLayout(head)
        layout.addWidget(self._about)
        layout.addWidget(self.body, 1)
        layout.addWidget(self._noted)
        layout.addLayout(foot)

    def show_article(self, article: Article) -> None:
        """Show an article from its beginning."""
        language = self._words.language
        self.article = article
        title = article.title.told(language)
        self._title.setText(title)
        self._about.setText(self._told(article))
        self.body.setAccessibleName(title)
        self.body.setPlainText(article.body.told(language).strip())
        self.tell("")

    def tell(self, sentence: str) -> None:
        """Say what was done with it."""
        self._noted.setText(sentence)
        self._noted.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.used.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _told(self, article: Article) -> str:
        say, version, span = self._words.say, article.version, article.span
        parts = [say("window.beside.version", number=version.number, version=version.version)]
        if span.first:
            parts.append(say("window.beside.holds_from", day=span.first.isoformat()))
        if span.last:
            parts.append(say("window.beside.holds_until", day=span.last.isoformat()))
        code = "approved_by" if version.approved_by else "not_approved"
        parts.append(say(f"window.beside.{code}", name=version.approved_by))
        return say("window.beside.dot").join(parts)
