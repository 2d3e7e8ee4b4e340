"""The tables. ``entries`` and ``payloads`` are the journal; ``subjects``, ``records``, ``promises``,
``number_blocks``, ``incidents`` and ``notifications`` are folded from it and can be rebuilt, as can the index
``search`` beside them; the others are this store's own (JOURNAL, subjects): settings, drafts, and what it
knows of other stations.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

writers = Table(
    "writers",
    metadata,
    Column("writer", Text, primary_key=True),
    Column("store", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("drill", Integer, nullable=False),
    Column("link", LargeBinary, nullable=False),
    CheckConstraint("length(writer) = 32", name="writer_length"),
    CheckConstraint("length(link) = 32", name="link_length"),
    CheckConstraint("drill IN (0, 1)", name="drill_flag"),
)

entries = Table(
    "entries",
    metadata,
    Column("writer", Text, ForeignKey(writers.c.writer), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("lamport", Integer, nullable=False),
    Column("subject", Text, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    CheckConstraint("seq > 0", name="seq_positive"),
    CheckConstraint("lamport > 0", name="lamport_positive"),
    CheckConstraint("length(hash) = 32", name="hash_length"),
    Index(None, "subject", "lamport", "writer", "seq"),
    Index(None, "lamport"),
)

payloads = Table(
    "payloads",
    metadata,
    Column("writer", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("status", Text, nullable=False),
    Column("salt", LargeBinary),
    Column("stored", LargeBinary),
    ForeignKeyConstraint(["writer", "seq"], [entries.c.writer, entries.c.seq]),
    CheckConstraint("status IN ('held', 'erased', 'withheld')", name="status"),
    CheckConstraint(
        "(status = 'held') = (salt IS NOT NULL) AND (status = 'held') = (stored IS NOT NULL)",
        name="held_has_bytes",
    ),
    # Costs no save anything: only what was withheld from this store is in it.
    Index("ix_payloads_withheld", "writer", "seq", sqlite_where=text("status = 'withheld'")),
)

subjects = Table(
    "subjects",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("digest", LargeBinary),
    # All the state hash needs, so that it reads no states.
    Index("ix_subjects_digest", "id", "kind", "digest"),
)
"""``digest`` is the subject's part of the state hash, none for one that has nothing left."""

records = Table(
    "records",
    metadata,
    Column("place", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("drill", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("listed", Integer, nullable=False),
    Column("handler", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("phone_digits", Text, nullable=False),
    Column("crm_id", Text, nullable=False),
    Column("missing", Text, nullable=False),
    Column("incomplete", Integer, nullable=False),
    Column("important", Integer, nullable=False),
    Column("search", Text, nullable=False),
    # Each index costs every save: one for numbers, two for lists (a person's and the station's), one for the
    # calls of a phone; the partial ones hold only what they find.
    Index(None, "station", "drill", "sequence"),
    Index(None, "handler", "listed", "received_at", "id"),
    Index(None, "listed", "received_at", "id"),
    Index(None, "phone_digits"),
    Index(
        "ix_records_incomplete",
        "incomplete",
        "handler",
        "received_at",
        "id",
        sqlite_where=text("incomplete = 1"),
    ),
    Index("ix_records_important", "received_at", "id", sqlite_where=text("important = 1")),
    Index("ix_records_crm_id", "listed", "handler", "crm_id", sqlite_where=text("crm_id <> ''")),
)
"""``place`` is the row of the search index. ``listed`` are saved records, void and purged ones left out;
``received_at`` is when the call came in, or was written down where nobody can read that; ``missing`` are the
keys of the correction list, ``incomplete`` says that there are any; ``important`` are flagged and not yet
reported upward; ``search`` is the text that filters look into (``search.py``)."""

promises = Table(
    "promises",
    metadata,
    Column("id", Text, primary_key=True),
    Column("record", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("open", Integer, nullable=False),
    Column("due", Text, nullable=False),
    Index(None, "record"),
    Index("ix_promises_open", "record", sqlite_where=text("open = 1")),
)
"""``due`` is empty where nobody can read it."""

number_blocks = Table(
    "number_blocks",
    metadata,
    Column("id", Text, primary_key=True),
    Column("station", Text, nullable=False),
    Column("drill", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("use", Text, nullable=False),
    CheckConstraint("0 < first AND first <= last", name="range"),
    CheckConstraint("\"use\" IN ('reserved', 'skipped')", name="use"),
    Index(None, "station", "drill", "last"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("open", Integer, nullable=False),
    Column("outage", Integer, nullable=False),
    Column("category", Text, nullable=False),
    Column("noticed_at", Text, nullable=False),
    # Every save asks which incident is open: the index holds no other.
    Index("ix_incidents_open", "noticed_at", "id", sqlite_where=text("open = 1")),
)
"""``outage``: it may keep people from the CRM; ``noticed_at`` is empty where nobody can read it."""

notifications = Table(
    "notifications",
    metadata,
    Column("id", Text, primary_key=True),
    Column("incident", Text, nullable=False),
    Column("told_at", Text, nullable=False),
    Index(None, "incident", "told_at"),
)
"""Who was told of an incident, each one a piece of evidence."""

drafts = Table(
    "drafts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("station", Text, nullable=False),
    Column("drill", Integer, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("started_at", Text, nullable=False),
    Column("kept_at", Text, nullable=False),
    Column("content", Text, nullable=False),
    CheckConstraint("length(id) = 36", name="id_length"),
)

stations = Table(
    "stations",
    metadata,
    Column("store", Text, primary_key=True),
    Column("station", Text, nullable=False),
    Column("drill", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("sign", Text, nullable=False),
    Column("receive", Text, nullable=False),
    Column("standing", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("vouched_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    CheckConstraint("length(store) = 32", name="store_length"),
    CheckConstraint("standing IN ('accepted', 'known', 'forgotten')", name="standing"),
)
"""Other stores. ``accepted``: a person compared the code, or an accepted lead vouches for it (``vouched_by``,
a store); ``known``: met in a relayed run only; ``forgotten``: no longer trusted, for a ``reason``."""

claims = Table(
    "claims",
    metadata,
    Column("store", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("identity", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("declined", Integer, nullable=False),
)
"""What stores say they are that nobody has accepted so; the fingerprint is of their keys."""

breaks = Table(
    "breaks",
    metadata,
    Column("writer", Text, primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("link", LargeBinary, nullable=False),
    ForeignKeyConstraint(["writer", "seq"], [entries.c.writer, entries.c.seq], name="fk_breaks_entries"),
)
"""Entries whose predecessor is not here: ``link`` is the hash it has to have when it comes."""

signed_heads = Table(
    "signed_heads",
    metadata,
    Column("writer", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)
"""The furthest end of each writer's chain that its own store has signed."""

manifests = Table(
    "manifests",
    metadata,
    Column("writer", Text, primary_key=True),
    Column("store", Text, nullable=False, index=True),
    Column("serial", Integer, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("heard_at", Text, nullable=False),
    Column("heard_by", Text, nullable=False),
    Column("body", Text, nullable=False),
)
"""What each writer said last of itself; ``heard_by``: folder, stick or command."""

taken = Table(
    "taken",
    metadata,
    Column("bundle", Text, primary_key=True),
    Column("result", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("store", Text, nullable=False),
    Column("taken_at", Text, nullable=False),
)
"""Bundles looked at, by the SHA-256 of the file."""

quarantine = Table(
    "quarantine",
    metadata,
    Column("bundle", Text, primary_key=True),
    Column("store", Text, nullable=False, index=True),
    Column("identity", Text, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("file", Text, nullable=False),
)
"""Hand-ins of unknown stations, each still encrypted in a file of the store's folder."""

put_files = Table(
    "put_files",
    metadata,
    Column("carrier", Text, primary_key=True),
    Column("file", Text, primary_key=True),
    Column("made_at", Text, nullable=False),
    Column("recipients", Text, nullable=False),
    Column("parts", Text, nullable=False),
)
"""Bundles this store has put into a folder and that still lie there, as far as it knows; ``recipients`` are
stores, ``parts`` tells what they carry besides entries."""

put_there = Table(
    "put_there",
    metadata,
    Column("carrier", Text, primary_key=True),
    Column("file", Text, primary_key=True),
    Column("writer", Text, primary_key=True),
    Column("spans", Text, nullable=False),
    Column("withheld", Text, nullable=False),
    ForeignKeyConstraint(
        ["carrier", "file"], [put_files.c.carrier, put_files.c.file], name="fk_put_there_put_files"
    ),
)
"""Which entries lie in these bundles: ``spans`` whole, ``withheld`` without what they say."""

site_packs = Table(
    "site_packs",
    metadata,
    Column("said_by", Text, primary_key=True),
    Column("said_at", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)
"""The site packs that leads sent: signed bytes that are carried and not looked into."""

numbers = Table(
    "numbers",
    metadata,
    Column("number", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("listed_by", Text, nullable=False),
    Column("listed_at", Text, nullable=False),
)
"""The list of all numbers as a lead last sent it."""
