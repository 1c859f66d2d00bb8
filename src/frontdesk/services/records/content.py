"""Where document bytes go in and come out. They travel ahead of the commands that name them.

A command is written down as an intent, and bytes have no place there: it carries the SHA-256 only.
So the bytes are kept first, in a transaction of their own. Keeping the same bytes twice changes
nothing, at this desk or another, and whoever replays intents elsewhere carries the content over before.

Each content is encrypted under a key of its own. `erasure.erase` destroys that key and nothing else
does; the address stays the SHA-256 of the plain bytes, so the same bytes are still kept once.
"""

import io
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.models.records.content import (
    DocumentChunk,
    DocumentContent,
    DocumentErasure,
    DocumentKey,
    MediaType,
)
from frontdesk.models.records.content_text import ContentText, TextState
from frontdesk.services.database import Database
from frontdesk.services.engine_errors import ours
from frontdesk.services.prepared import Prepared
from frontdesk.services.records.chunk_cipher import ChunkCipher, DoesNotFit, new_key
from frontdesk.services.records.erasure import Erased, erase, is_erased
from frontdesk.services.records.sniff import CHUNK_BYTES, Seen, look_at, look_through, unreadable
from frontdesk.services.work import Work

__all__ = ["Damaged", "Erased", "erase", "is_erased", "read", "store", "store_bytes", "stream"]


class Damaged(FrontdeskError):
    """Stored bytes no longer have the fingerprint under which they came in."""

    def __init__(self) -> None:
        super().__init__(
            "The stored bytes of this document are damaged: they are not the ones that came in. "
            "Nothing is shown, so that nobody trusts them. Have the document restored from a backup."
        )


def store(database: Database, source: Path) -> Seen:
    """Keep a file's bytes, a chunk at a time; raises Refused for what no chart can keep."""
    seen = look_at(source)
    with _readable(), source.open("rb") as file:
        _keep(database, seen, _chunks_of(file), kept_at=database.clock.now())
    return seen


def store_bytes(database: Database, data: bytes, name: str) -> Seen:
    """Keep bytes that are in memory already: a pasted picture, a finished PDF."""
    file = io.BytesIO(data)
    seen = look_through(file, name)
    file.seek(0)
    _keep(database, seen, _chunks_of(file), kept_at=database.clock.now())
    return seen


def store_locked(database: Database, data: bytes, *, pages: int) -> str:
    """Keep a PDF that the house itself put under a password, which nobody can look into; its SHA-256."""
    seen = Seen(sha256(data).hexdigest(), len(data), MediaType.PDF, pages)
    _keep(database, seen, _chunks_of(io.BytesIO(data)), kept_at=database.clock.now())
    return seen.sha256


def keep_made(work: Work, data: bytes, media_type: MediaType) -> str:
    """Keep bytes that a command makes itself, in its own transaction; replayed, it makes the same ones."""
    address = sha256(data).hexdigest()
    connection = work.session.connection()
    stands = _standing(connection, address)
    if not stands.is_kept:
        seen = Seen(address, len(data), media_type, None)
        _write(connection, seen, _chunks_of(io.BytesIO(data)), work.now, stands)
    return address


def read(session: Session, address: str) -> bytes:
    """All bytes of one content, verified; raises Damaged, and Erased where its time was over."""
    whole = io.BytesIO()
    copy_to(session, address, whole)
    return whole.getvalue()  # shares what was written: the bytes are in memory once


def copy_to(session: Session, address: str, file: BinaryIO | io.BytesIO) -> int:
    """Write the bytes to an open file, a chunk at a time; counts them. Raises as `read` does."""
    return sum(file.write(chunk) for chunk in stream(session, address))


def stream(session: Session, address: str) -> Iterator[bytes]:
    """The bytes a chunk at a time, each verified before it is given.

    Raises Erased, or Damaged at the first chunk that does not fit, or behind the last where one is missing.
    """
    found = session.execute(_opened_by, {"address": address}).one_or_none()
    if found is None:
        raise Damaged
    if found.key is None:
        raise Erased
    cipher = ChunkCipher(address, found.size_bytes, found.key)
    hashed = sha256()
    position = size = 0
    while size < found.size_bytes:
        sealed = _sealed(session, address, position)
        if sealed is None:
            raise Damaged
        try:
            chunk = cipher.opened(position, sealed)
        except DoesNotFit as error:
            raise Damaged from error
        hashed.update(chunk)
        size += len(chunk)
        position += 1
        yield chunk
    if size != found.size_bytes or hashed.hexdigest() != address:
        raise Damaged


@dataclass(frozen=True, slots=True)
class Opened:
    """A content that is read in places; each chunk is verified before it is given."""

    session: Session
    address: str
    size_bytes: int
    cipher: ChunkCipher

    def chunk(self, position: int) -> bytes:
        """One run of its bytes; raises Damaged."""
        sealed = _sealed(self.session, self.address, position)
        if sealed is None:
            raise Damaged
        try:
            return self.cipher.opened(position, sealed)
        except DoesNotFit as error:
            raise Damaged from error


def opened(session: Session, address: str) -> Opened:
    """For reading a few pages of a long scan without the rest; raises Erased and Damaged."""
    found = session.execute(_opened_by, {"address": address}).one_or_none()
    if found is None:
        raise Damaged
    if found.key is None:
        raise Erased
    return Opened(session, address, found.size_bytes, ChunkCipher(address, found.size_bytes, found.key))


def carry(source: Database, target: Database) -> int:
    """Copy what the target lacks, before intents that name it are replayed there; counts the copies.

    What was erased is carried as the stub that it is.
    """
    count = 0
    with Session(source.engines.read) as session:
        for content in session.scalars(select(DocumentContent).order_by(DocumentContent.sha256)).all():
            address = content.sha256
            seen = Seen(address, content.size_bytes, content.media_type, content.pages)
            chunks = None if is_erased(session, address) else stream(session, address)
            count += _keep(target, seen, chunks, kept_at=content.kept_at)
    return count


# -- inside -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Standing:
    """Whether a content has a stub here, and a key, and how often it was erased."""

    has_stub: bool
    is_kept: bool
    generation: int


_opened_by = (
    select(DocumentContent.size_bytes, DocumentKey.key)
    .outerjoin(DocumentKey, DocumentKey.sha256 == DocumentContent.sha256)
    .where(DocumentContent.sha256 == bindparam("address"))
)
_chunk = Prepared(
    select(DocumentChunk.bytes).where(
        DocumentChunk.sha256 == bindparam("address"), DocumentChunk.position == bindparam("position")
    )
)
_put_chunk = Prepared(insert(DocumentChunk))


def _sealed(session: Session, address: str, position: int) -> bytes | None:
    """One chunk as it lies there. A server sends bytes as they are only where it is asked to."""
    connection = session.connection()
    statement, values = _chunk.sent(connection, {"address": address, "position": position})
    options = {"binary": True} if connection.dialect.name == "postgresql" else {}
    cursor = connection.connection.cursor(**options)
    try:
        with closing(cursor):
            cursor.execute(statement, values)
            found = cursor.fetchone()
    except connection.dialect.loaded_dbapi.Error:
        # Once more by SQLAlchemy, which says what is the matter.
        found = connection.exec_driver_sql(statement, values).fetchone()
    return None if found is None else bytes(found[0])


def _chunks_of(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(CHUNK_BYTES), b"")


def _keep(database: Database, seen: Seen, chunks: Iterator[bytes] | None, *, kept_at: datetime) -> bool:
    """Whether the bytes were new here; without chunks only the stub is kept."""
    try:
        with database.engines.write.begin() as connection:
            stands = _standing(connection, seen.sha256)
            if stands.is_kept or (chunks is None and stands.has_stub):
                return False
            _write(connection, seen, chunks, kept_at, stands)
    except IntegrityError:
        # Another desk kept the same bytes in the same moment; theirs are as good.
        with database.engines.read.connect() as connection:
            if _standing(connection, seen.sha256).is_kept:
                return False
        raise
    except SQLAlchemyError as error:
        raise ours(error) from error
    return True


def _standing(connection: Connection, address: str) -> _Standing:
    erased = select(func.count()).where(DocumentErasure.sha256 == address).scalar_subquery()
    found = connection.execute(
        select(DocumentKey.generation, erased.label("erased"))
        .select_from(DocumentContent)
        .outerjoin(DocumentKey, DocumentKey.sha256 == DocumentContent.sha256)
        .where(DocumentContent.sha256 == address)
    ).one_or_none()
    if found is None:
        return _Standing(has_stub=False, is_kept=False, generation=0)
    return _Standing(has_stub=True, is_kept=found.generation is not None, generation=found.erased)


def _write(
    connection: Connection,
    seen: Seen,
    chunks: Iterator[bytes] | None,
    kept_at: datetime,
    stands: _Standing,
) -> None:
    if not stands.has_stub:
        connection.execute(
            insert(DocumentContent).values(
                sha256=seen.sha256,
                size_bytes=seen.size_bytes,
                media_type=seen.media_type,
                pages=seen.pages,
                kept_at=kept_at,
            )
        )
    else:  # it was erased, and is here again: its words may be read again too
        connection.execute(
            update(ContentText)
            .where(ContentText.sha256 == seen.sha256, ContentText.state == TextState.ERASED)
            .values(state=TextState.PENDING)
        )
    if chunks is None:
        return
    key = new_key()
    connection.execute(insert(DocumentKey).values(sha256=seen.sha256, generation=stands.generation, key=key))
    cipher = ChunkCipher(seen.sha256, seen.size_bytes, key)
    hashed = sha256()
    for position, chunk in enumerate(chunks):
        hashed.update(chunk)
        row: dict[str, Any] = {  # Any: a column each
            "sha256": seen.sha256,
            "position": position,
            "bytes": cipher.sealed(position, chunk),
        }
        connection.exec_driver_sql(*_put_chunk.sent(connection, row))
    if hashed.hexdigest() != seen.sha256:
        raise Refused(
            Finding(
                "The file changed while it was read. Nothing was kept. "
                "Wait until it is complete, then add it again."
            )
        )


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unreadable() from error
