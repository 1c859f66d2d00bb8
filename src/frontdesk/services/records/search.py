"""Finding documents by their words, in one chart or in all of them.

What the desk shows is bounded: of the newest documents that fit, those whose title, source or author
fits come first. Nothing is scored, so that both engines give the same list in the same time.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final, NamedTuple

from sqlalchemy import select, text

from frontdesk.kernel.names import last_first
from frontdesk.models.records.content_text import ContentText, TextState
from frontdesk.models.records.document import Category, Document, DocumentState, Sensitivity
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared
from frontdesk.services.records import search_terms, snippets
from frontdesk.services.records.search_terms import Asked, Sought
from frontdesk.services.records.snippets import Marks
from frontdesk.services.work import Work

LIMIT: Final = 50
_NEWEST: Final = (
    "SELECT document_id, words, long_text FROM document_words ORDER BY document_id DESC LIMIT 1000"
)
_MOST_OF_CHART: Final = 2_000
_LONG: Final = 40_000
_AROUND: Final = 4_000
"""Of a long text only this much is fetched, around the first place of the word."""


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document that fits, and where what was typed stands in it."""

    document_id: int
    patient_id: int | None
    patient_name: str
    chart_number: str
    category: Category | None
    title: str
    title_marks: Marks
    source: str
    source_marks: Marks
    on: date
    """Its own date, else the day on which it came."""
    is_filed: bool
    is_sensitive: bool
    text_state: TextState
    snippet: str
    snippet_marks: Marks


@dataclass(frozen=True, slots=True)
class FoundText:
    """A document of one chart that fits, and the line of its text that does, if that does."""

    document_id: int
    snippet: str
    snippet_marks: Marks


@dataclass(frozen=True, slots=True)
class FoundDocuments:
    """The answer to one state of the field."""

    typed: str
    documents: tuple[FoundDocument, ...]
    has_more: bool


@query(permission="records.view")
def find(work: Work, *, typed: str, limit: int = LIMIT) -> FoundDocuments:
    """Documents of all charts and of the tray; those whose title or source fits first, then the newest."""
    asked = search_terms.understand(typed)
    if not asked:
        return FoundDocuments(typed, (), has_more=False)
    ids = dict.fromkeys(_ids(work, asked, limit + 1, in_heading=True) if asked.sought else (), True)
    if len(ids) <= limit:
        ids = {**dict.fromkeys(_ids(work, asked, limit + 1), False), **ids}
    order = sorted(ids, key=lambda document_id: (ids[document_id], document_id), reverse=True)
    found = _documents(work, asked, order[:limit])
    # What came last is not always what is newest: a lab sends last year's result today.
    by_date = sorted(found, key=lambda one: (ids[one.document_id], one.on, one.document_id), reverse=True)
    return FoundDocuments(typed, tuple(by_date), len(ids) > limit)


def found_in_chart(work: Work, patient_id: int, typed: str) -> dict[int, FoundText]:
    """The documents of a chart that fit, by their id; for the chart's own list."""
    asked = search_terms.understand(typed)
    if not asked:
        return {}
    ids = _ids(work, asked, _MOST_OF_CHART, patient_id=patient_id)
    rows = work.session.execute(select(Document.id, Document.sha256).where(Document.id.in_(ids)))
    addresses = {row.id: row.sha256 for row in rows}
    lines = _lines(work, asked.to_mark, tuple(addresses.values()))
    return {
        document_id: FoundText(document_id, *lines.get(addresses[document_id], _NOTHING)[1:])
        for document_id in ids
    }


def _documents(work: Work, asked: Asked, ids: Sequence[int]) -> tuple[FoundDocument, ...]:
    is_server = _is_on_server(work)
    rows = [_Row._make(row) for row in _rows_of(is_server).rows(work.session, {"ids": _list(is_server, ids)})]
    to_mark = asked.to_mark
    lines = _lines(work, to_mark, tuple(dict.fromkeys(row.sha256 for row in rows)))
    found = []
    for row in rows:
        state, line, marked = lines.get(row.sha256, _NOTHING)
        title = row.title or row.arrived_as or "Without a title"
        found.append(
            FoundDocument(
                document_id=row.id,
                patient_id=row.patient_id,
                patient_name=last_first(row.last, row.first) if row.patient_id else "",
                chart_number=row.chart_number or "",
                category=row.category,
                title=title,
                title_marks=snippets.marks(title, to_mark),
                source=row.source,
                source_marks=snippets.marks(row.source, asked.sought),
                on=row.document_on or work.wall(row.received_at).date(),
                is_filed=row.state is DocumentState.FILED,
                is_sensitive=row.sensitivity is not Sensitivity.ORDINARY,
                text_state=state,
                snippet=line,
                snippet_marks=marked,
            )
        )
    return tuple(found)


class _Row(NamedTuple):
    """A document as `_rows_of` reads it."""

    id: int
    patient_id: int | None
    category: Category | None
    title: str
    source: str
    arrived_as: str
    document_on: date | None
    received_at: datetime
    state: DocumentState
    sensitivity: Sensitivity
    sha256: str
    last: str
    first: str
    chart_number: str | None


_Line = tuple[TextState, str, Marks]
_NOTHING: Final[_Line] = (TextState.PENDING, "", ())


def _lines(work: Work, to_mark: Sequence[Sought], addresses: Sequence[str]) -> dict[str, _Line]:
    """The state of each content's text, and the line of it that fits."""
    longest = max((word for one in to_mark for word in one.words), key=len, default="")
    is_server = _is_on_server(work)
    values = {"addresses": _list(is_server, addresses), "word": longest, "long": _LONG, "around": _AROUND}
    lines: dict[str, _Line] = {}
    for address, state, said, is_part in _texts_of(is_server).rows(work.session, values):
        line, marked = snippets.snippet(said, to_mark)
        if is_part and not line and to_mark:
            whole = select(ContentText.text).where(ContentText.sha256 == address)
            line, marked = snippets.snippet(work.session.scalars(whole).one(), to_mark)
        lines[address] = (TextState(state), line, marked)
    return lines


# -- statements ----------------------------------------------------------------------


def _is_on_server(work: Work) -> bool:
    return work.session.get_bind().dialect.name == "postgresql"


def _list(is_server: bool, values: Sequence[int] | Sequence[str]) -> object:
    """Several values in one, so that the statement is the same for any number of them."""
    return list(values) if is_server else json.dumps(list(values))


def _is_among(is_server: bool, column: str, name: str) -> str:
    return f"{column} = ANY(:{name})" if is_server else f"{column} IN (SELECT value FROM json_each(:{name}))"


@cache
def _rows_of(is_server: bool) -> Prepared:
    return Prepared(
        select(
            Document.id,
            Document.patient_id,
            Document.category,
            Document.title,
            Document.source,
            Document.arrived_as,
            Document.document_on,
            Document.received_at,
            Document.state,
            Document.sensitivity,
            Document.sha256,
            Patient.legal_last,
            Patient.legal_first,
            Patient.chart_number,
        )
        .outerjoin(Patient, Patient.id == Document.patient_id)
        .where(text(_is_among(is_server, "document.id", "ids")))
    )


@cache
def _texts_of(is_server: bool) -> Prepared:
    """The texts; of a long one what stands around the first place of a word."""
    at = "greatest(1, strpos" if is_server else "max(1, instr"
    part = f"substr(text, {at}(lower(text), :word) - 200), :around)"
    among = _is_among(is_server, "sha256", "addresses")
    return Prepared(
        text(
            f"SELECT sha256, state, CASE WHEN length(text) <= :long THEN text ELSE {part} END,"
            f" length(text) > :long FROM content_text WHERE {among}"
        )
    )


# -- the index ---------------------------------------------------------------------


def _ids(
    work: Work, asked: Asked, limit: int, *, patient_id: int | None = None, in_heading: bool = False
) -> list[int]:
    """The newest documents that fit and that this person may see, newest first."""
    is_server = _is_on_server(work)
    values: dict[str, object] = {"limit": limit}
    if patient_id is not None:
        values["patient"] = patient_id
    for place, category in enumerate(asked.categories):
        values[f"category{place}"] = category.value
    phrases = len(asked.phrases) if is_server and not in_heading else 0
    if asked.sought and is_server:
        say = search_terms.for_server_loosely if phrases else search_terms.for_server
        values["sought"] = say(asked.sought)
        for place, one in enumerate(asked.phrases[:phrases]):
            values[f"phrase{place}"] = search_terms.for_server([one])
            values[f"like{place}"] = f"% {' '.join(one.words)}{'' if one.is_begun else ' '}%"
    elif asked.sought:
        values["sought"] = search_terms.for_file(asked.sought)
    has_words, sees_all = bool(asked.sought), work.actor.may("records.view_sensitive")
    shape = (
        is_server,
        has_words,
        in_heading,
        patient_id is not None,
        len(asked.categories),
        phrases,
        sees_all,
    )
    if is_server and has_words and not in_heading and patient_id is None:
        # A word that most documents hold: the newest are looked through before the server fetches them all.
        rows = _statement(*shape, among_newest=True).rows(work.session, values)
        if len(rows) >= limit:
            return [row[0] for row in rows]
    return [row[0] for row in _statement(*shape).rows(work.session, values)]


@cache
def _statement(
    is_server: bool,
    has_words: bool,
    in_heading: bool,
    in_chart: bool,
    categories: int,
    phrases: int,
    sees_all: bool,
    *,
    among_newest: bool = False,
) -> Prepared:
    wanted = ["document.state IN ('to_file', 'filed')"]
    if in_chart:
        wanted.append("document.patient_id = :patient")
    if not sees_all:
        wanted.append("document.sensitivity = 'ordinary'")
    if categories:
        places = ", ".join(f":category{place}" for place in range(categories))
        wanted.append(f"document.category IN ({places})")
    tables, order = "document", "document.id"
    if has_words and is_server:
        index = f"({_NEWEST}) AS document_words" if among_newest else "document_words"
        tables = f"{index} JOIN document ON document.id = document_words.document_id"
        order = "document_words.document_id"
        column = "heading" if in_heading else "words"
        wanted.append(f"document_words.{column} @@ CAST(:sought AS tsquery)")
        wanted += [
            f"(document_words.words @@ CAST(:phrase{place} AS tsquery)"
            f" OR document_words.long_text LIKE :like{place})"
            for place in range(phrases)
        ]
    elif has_words:
        index = "document_headings" if in_heading else "document_words"
        wanted.append(f"{index} MATCH :sought")
        # In a chart the chart leads; among all documents the index does, newest first.
        first, then = ("document", index) if in_chart else (index, "document")
        tables = f"{first} CROSS JOIN {then} ON {index}.rowid = document.id"
        order = "document.id" if in_chart else f"{index}.rowid"
    where = " AND ".join(wanted)
    return Prepared(
        text(f"SELECT document.id FROM {tables} WHERE {where} ORDER BY {order} DESC LIMIT :limit")
    )
