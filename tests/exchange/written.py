"""A pack as somebody writes it, and what it is refused for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.domain.errors import KnownError
from desktop_app.exchange.site_pack import read_pack
from desktop_app.words import Words
from tests.written_packs import write_files

Writer = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Writer:
    """Return a function that writes ``FILES`` with some of them changed, and returns their folder."""

    def write(changed: dict[str, str | bytes | None] | None = None) -> Path:
        return write_files(tmp_path / "pack", changed or {})

    return write


def refused(folder: Path) -> KnownError:
    with pytest.raises(KnownError) as caught:
        read_pack(folder)
    for language in ("zh", "en"):
        assert "{" not in Words(language).sentence(caught.value)
    return caught.value


PHRASES = "phrases.toml"


ARTICLE = "articles/a.md"
