"""The known issue that the call in hand may be of, with the sentence to say and the key that counts it in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.beside.known_issues import KnownIssues
from desktop_app.ui.theme.style import scaled
from desktop_app.ui.typing.keys import first_key
from desktop_app.ui.widgets.buttons import QuietButton
from desktop_app.ui.widgets.labels import ElidedLabel, IconLabel, PlainLabel
from desktop_app.words import Words


class KnownIssueLine(QFrame):
    """Hidden where nothing is known."""

    def __init__(self, words: Words, issues: KnownIssues, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._issues = words, issues
        self._low = False
        self.setProperty("role", "panel")
        self._icon = IconLabel("info", "accent", 16)
        self._title = ElidedLabel(role="strong")
        self._title.setObjectName("known_issue")
        self._sentence = PlainLabel(role="secondary", wrap=True, selectable=True)
        self._sentence.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.link = QuietButton("", first_key("known_issue"))
        self.link.setObjectName("link_known_issue")
        self.link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.link.clicked.connect(issues.toggle)
        top = QHBoxLayout()
        top.setSpacing(scaled(6))
        top.addWidget(self._icon)
        top.addWidget(self._title, 1)
        top.addWidget(self.link)
        column = QVBoxLayout(self)
        column.setContentsMargins(scaled(10), scaled(4), scaled(6), scaled(6))
        column.setSpacing(scaled(2))
        column.addLayout(top)
        column.addWidget(self._sentence)
        issues.changed.connect(self._show)
        self._show()

    def set_low(self, low: bool) -> None:
        """Be one line, cut where it ends, with the whole of it in the tool tip; or all lines it needs."""
        if low != self._low:
            self._low = low
            self._show()

    def _show(self) -> None:
        issue, say = self._issues.issue, self._words.say
        self.setVisible(issue is not None)
        if issue is None:
            return
        linked = self._issues.linked
        since = self._issues.since()
        code = "counted" if linked else "title" if since else "title_only"
        told = say(f"window.known_issue.{code}", symptom=issue.symptom, since=since, number=issue.number)
        sentence = say("window.beside.quoted", text=self._issues.to_say())
        self._title.setText(f"{told} {sentence}" if self._low else told)
        self._icon.show_icon("check" if linked else "info", "ok" if linked else "accent")
        self._sentence.setText(sentence)
        self._sentence.setVisible(not self._low)
        self.link.set_words(say("window.known_issue.undo" if linked else "window.known_issue.link"))
        # Longer words need their room now: the title at the left gives way.
        self.link.setMinimumWidth(self.link.sizeHint().width())
