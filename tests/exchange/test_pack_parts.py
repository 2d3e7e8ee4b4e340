"""The guide to the site pack names every key that its parts read."""

import re
from datetime import date
from pathlib import Path

from desktop_app.domain.site_text import Bilingual
from desktop_app.exchange import pack_parts
from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources
from tests.exchange.written import (
    ARTICLE,
    Writer,
)
from tests.exchange.written import (
    written as written,
)

SHIPPED = resources() / "site"
TODAY = date(2026, 11, 22)


GUIDE = (Path(__file__).parents[2] / "docs" / "site-pack.md").read_text("utf-8")


def test_the_guide_shows_an_article_that_reads(written: Writer) -> None:
    (example,) = re.findall(r"^```\n(\+\+\+\n.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    (made,) = read_pack(written({ARTICLE: example})).articles
    assert (made.title.en, made.body) == (
        "Opening hours",
        Bilingual("每天 9:00 至 18:00。", "Daily from 9:00 to 18:00."),
    )


def test_the_guide_names_the_roles_and_every_key() -> None:
    told = set(re.findall(r"`([a-z_]+)`", GUIDE))
    assert {one.role for one in read_pack(SHIPPED).contacts} <= told
    keys = {key for name, keys in vars(pack_parts).items() if name.endswith("_KEYS") for key in keys}
    assert keys - told - {"steps", "values", "texts"} == set()
