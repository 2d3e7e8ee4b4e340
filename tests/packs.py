"""Small site packs for tests."""

from desktop_app.domain.kinds import Kind
from desktop_app.domain.site_pack import Article, Contact, Phrase, Playbook, SitePack
from desktop_app.domain.site_text import Bilingual, Span, Version

ALWAYS = Span()
VERSION = Version("YJ-00", "1.0")


def said(zh: str, en: str = "") -> Bilingual:
    return Bilingual(zh, en or f"{zh} (en)")


def playbook(key: str, *kinds: Kind, span: Span = ALWAYS, by_hand: bool = False, **when: str) -> Playbook:
    return Playbook(
        key, VERSION, kinds, said(key), (), {name: (code,) for name, code in when.items()}, span, by_hand
    )


def contact(key: str, *serves: str, role: str = "property") -> Contact:
    return Contact(key, role, said(key), "0571 55501001", serves=serves)


def phrase(code: str, zh: str, en: str = "", *situations: str) -> Phrase:
    return Phrase(code, said(code), Bilingual(zh, en), situations)


def article(
    key: str, title: str, body: str, *, title_en: str = "", body_en: str = "", span: Span = ALWAYS
) -> Article:
    return Article(key, VERSION, Bilingual(title, title_en), Bilingual(body, body_en), span=span)


def pack(**parts: tuple) -> SitePack:
    return SitePack(said("测试包"), VERSION, **parts)
