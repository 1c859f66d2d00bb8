"""Reads the text of what came in, beside the office's work: a round at a time, the newest first.

A reader holds the process in which PDFs are opened (`formats.pdf_text`), and ends it where a file takes
too long. Reading a content twice changes nothing; on a server one desk at a time reads for all.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import func, insert, literal_column, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from frontdesk.formats.pdf_text import (
    ANSWER,
    BROKEN,
    CUT,
    HEAD,
    MOST_BYTES,
    MOST_LETTERS,
    Broken,
    Words,
    cleaned,
)
from frontdesk.models.records.content import DocumentContent, MediaType
from frontdesk.models.records.content_text import ContentText, TextState
from frontdesk.models.records.document import Document
from frontdesk.models.records.word_index import SHOWN, missing_from_index, renew
from frontdesk.services.database import Database
from frontdesk.services.engine_errors import ours
from frontdesk.services.records import content

SECONDS: Final = 20.0
"""A file that is not read by then is given up."""
_LOCK: Final = 0x46_44_74_78


def never() -> bool:
    """Nobody asks to stop."""
    return False


class Stopped(Exception):
    """The client ends: what was being read still waits."""


class PdfReader:
    """The other process; started when a PDF comes, and again after one that brought it down."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._busy = threading.Lock()
        self._is_stopped = False

    def words(self, size: int, chunks: Iterator[bytes]) -> Words:
        """The text of a PDF that comes in pieces; raises Broken, and Stopped."""
        with self._busy:
            try:
                return self._answer(size, chunks)
            except Broken:
                if self._is_stopped:
                    raise Stopped from None
                raise

    def stop(self) -> None:
        """From another thread: give up what is being read, and read no more."""
        self._is_stopped = True
        process = self._process
        if process is not None:
            process.kill()
        with self._busy:
            self.close()

    def _answer(self, size: int, chunks: Iterator[bytes]) -> Words:
        if self._is_stopped:
            raise Broken("stopped")
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Timer(self._seconds, process.kill)
        late.start()
        is_whole = False
        try:
            process.stdin.write(HEAD.pack(size))
            for chunk in chunks:
                process.stdin.write(chunk)
            process.stdin.flush()
            head = process.stdout.read(ANSWER.size)
            if len(head) == ANSWER.size:
                verdict, length = ANSWER.unpack(head)
                said = process.stdout.read(length)
                is_whole = len(said) == length
        except OSError as error:  # it ended while it was written to
            raise Broken("the reading process ended") from error
        finally:
            late.cancel()
            if not is_whole:
                self.close()
        if not is_whole or verdict == BROKEN:
            raise Broken("not read")
        return Words(said.decode(), is_cut=verdict == CUT)

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "frontdesk.formats.pdf_text"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # pdfium's complaints quote what stands in the file
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        return self._process


def read_round(
    database: Database,
    reader: PdfReader,
    *,
    seconds: float = 2.0,
    is_stopped: Callable[[], bool] = never,
) -> int:
    """Read what waits, until so much time is over; how many were read. Raises Unavailable."""
    until = time.monotonic() + seconds
    count = 0
    try:
        with _alone(database) as is_alone:
            while is_alone and not is_stopped() and time.monotonic() < until:
                waiting = _waiting(database)
                if waiting is None:
                    break
                _read(database, reader, *waiting)
                count += 1
    except Stopped:
        pass
    except SQLAlchemyError as error:
        raise ours(error) from error
    return count


def read_all(database: Database, *, again: bool = False, reader: PdfReader | None = None) -> int:
    """Read everything that waits, and put right what the index lacks; how many contents were read.

    `again`: what failed before is tried once more.
    """
    own = reader or PdfReader()
    try:
        _prepare(database, again=again)
        return read_round(database, own, seconds=float("inf"))
    except SQLAlchemyError as error:
        raise ours(error) from error
    finally:
        own.close()


def _prepare(database: Database, *, again: bool) -> None:
    """Rows that came in bulk went round the mapper: let them wait too, and give them their entries."""
    with database.engines.write.begin() as connection:
        shown = select(Document.sha256).where(Document.state.in_(SHOWN)).distinct()
        known = select(ContentText.sha256)
        for address in connection.scalars(shown.where(Document.sha256.not_in(known))).all():
            connection.execute(insert(ContentText).values(sha256=address, state=TextState.PENDING, text=""))
        if again:
            connection.execute(
                update(ContentText)
                .where(ContentText.state == TextState.FAILED)
                .values(state=TextState.PENDING)
            )
        for address in missing_from_index(connection):
            renew(connection, address)


def _waiting(database: Database) -> tuple[str, MediaType, int] | None:
    """The content that came last of those that wait."""
    with database.engines.read.connect() as connection:
        row = connection.execute(
            select(DocumentContent.sha256, DocumentContent.media_type, DocumentContent.size_bytes)
            .join(ContentText, ContentText.sha256 == DocumentContent.sha256)
            .where(ContentText.state == literal_column("'pending'"))
            .order_by(DocumentContent.kept_at.desc(), DocumentContent.sha256)
            .limit(1)
        ).one_or_none()
        return None if row is None else (row.sha256, row.media_type, row.size_bytes)


def _read(database: Database, reader: PdfReader, address: str, media_type: MediaType, size: int) -> None:
    state, words = TextState.NO_TEXT, Words("")
    try:
        with Session(database.engines.read) as session:
            words = _words(session, reader, address, media_type, size)
        if words.text:
            state = TextState.TEXT
    except (Broken, content.Damaged, content.Erased):
        state = TextState.FAILED
    with database.engines.write.begin() as connection:
        kept = connection.execute(
            update(ContentText)
            # Another desk may have read it meanwhile, or a disposal erased it.
            .where(ContentText.sha256 == address, ContentText.state == TextState.PENDING)
            .values(state=state, text=words.text, is_cut=words.is_cut, read_at=database.clock.now())
        )
        if kept.rowcount and words.text:
            renew(connection, address)


def _words(session: Session, reader: PdfReader, address: str, media_type: MediaType, size: int) -> Words:
    if media_type is MediaType.PDF:
        if size > MOST_BYTES:
            raise Broken("too large")
        return reader.words(size, content.stream(session, address))
    if media_type not in (MediaType.TEXT, MediaType.X12):
        return Words("")
    read = bytearray()
    for chunk in content.stream(session, address):
        if len(read) <= 4 * MOST_LETTERS:  # no letter has more bytes
            read += chunk
    return cleaned(read.decode("utf-8", errors="ignore"))


@contextmanager
def _alone(database: Database) -> Iterator[bool]:
    """Whether this desk reads now: on a server one does for all, on a file whoever has it open."""
    if not database.engines.on_server:
        yield True
        return
    with database.engines.write.connect() as connection:
        is_alone = bool(connection.scalar(select(func.pg_try_advisory_lock(_LOCK))))
        connection.commit()
        try:
            yield is_alone
        finally:
            if is_alone:
                connection.scalar(select(func.pg_advisory_unlock(_LOCK)))
            connection.commit()
