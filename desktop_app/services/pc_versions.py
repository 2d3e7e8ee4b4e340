"""Which program and which site pack every PC has that this one knows (1.4.1-4)."""

from __future__ import annotations

from desktop_app.domain.pc_versions import PcVersion
from desktop_app.services.receipts import last_heard
from desktop_app.storage.stations import Standing, known_stations, own_identity
from desktop_app.storage.store import Store
from desktop_app.storage.unit_of_work import View
from desktop_app.version import VERSION


def pc_versions(store: Store, pack: str) -> tuple[PcVersion, ...]:
    """Return this PC, whose people have the pack of this number and version, and all that were accepted.

    A station knows of its leads only, a lead of everybody.
    """
    with store.read() as view:
        return (_own(view, pack), *_others(view))


def _own(view: View, pack: str) -> PcVersion:
    me = own_identity(view.connection)
    return PcVersion(
        view.life.station, me.name if me is not None else "", own=True, program=VERSION, pack=pack
    )


def _others(view: View) -> list[PcVersion]:
    heard = last_heard(view)
    found = []
    for one in known_stations(view.connection, Standing.ACCEPTED):
        identity, last = one.identity, heard.get(one.identity.store)
        said = last.manifest if last is not None else None
        found.append(
            PcVersion(
                identity.station,
                identity.name,
                program=said.program if said is not None else "",
                pack=said.pack if said is not None else "",
                heard_at=last.at if last is not None else None,
            )
        )
    return found
