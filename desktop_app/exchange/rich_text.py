"""Rich text of CRM fields as the lines a person reads; markup is dropped, never interpreted."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_MARKUP = re.compile(
    r"<(?:p|div|br|span|b|i|u|ul|ol|li|strong|em|table|h[1-6]|a|font)\b[^<>]*>", re.IGNORECASE
)
_BLOCKS = frozenset({"p", "div", "br", "li", "tr", "table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT = frozenset({"script", "style", "head", "title"})
_SPACES = re.compile(r"[ \t\u00a0]+")


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n")
        if tag in _SILENT and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def plain_text(text: str) -> str:
    """Return ``text`` without HTML; a text that holds no markup comes back unchanged."""
    if not _MARKUP.search(text):
        return text
    parser = _Lines()
    try:
        parser.feed(text)
        parser.close()
    except (AssertionError, ValueError):  # the parser's own checks on broken markup
        return text
    lines = (_SPACES.sub(" ", line).strip() for line in "".join(parser.parts).split("\n"))
    return "\n".join(line for line in lines if line)
