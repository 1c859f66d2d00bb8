"""Where document bytes go in and come out. They travel ahead of the commands that name them.

A command is written down as an intent, and bytes have no place there: it carries the SHA-256 only.
So the bytes are kept first, in a transaction of their own. Keeping the same bytes twice changes
nothing, at this desk or another, and whoever replays intents elsewhere carries the content over before.
"""

import io
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.models.records.content import DocumentChunk, DocumentContent, MediaType
from frontdesk.services.database import Database
from frontdesk.services.engine_errors import ours
from frontdesk.services.records.sniff import CHUNK_BYTES, Seen, look_at, look_through
from frontdesk.services.work import Work


class Damaged(FrontdeskError):
    """Stored bytes no longer have the fingerprint under which they came in."""


def store(database: Database, source: Path) -> Seen:
    """Keep a file's bytes, a chunk at a time; raises Refused for what no chart can keep."""
    seen = look_at(source)
    with source.open("rb") as file:
        _keep(database, seen, file, kept_at=database.clock.now())
    return seen


def store_bytes(database: Database, data: bytes, name: str) -> Seen:
    """Keep bytes that are in memory already: a pasted picture, a finished PDF."""
    file = io.BytesIO(data)
    seen = look_through(file, name)
    file.seek(0)
    _keep(database, seen, file, kept_at=database.clock.now())
    return seen


def keep_made(work: Work, data: bytes, media_type: MediaType) -> str:
    """Keep bytes that a command makes itself, in its own transaction; replayed, it makes the same ones."""
    address = sha256(data).hexdigest()
    connection = work.session.connection()
    if not _is_kept(connection, address):
        _write(connection, Seen(address, len(data), media_type, None), io.BytesIO(data), work.now)
    return address


def read(session: Session, address: str) -> bytes:
    """All bytes of one content, verified; raises Damaged."""
    return b"".join(stream(session, address))


def stream(session: Session, address: str) -> Iterator[bytes]:
    """The bytes a chunk at a time; raises Damaged behind the last chunk where the whole does not fit."""
    hashed = sha256()
    position = 0
    while chunk := session.scalar(
        select(DocumentChunk.bytes).where(DocumentChunk.sha256 == address, DocumentChunk.position == position)
    ):
        hashed.update(chunk)
        position += 1
        yield chunk
    if hashed.hexdigest() != address:
        raise Damaged(
            "The stored bytes of this document are damaged: they are not the ones that came in. "
            "Nothing is shown, so that nobody trusts them. Have the document restored from a backup."
        )


def carry(source: Database, target: Database) -> int:
    """Copy what the target lacks, before intents that name it are replayed there; counts the copies."""
    count = 0
    with Session(source.engines.read) as session:
        for content in session.scalars(select(DocumentContent).order_by(DocumentContent.sha256)):
            seen = Seen(content.sha256, content.size_bytes, content.media_type, content.pages)
            file = io.BytesIO(read(session, content.sha256))
            count += _keep(target, seen, file, kept_at=content.kept_at)
    return count


def _keep(database: Database, seen: Seen, file: BinaryIO, *, kept_at: datetime) -> bool:
    """Whether the bytes were new here."""
    try:
        with database.engines.write.begin() as connection:
            if _is_kept(connection, seen.sha256):
                return False
            _write(connection, seen, file, kept_at)
    except IntegrityError:
        # Another desk kept the same bytes in the same moment; theirs are as good.
        with database.engines.read.connect() as connection:
            if _is_kept(connection, seen.sha256):
                return False
        raise
    except SQLAlchemyError as error:
        raise ours(error) from error
    return True


def _is_kept(connection: Connection, address: str) -> bool:
    found = connection.scalar(select(DocumentContent.sha256).where(DocumentContent.sha256 == address))
    return found is not None


def _write(connection: Connection, seen: Seen, file: BinaryIO, kept_at: datetime) -> None:
    connection.execute(
        insert(DocumentContent).values(
            sha256=seen.sha256,
            size_bytes=seen.size_bytes,
            media_type=seen.media_type,
            pages=seen.pages,
            kept_at=kept_at,
        )
    )
    hashed = sha256()
    for position, chunk in enumerate(iter(lambda: file.read(CHUNK_BYTES), b"")):
        hashed.update(chunk)
        connection.execute(insert(DocumentChunk).values(sha256=seen.sha256, position=position, bytes=chunk))
    if hashed.hexdigest() != seen.sha256:
        raise Refused(
            Finding("The file changed while it was read. Wait until it is complete, then add it again.")
        )
