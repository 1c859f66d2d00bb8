"""Many files kept at once: read, looked through and encrypted on one thread while another writes.

A batch is one transaction, so that the disk is waited for once in a while and not once a file. What
cannot be kept is told in its place, and holds nothing else up.
"""

import io
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from frontdesk.kernel.errors import Refused
from frontdesk.models.records.content import DocumentChunk, DocumentContent, DocumentKey
from frontdesk.services.database import Database
from frontdesk.services.engine_errors import ours
from frontdesk.services.records import content
from frontdesk.services.records.chunk_cipher import ChunkCipher, new_key
from frontdesk.services.records.sniff import CHUNK_BYTES, Seen, look_at, look_through, unreadable
from frontdesk.services.work import Progress

BATCH_BYTES: Final = 16 * 1024 * 1024
_LARGE_BYTES: Final = 4 * 1024 * 1024
"""From here on a file is kept by itself, a chunk at a time."""
_BATCH_FILES: Final = 500
Row = dict[str, Any]  # a column each


@dataclass(frozen=True, slots=True)
class _Taken:
    """A small file, read whole and ready to be written; or where a large one lies, or why not."""

    source: Path
    seen: Seen | Refused | None
    key: bytes = b""
    chunks: tuple[bytes, ...] = ()


def _nobody_watches(done: int, of: int) -> None: ...


def store_all(
    database: Database, sources: Sequence[Path], progress: Progress = _nobody_watches
) -> tuple[Seen | Refused, ...]:
    """Keep each file's bytes; in the files' order what was seen, or why one cannot be kept.

    `progress` may raise Cancelled between two batches; what was kept until then stays.
    """
    told: list[Seen | Refused] = []
    with ThreadPoolExecutor(max_workers=1) as reader:
        batches = iter(_batches(sources))
        ahead = reader.submit(next, batches, None)
        while (batch := ahead.result()) is not None:
            ahead = reader.submit(next, batches, None)
            told += _kept(database, batch)
            progress(len(told), len(sources))
    return tuple(told)


def _batches(sources: Sequence[Path]) -> Iterator[list[_Taken]]:
    batch: list[_Taken] = []
    size = 0
    for source in sources:
        taken = _taken(source)
        batch.append(taken)
        size += sum(map(len, taken.chunks))
        if size >= BATCH_BYTES or len(batch) == _BATCH_FILES or taken.seen is None:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _taken(source: Path) -> _Taken:
    try:
        if not source.is_file():
            look_at(source)  # says what it is instead
        if source.stat().st_size > _LARGE_BYTES:
            return _Taken(source, None)
        data = source.read_bytes()
        seen = look_through(io.BytesIO(data), source.name)
    except Refused as refused:
        return _Taken(source, refused)
    except (OSError, ValueError):
        return _Taken(source, unreadable())
    key = new_key()
    cipher = ChunkCipher(seen.sha256, seen.size_bytes, key)
    places = range(0, len(data), CHUNK_BYTES)
    chunks = tuple(cipher.sealed(position, data[at : at + CHUNK_BYTES]) for position, at in enumerate(places))
    return _Taken(source, seen, key, chunks)


def _kept(database: Database, batch: list[_Taken]) -> list[Seen | Refused]:
    small = {taken.seen.sha256: taken for taken in batch if isinstance(taken.seen, Seen)}
    try:
        with database.engines.write.begin() as connection:
            known = _known(connection, list(small))
            _write(connection, [taken for address, taken in small.items() if address not in known], database)
            alone = {address for address, has_bytes in known.items() if not has_bytes}
    except IntegrityError:
        alone = set(small)  # another desk kept one of them in the same moment
    except SQLAlchemyError as error:
        raise ours(error) from error
    told: list[Seen | Refused] = []
    for taken in batch:
        if isinstance(taken.seen, Refused):
            told.append(taken.seen)
        elif taken.seen is None or taken.seen.sha256 in alone:
            told.append(_by_itself(database, taken.source))
        else:
            told.append(taken.seen)
    return told


def _by_itself(database: Database, source: Path) -> Seen | Refused:
    try:
        return content.store(database, source)
    except Refused as refused:
        return refused


def _known(connection: Connection, addresses: list[str]) -> dict[str, bool]:
    """Those with a stub here, and whether they have their bytes: an erased one may come in again."""
    found = connection.execute(
        select(DocumentContent.sha256, DocumentKey.generation)
        .outerjoin(DocumentKey, DocumentKey.sha256 == DocumentContent.sha256)
        .where(DocumentContent.sha256.in_(addresses))
    )
    return {address: generation is not None for address, generation in found}


def _write(connection: Connection, batch: list[_Taken], database: Database) -> None:
    contents: list[Row] = []
    keys: list[Row] = []
    chunks: list[Row] = []
    for taken in sorted(batch, key=_address):  # two desks' batches wait for each other in one order only
        seen = taken.seen
        assert isinstance(seen, Seen)
        contents.append(
            {
                "sha256": seen.sha256,
                "size_bytes": seen.size_bytes,
                "media_type": seen.media_type,
                "pages": seen.pages,
                "kept_at": database.clock.now(),
            }
        )
        keys.append({"sha256": seen.sha256, "generation": 0, "key": taken.key})
        chunks += (
            {"sha256": seen.sha256, "position": position, "bytes": chunk}
            for position, chunk in enumerate(taken.chunks)
        )
    if contents:
        connection.execute(insert(DocumentContent), contents)
        connection.execute(insert(DocumentKey), keys)
        connection.execute(insert(DocumentChunk), chunks)


def _address(taken: _Taken) -> str:
    assert isinstance(taken.seen, Seen)
    return taken.seen.sha256
