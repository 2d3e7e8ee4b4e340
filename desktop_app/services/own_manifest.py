"""What this store says of itself in every bundle, and the list of all numbers that a lead sends."""

from __future__ import annotations

from datetime import datetime

from desktop_app.domain.bundles import ListedNumber, Manifest
from desktop_app.domain.entries import Head
from desktop_app.domain.identities import Keys
from desktop_app.domain.identity import SubjectKind
from desktop_app.exchange.signing import sign_head
from desktop_app.storage import journal
from desktop_app.storage.accounting import own_numbers
from desktop_app.storage.manifests import heard_manifests
from desktop_app.storage.number_list import all_numbers, own_unsaved
from desktop_app.storage.outgoing import readable_spans, withheld_spans
from desktop_app.storage.site_packs import noted_pack
from desktop_app.storage.stations import Standing, known_stations, own_identity, own_keys, own_writers
from desktop_app.storage.unit_of_work import View
from desktop_app.version import VERSION

_LONGEST_CELL = 200


def own_manifest(view: View, marked: int, *, now: datetime) -> tuple[Manifest, Keys]:
    """Return what the store says of itself now, with serial 0, and the keys it is signed with.

    ``marked`` is the highest number of the station's mark. The store has its keys (``pairing.own``).
    """
    connection, life = view.connection, view.life
    keys, identity = own_keys(connection), own_identity(connection)
    if keys is None or identity is None:
        raise AssertionError("keys are made before")
    lives = tuple(own_writers(connection))
    ends = [(writer, *journal.head(connection, writer)) for writer in lives]
    numbers = own_numbers(view, marked)
    open_drafts, voids = own_unsaved(connection, life.station, drill=life.drill)
    leads = [one.identity for one in known_stations(connection, Standing.ACCEPTED) if one.identity.leads]
    heard = {
        one.manifest.identity.store: (one.manifest.made_at, one.at) for one in heard_manifests(connection)
    }
    manifest = Manifest(
        identity,
        now,
        serial=0,
        program=VERSION,
        lives=lives,
        heads=tuple(sign_head(keys, Head(writer, seq, end.hex())) for writer, seq, end in ends if seq),
        highest=numbers.highest,
        first_number=numbers.first,
        open_drafts=tuple(map(str, open_drafts)),
        voids=tuple(map(str, voids)),
        holds=readable_spans(connection),
        withheld=withheld_spans(connection),
        heard=heard,
        leads=tuple(leads) if identity.leads else (),
        pack=noted_pack(connection),
    )
    return manifest, keys


def listed_numbers(view: View) -> list[ListedNumber]:
    """Return the list of all numbers: every record this store knows of, void and purged ones too."""
    names = {user.subject.id: user.text("name") for user in view.states(SubjectKind.USER)}
    return [
        ListedNumber(
            one.number,
            _cell(one.kind),
            one.station,
            _cell(one.state),
            _cell(names.get(one.owner, "")),
        )
        for one in all_numbers(view.connection)
    ]


def _cell(text: str) -> str:
    """Return what may stand in a line of the list, which its reader checks; anybody may have written it."""
    return text if text.isprintable() and len(text) <= _LONGEST_CELL else ""
