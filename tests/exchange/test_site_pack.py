"""A folder of plain files is a pack or one clear sentence."""

from desktop_app.exchange.site_pack import read_pack
from desktop_app.paths import resources


def test_the_shipped_pack_reads_clean() -> None:
    pack = read_pack(resources() / "site")
    assert pack.playbooks
    assert pack.contacts
