"""The site pack: the register of its documents, and another pack looked at before it is used."""

from __future__ import annotations

import shutil

from PySide6.QtWidgets import QAbstractButton

from desktop_app.paths import resources
from desktop_app.ui.scenes.scene import Scene, Walk
from desktop_app.ui.settings.pack_card import PackCard


def site_pack(walk: Walk) -> None:
    """Both reached from the settings; the other pack has a new version and one more phrase."""
    hands = walk.hands
    folder = walk.desk.store.parent / "site"
    shutil.copytree(resources() / "site", folder)
    pack, phrases = folder / "pack.toml", folder / "phrases.toml"
    pack.write_text(pack.read_text("utf-8").replace('version = "1.0"', 'version = "1.1"'), "utf-8")
    phrases.write_text(phrases.read_text("utf-8") + _PHRASE, "utf-8")
    hands.press("Ctrl+,")
    walk.look_at_dialog("documents", hands.find(QAbstractButton, "pack_documents").click)
    card = hands.find(PackCard)
    card.look_at(folder)
    hands.settle()
    walk.look("pack-looked-at")
    card.drop()
    hands.press("Ctrl+,")


_PHRASE = '\n[[phrases]]\ncode = "zy"\ntitle = "转员工"\ntext = "我请负责的同事尽快给您回电。"\n'

SCENES: tuple[Scene, ...] = (site_pack,)
