"""The centre's knowledge while somebody waits: searched as it is typed, read, noted on the record (A§2.5)."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.domain.site_pack import Article
from desktop_app.services.knowledge import LIMIT, Hit, search_articles
from desktop_app.ui.beside.article_view import ArticleView
from desktop_app.ui.beside.at_hand import AtHand
from desktop_app.ui.beside.choice_list import Choice
from desktop_app.ui.beside.finder import Finder, FinderWords
from desktop_app.ui.capture.form import CaptureForm
from desktop_app.ui.session import Session
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.announce import announce

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
        self._asked = 0
        say = session.words.say
        words = FinderWords(
            say("window.beside.knowledge"),
            say("window.beside.search"),
            say("window.beside.search_hint", keys=first_key("knowledge")),
            say("window.beside.back"),
            "search",
        )
        self.finder = Finder[Hit]("knowledge_search", "articles", words)
        self.finder.asked.connect(self._find)
        self.finder.picked.connect(lambda hit: self.open_article(hit.article))
        self.finder.closed.connect(self.closed)
        self.view = ArticleView(session.words)
        self.view.used.connect(self.use)
        self.view.inserted.connect(self.insert)
        self.view.closed.connect(self._close_article)
        self.view.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.finder)
        layout.addWidget(self.view)
        session.shelf.changed.connect(self.finder.refresh)
        form.refilled.connect(self._begin_anew)

    def focus_search(self) -> None:
        """Show the search with the caret in it."""
        self._show_view(False)
        self.finder.focus_field()

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

    def _begin_anew(self) -> None:
        """The next call has a question of its own."""
        self.finder.clear()
        self._show_view(False)

    def _find(self) -> None:
        """Search for what is typed by now, composing included; only the latest answer counts."""
        self._asked += 1
        turn, index, text = self._asked, self._session.shelf.articles, self.finder.text()
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
        none = "nothing_found" if text.strip() else "no_articles"
        choices = [Choice(hit.title, hit.article.version.number, hit.excerpt) for hit in hits]
        self.finder.show_found(hits, choices, self._session.words.say(f"window.beside.{none}"))

    def _close_article(self) -> None:
        self._show_view(False)
        self.finder.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_view(self, shown: bool) -> None:
        if shown is self.view.isHidden():
            self.view.setVisible(shown)
            self.finder.setVisible(not shown)
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
