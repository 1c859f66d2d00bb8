"""The full-text index of documents: titles, sources and text as plain words, kept in step by the mapper.

Each engine has its own: FTS5 on a file, text search vectors on a server. Neither splits or folds words
itself; `search_words` does, so that the same question finds the same documents on both. Nothing here is
history: an entry goes when its document is withdrawn or its content erased, and takes its words with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, event, inspect, select, text
from sqlalchemy.orm import InstanceState

from frontdesk.kernel.words import search_words
from frontdesk.models.guards import also_create
from frontdesk.models.records.content_text import ContentText, TextState
from frontdesk.models.records.document import Document, DocumentState

MOST_PLACES: Final = 16_000
"""Words of one entry whose places PostgreSQL can tell apart (it knows 16,383)."""
_MOST_PER_WORD = 255
WORD_TABLES: Final = ("document_words", "document_headings")
"""The FTS5 tables of a file."""
SHOWN: Final = (DocumentState.TO_FILE, DocumentState.FILED)
"""The states of a document in which it is found."""
_GAP = 2
"""Between title, source and text: no phrase reaches across."""

also_create(
    Document,
    sqlite="CREATE VIRTUAL TABLE document_words USING fts5"
    "(title, source, author, text, tokenize='ascii', prefix='2 3')",
    postgresql="CREATE TABLE document_words (document_id BIGINT PRIMARY KEY, heading tsvector NOT NULL,"
    " words tsvector NOT NULL, long_text TEXT NOT NULL)",
)
also_create(
    Document,
    # A deleted word is gone from the file, not only from the answers.
    sqlite="INSERT INTO document_words (document_words, rank) VALUES ('secure-delete', 1)",
    postgresql="CREATE INDEX ix_document_words_heading ON document_words USING gin (heading)",
)
also_create(
    Document,
    # Titles by themselves: to find a common word in them one need not look through all texts that hold it.
    sqlite="CREATE VIRTUAL TABLE document_headings USING fts5"
    "(title, source, author, tokenize='ascii', prefix='2 3')",
    postgresql="CREATE INDEX ix_document_words_words ON document_words USING gin (words)",
)
also_create(
    Document, sqlite="INSERT INTO document_headings (document_headings, rank) VALUES ('secure-delete', 1)"
)


@dataclass(frozen=True, slots=True)
class WordEntry:
    """What one document is found by."""

    document_id: int
    title: str
    source: str
    author: str
    text: str


def keep(connection: Connection, entries: Sequence[WordEntry]) -> None:
    """Write entries, over what stood there before."""
    if not entries:
        return
    if connection.dialect.name == "sqlite":
        drop(connection, [entry.document_id for entry in entries])
        written = [_for_file(entry) for entry in entries]
        connection.execute(_KEEP_IN_FILE, written)
        connection.execute(_KEEP_HEADING_IN_FILE, written)
    else:
        connection.execute(_KEEP_ON_SERVER, [_for_server(entry) for entry in entries])


def drop(connection: Connection, document_ids: Sequence[int]) -> None:
    """Take entries out; one that is not there is no mistake."""
    is_file = connection.dialect.name == "sqlite"
    for statement in (_DROP_IN_FILE, _DROP_HEADING_IN_FILE) if is_file else (_DROP_ON_SERVER,):
        if document_ids:
            connection.execute(statement, [{"id": document_id} for document_id in document_ids])


def renew(connection: Connection, sha256: str) -> None:
    """Write the entries of all documents that show a content, as its text now is."""
    columns = (Document.title, Document.arrived_as, Document.source, Document.author)
    rows = connection.execute(select(Document.id, Document.state, *columns).where(Document.sha256 == sha256))
    found = rows.all()
    read = _text_of(connection, sha256) if found else None
    drop(connection, [row.id for row in found])
    if read is not None:
        shown = [row for row in found if row.state in SHOWN]
        keep(
            connection,
            [WordEntry(row.id, row.title or row.arrived_as, row.source, row.author, read) for row in shown],
        )


def missing_from_index(connection: Connection) -> tuple[str, ...]:
    """The contents of documents that have no entry and should; what came in bulk went round the mapper."""
    is_file = connection.dialect.name == "sqlite"
    known = "SELECT id FROM document_words_docsize" if is_file else "SELECT document_id FROM document_words"
    statement = text(
        "SELECT DISTINCT document.sha256 FROM document"
        " JOIN content_text ON content_text.sha256 = document.sha256 AND content_text.state <> 'erased'"
        f" WHERE document.state IN ('to_file', 'filed') AND document.id NOT IN ({known}) ORDER BY 1"
    )
    return tuple(connection.scalars(statement))


def _text_of(connection: Connection, sha256: str) -> str | None:
    """The text, empty while it is not read; None where the content was erased."""
    row = connection.execute(
        select(ContentText.state, ContentText.text).where(ContentText.sha256 == sha256)
    ).one_or_none()
    if row is None:
        return ""
    return None if row.state is TextState.ERASED else str(row.text)


# -- the mapper keeps it in step -------------------------------------------------

_WATCHED: Final = ("title", "source", "author", "state", "sha256")


@event.listens_for(Document, "after_insert")
def _added(_: object, connection: Connection, document: Document) -> None:
    connection.execute(_TO_READ, {"sha256": document.sha256})
    _write(connection, document)


@event.listens_for(Document, "after_update")
def _changed(_: object, connection: Connection, document: Document) -> None:
    state: InstanceState[Document] = inspect(document)
    if any(state.attrs[name].history.has_changes() for name in _WATCHED):
        _write(connection, document)


def erase(connection: Connection, sha256: str) -> None:
    """Take a content's text out, and all its documents out of the index."""
    connection.execute(_ERASE, {"sha256": sha256})
    renew(connection, sha256)


def _write(connection: Connection, document: Document) -> None:
    read = _text_of(connection, document.sha256) if document.state in SHOWN else None
    if read is None:
        drop(connection, [document.id])
    else:
        title = document.title or document.arrived_as or ""
        entry = WordEntry(document.id, title, document.source or "", document.author or "", read)
        keep(connection, [entry])


# -- as each engine wants it ------------------------------------------------------

_KEEP_IN_FILE = text(
    "INSERT INTO document_words (rowid, title, source, author, text)"
    " VALUES (:id, :title, :source, :author, :text)"
)
_KEEP_HEADING_IN_FILE = text(
    "INSERT INTO document_headings (rowid, title, source, author) VALUES (:id, :title, :source, :author)"
)
_KEEP_ON_SERVER = text(
    "INSERT INTO document_words (document_id, heading, words, long_text)"
    " VALUES (:id, CAST(:heading AS tsvector), CAST(:words AS tsvector), :long_text)"
    " ON CONFLICT (document_id) DO UPDATE SET heading = excluded.heading, words = excluded.words,"
    " long_text = excluded.long_text"
)
_TO_READ = text(
    "INSERT INTO content_text (sha256, state, text, is_cut) VALUES (:sha256, 'pending', '', false)"
    " ON CONFLICT DO NOTHING"
)
_ERASE = text(
    "INSERT INTO content_text (sha256, state, text, is_cut) VALUES (:sha256, 'erased', '', false)"
    " ON CONFLICT (sha256) DO UPDATE SET state = 'erased', text = '', is_cut = false, read_at = NULL"
)
_DROP_IN_FILE = text("DELETE FROM document_words WHERE rowid = :id")
_DROP_HEADING_IN_FILE = text("DELETE FROM document_headings WHERE rowid = :id")
_DROP_ON_SERVER = text("DELETE FROM document_words WHERE document_id = :id")


def _for_file(entry: WordEntry) -> dict[str, Any]:  # Any: a statement's values
    fields = {"title": entry.title, "source": entry.source, "author": entry.author, "text": entry.text}
    return {"id": entry.document_id, **{name: " ".join(search_words(said)) for name, said in fields.items()}}


def _for_server(entry: WordEntry) -> dict[str, Any]:  # Any: as above
    weighed = ((entry.title, "A"), (entry.source, "B"), (entry.author, "C"), (entry.text, ""))
    heading: dict[str, list[str]] = {}
    words: dict[str, list[str]] = {}
    place = 1
    for said, weight in weighed:
        found = search_words(said)
        for number, word in enumerate(found, start=place):
            where = f"{min(number, MOST_PLACES)}{weight}"
            for places in (words, heading) if weight else (words,):
                _note(places, word, where)
        place += len(found) + _GAP
    long_text = f" {' '.join(search_words(entry.text))} " if place > MOST_PLACES else ""
    return {
        "id": entry.document_id,
        "heading": _vector(heading),
        "words": _vector(words),
        "long_text": long_text,
    }


def _note(places: dict[str, list[str]], word: str, where: str) -> None:
    known = places.setdefault(word, [])
    if len(known) < _MOST_PER_WORD and (not known or known[-1] != where):
        known.append(where)


def _vector(places: dict[str, list[str]]) -> str:
    return " ".join(f"'{word}':{','.join(where)}" for word, where in places.items())
