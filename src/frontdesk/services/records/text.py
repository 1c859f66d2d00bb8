"""The text of documents, once for each content: what search finds, and what a chart is guessed from.

It is read beside the office's work (`text_reading`), never in a command, and may always be read again.
`content.erase` calls `forget` in the same command: the text and every word of it in the index are then
gone, and the content is not read again unless the same bytes come in once more.
"""

from dataclasses import dataclass

from sqlalchemy import func, select

from frontdesk.models.records.content_text import ContentText
from frontdesk.models.records.content_text import TextState as TextState
from frontdesk.models.records.document import Document, Sensitivity
from frontdesk.models.records.word_index import SHOWN, erase
from frontdesk.services.command import query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class FoundText:
    """What is known of a content's text."""

    state: TextState
    text: str = ""
    is_cut: bool = False
    """Whether there is more than was read."""


@dataclass(frozen=True, slots=True)
class TextCounts:
    """How far reading is."""

    with_text: int
    without_text: int
    failed: int
    pending: int


@query(permission="records.view")
def text_of(work: Work, *, sha256: str) -> FoundText:
    """The text of a content; empty for whoever may not see a sensitive document that shows it."""
    row = work.session.get(ContentText, sha256)
    if row is None:
        return FoundText(TextState.PENDING)
    if not work.actor.may("records.view_sensitive") and _is_sensitive(work, sha256):
        return FoundText(row.state)
    return FoundText(row.state, row.text, row.is_cut)


@query(permission="records.view")
def state_of(work: Work, *, document_id: int) -> FoundText:
    """Whether the text of a document can be searched, without the text."""
    row = work.session.execute(
        select(ContentText.state, ContentText.is_cut)
        .join(Document, Document.sha256 == ContentText.sha256)
        .where(Document.id == document_id)
    ).one_or_none()
    return FoundText(TextState.PENDING) if row is None else FoundText(row.state, is_cut=row.is_cut)


@query(permission="records.view")
def counts(work: Work) -> TextCounts:
    """How many contents of documents hold text, hold none, failed, or wait to be read."""
    contents = select(Document.sha256).where(Document.state.in_(SHOWN)).distinct().subquery()
    rows = work.session.execute(
        select(ContentText.state, func.count())
        .select_from(contents)
        .outerjoin(ContentText, ContentText.sha256 == contents.c.sha256)
        .group_by(ContentText.state)
    )
    found = dict.fromkeys(TextState, 0)
    for state, count in rows:
        found[state or TextState.PENDING] += count
    return TextCounts(
        found[TextState.TEXT], found[TextState.NO_TEXT], found[TextState.FAILED], found[TextState.PENDING]
    )


def forget(work: Work, sha256: str) -> None:
    """Take a content's text and its entries in the index out, for `content.erase`; part of a command."""
    work.flush()
    erase(work.session.connection(), sha256)
    work.session.expire_all()


def _is_sensitive(work: Work, sha256: str) -> bool:
    guarded = select(Document.id).where(
        Document.sha256 == sha256, Document.sensitivity != Sensitivity.ORDINARY
    )
    return work.session.scalar(guarded.limit(1)) is not None
