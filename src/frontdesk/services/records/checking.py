"""`frontdesk db check`: whether every stored byte is still the one that came in, and no row lost another.

Each content is read in a transaction of its own: a page that the engine cannot read ends that one, and the
others are still looked at. What is found is said by ids only.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import InstrumentedAttribute, Session

from frontdesk.models import every_table
from frontdesk.models.base import Base
from frontdesk.models.records.content import DocumentChunk, DocumentContent, DocumentErasure, DocumentKey
from frontdesk.models.records.word_index import WORD_TABLES
from frontdesk.services.command import query
from frontdesk.services.database import Database
from frontdesk.services.engine_errors import ours
from frontdesk.services.records import content, erasure
from frontdesk.services.work import Progress, Work

_RESTORE = "Have it restored from a backup."


@dataclass(frozen=True, slots=True)
class StoreCheck:
    """What was looked at, and a sentence for each thing that does not fit."""

    contents: int
    size_bytes: int
    erased: int
    broken: tuple[str, ...]
    unclaimed: tuple[str, ...]
    """Contents that came in and that nothing names: a desk stopped between the bytes and their entry."""


@dataclass(slots=True)
class _Tally:
    size_bytes: int = 0
    erased: int = 0
    broken: list[str] = field(default_factory=list)


def check(database: Database, progress: Progress) -> StoreCheck:
    """Read everything once; raises Unavailable where the database cannot be used at all."""
    tally = _Tally()
    try:
        tally.broken += _engine_says(database)
        with Session(database.engines.read) as session:
            addresses = session.scalars(select(DocumentContent.sha256).order_by(DocumentContent.sha256)).all()
            tally.broken += _without_content(session)
            unclaimed = _unclaimed(session)
        for number, address in enumerate(addresses, start=1):
            _look_at(database, address, tally)
            progress(number, len(addresses))
    except SQLAlchemyError as error:
        raise ours(error) from error
    return StoreCheck(len(addresses), tally.size_bytes, tally.erased, tuple(tally.broken), unclaimed)


@query(permission="records.file")
def unclaimed(work: Work) -> tuple[str, ...]:
    """The addresses of contents that came in and that nothing names."""
    return _unclaimed(work.session)


def _look_at(database: Database, address: str, tally: _Tally) -> None:
    named = f"Content {address[:12]}"
    try:
        with Session(database.engines.read) as session:
            shown_by = erasure.in_use_by(session, address, also_withdrawn=True)
            named = f"{', '.join(shown_by).capitalize() or 'Nothing'} (content {address[:12]})"
            found = _standing(session, address)
            if found.has_key:
                sizes = [len(chunk) for chunk in content.stream(session, address)]
                tally.size_bytes += sum(sizes)
                if found.chunks > len(sizes):
                    tally.broken.append(f"{named}: there are more stored bytes than came in.")
            elif found.erasures:
                tally.erased += 1
                if found.chunks:
                    tally.broken.append(f"{named}: it was erased, and encrypted bytes of it are still there.")
            else:
                tally.broken.append(f"{named}: its key is gone, and no erasure is on record. {_RESTORE}")
    except content.Damaged:
        tally.broken.append(f"{named}: the stored bytes are not the ones that came in. {_RESTORE}")
    except DBAPIError:
        tally.broken.append(f"{named}: the stored bytes cannot be read. {_RESTORE}")


@dataclass(frozen=True, slots=True)
class _Standing:
    has_key: bool
    erasures: int
    chunks: int


def _standing(session: Session, address: str) -> _Standing:
    def count(column: InstrumentedAttribute[str]) -> int:
        return session.scalar(select(func.count()).where(column == address)) or 0

    return _Standing(
        has_key=count(DocumentKey.sha256) > 0,
        erasures=count(DocumentErasure.sha256),
        chunks=count(DocumentChunk.sha256),
    )


def _without_content(session: Session) -> list[str]:
    """Rows whose content is not there; the engines refuse them, but a damaged index may not."""
    tables = Base.metadata.tables
    own = (tables[name].columns["sha256"] for name in ("document_chunk", "document_key"))
    told = []
    for column in (*erasure.naming_columns(), *own):
        table = column.table
        key = next(iter(table.primary_key.columns))
        here = select(DocumentContent.sha256).where(DocumentContent.sha256 == column).exists()
        rows = session.execute(select(key, column).where(column.is_not(None), ~here).distinct())
        told += [
            f"{table.name.replace('_', ' ').capitalize()} {str(id)[:19]}: "
            f"its content {address[:12]} is not there. {_RESTORE}"
            for id, address in rows
        ]
    return told


def _unclaimed(session: Session) -> tuple[str, ...]:
    asked = select(DocumentContent.sha256).join(DocumentKey, DocumentKey.sha256 == DocumentContent.sha256)
    for column in erasure.naming_columns():
        asked = asked.where(~select(column).where(column == DocumentContent.sha256).exists())
    return tuple(session.scalars(asked.order_by(DocumentContent.sha256)))


def _engine_says(database: Database) -> list[str]:
    """What the engine finds when it looks through its own pages."""
    closed = [] if database.engines.on_server else _pages_that_do_not_open(database)
    with database.engines.read.connect() as connection:
        if database.engines.on_server:
            failures = connection.exec_driver_sql(
                "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
            ).scalar()
            told = [f"The server counts {failures} pages that are damaged. {_RESTORE}"] if failures else []
        else:
            told = [f"The office's file: {page}." for page in closed]
            _see_indexes_anew(connection)
            if not closed:  # with a page that does not open, it could only say so again
                rows = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
                told += [f"The office's file: {row}." for row in rows if row != "ok"]
    if database.engines.on_server:
        told += [line for table in every_table() for line in _read_whole(database, table.name)]
    return told


def _see_indexes_anew(connection: Connection) -> None:
    """A connection that searched before others wrote remembers how FTS5's index lay then.

    `integrity_check` believes what it remembers and calls the index damaged; a search looks anew first.
    """
    for table in WORD_TABLES:
        with suppress(DBAPIError):  # what is really damaged is said by the check
            connection.exec_driver_sql(f"SELECT rowid FROM {table} WHERE {table} MATCH 'a' LIMIT 1").all()


def _pages_that_do_not_open(database: Database) -> list[str]:
    """What the encryption says of the file's pages.

    It reads the file beside everybody else: a page that is on its way from the log into the file looks
    damaged. What it complains of is therefore looked at again while nobody writes.
    """
    wanted = "PRAGMA cipher_integrity_check"
    with database.engines.read.connect() as connection:
        pages = list(connection.exec_driver_sql(wanted).scalars())
    if not pages:
        return []
    try:
        with database.engines.write.begin() as connection:
            for wait in (0.0, 0.2, 0.4):  # what was being moved when writing stopped arrives meanwhile
                time.sleep(wait)
                pages = list(connection.exec_driver_sql(wanted).scalars())
                if not pages:
                    break
    except DBAPIError:
        return pages
    return pages


def _read_whole(database: Database, table: str) -> Iterator[str]:
    try:
        with database.engines.read.connect() as connection:
            connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"')
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        yield f"The table {table} cannot be read whole. {_RESTORE}"
