"""The centre's knowledge while somebody waits: searched as it is typed, read, noted on the record (A§2.5)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.domain.site_pack import Article
from desktop_app.services.knowledge import LIMIT, Hit, search_articles
from desktop_app.ui.beside.article_view import ArticleView
from desktop_app.ui.beside.at_hand import AtHand
from desktop_app.ui.beside.choice_list import Choice, ChoiceList
from desktop_app.ui.capture.form import CaptureForm
from desktop_app.ui.session import Session
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.typing.line_edit import LineEdit
from desktop_app.ui.widgets.announce import announce
from desktop_app.ui.widgets.buttons import IconButton
from desktop_app.ui.widgets.empty_state import EmptyState
from desktop_app.ui.widgets.labels import Heading

_NOTED, _ANSWER = "article", "answer"


class KnowledgePanel(QWidget):
    """``closed`` goes back to the form; ``read`` tells whether an article is open."""

    closed = Signal()
    read = Signal(bool)

    def __init__(
        self, session: Session, form: CaptureForm, at_hand: AtHand, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._form, self._at_hand = session, form, at_hand
        self._hits: tuple[Hit, ...] = ()
        self._asked = 0
        say = session.words.say
        self.search = LineEdit()
        self.search.setObjectName("knowledge_search")
        self.search.setAccessibleName(say("window.beside.search"))
        self.search.setPlaceholderText(say("window.beside.search_hint", keys=first_key("knowledge")))
        self.search.offer_clearing()
        self.search.edited.connect(self._ask)
        self.list = ChoiceList("articles", say("window.beside.knowledge"))
        self.list.chosen.connect(self._open)
        self.list.left_up.connect(self.focus_search)
        self._empty = EmptyState("search", "")
        self.close_button = IconButton("back", say("window.beside.back"), keys="Esc")
        self.close_button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.close_button.clicked.connect(self.closed)
        self.view = ArticleView(session.words)
        self.view.used.connect(self.use)
        self.view.inserted.connect(self.insert)
        self.view.closed.connect(self._close_article)
        self.view.hide()
        self._finder = QWidget()
        self._build()
        session.shelf.changed.connect(self._ask)
        self._ask()

    def focus_search(self) -> None:
        """Show the search with the caret in it."""
        self._show_view(False)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def open_article(self, article: Article) -> None:
        """Show an article to read."""
        self.view.show_article(article)
        self._show_view(True)
        self.view.body.setFocus(Qt.FocusReason.OtherFocusReason)

    def use(self) -> None:
        """Note the open article's number and version on the record."""
        if (article := self.view.article) is not None:
            self._note(article, "used")

    def insert(self) -> None:
        """Write the article's text into the answer, behind what stands there, and note it as used."""
        article = self.view.article
        if article is None:
            return
        before = self._form.text(_ANSWER).rstrip()
        text = article.body.told(self._session.words.language).strip()
        self._form.enter(_ANSWER, f"{before}\n{text}" if before else text)
        self._note(article, "inserted")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter go from the search into what was found, Esc goes back."""
        if event.key() == Qt.Key.Key_Down and self._hits:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.search.hasFocus():
            self._open(self.list.place())
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.close_button)
        head.addWidget(Heading(self._session.words.say("window.beside.knowledge")), 1)
        finder = QVBoxLayout(self._finder)
        finder.setContentsMargins(0, 0, 0, 0)
        finder.setSpacing(scaled(5))
        finder.addLayout(head)
        finder.addWidget(self.search)
        finder.addWidget(self._empty, 1)
        finder.addWidget(self.list, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._finder)
        layout.addWidget(self.view)

    def _ask(self) -> None:
        """Search for what is typed by now, composing included; only the latest answer counts."""
        self._asked += 1
        turn, index, text = self._asked, self._session.shelf.articles, self.search.full_text()
        today, language = self._at_hand.today(), self._session.words.language

        def found(hits: tuple[Hit, ...]) -> None:
            if turn == self._asked:
                self._show(hits, text)

        self._session.background.query(
            lambda: search_articles(index, text, today=today, language=language, limit=LIMIT),
            found,
            self._session.messages.tell,
            owner=self,
        )

    def _show(self, hits: tuple[Hit, ...], text: str) -> None:
        self._hits = hits
        self.list.fill([Choice(hit.title, hit.article.version.number, hit.excerpt) for hit in hits])
        none = "nothing_found" if text.strip() else "no_articles"
        self._empty.say(self._session.words.say(f"window.beside.{none}"))
        self._empty.setVisible(not hits)
        self.list.setVisible(bool(hits))

    def _open(self, place: int) -> None:
        if 0 <= place < len(self._hits):
            self.open_article(self._hits[place].article)

    def _close_article(self) -> None:
        self._show_view(False)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_view(self, shown: bool) -> None:
        self.view.setVisible(shown)
        self._finder.setVisible(not shown)
        self.read.emit(shown)

    def _note(self, article: Article, code: str) -> None:
        version = str(article.version)
        noted = [one.strip() for one in self._form.text(_NOTED).split(",") if one.strip()]
        if version not in noted:
            self._form.enter(_NOTED, ", ".join((*noted, version)))
        self._form.begin_call()
        told = self._session.words.say(f"window.beside.{code}", version=version)
        self.view.tell(told)
        announce(self, told)
