"""What was entered last time for papers of the same sender or kind: offered, never entered by itself."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from frontdesk.models.records.document import Category, Document, DocumentReading, DocumentState, Sensitivity
from frontdesk.services.command import query
from frontdesk.services.work import Work

_LOOKS_BACK: Final = 300
"""How many of the latest documents are looked at."""
MOST_OFFERED: Final = 8


@dataclass(frozen=True, slots=True)
class Remembered:
    """How the latest document of this sender was entered."""

    source: str
    category: Category | None = None
    author: str = ""
    reader_id: int | None = None
    sensitivity: Sensitivity = Sensitivity.ORDINARY


@query(permission="records.view")
def remembered(work: Work, *, source: str, category: Category | None = None) -> Remembered:
    """Of this sender, and of this part of the chart where it is known; empty where there is none."""
    wanted = select(Document).where(Document.source == source.strip(), Document.state == DocumentState.FILED)
    if not work.actor.may("records.view_sensitive"):
        wanted = wanted.where(Document.sensitivity == Sensitivity.ORDINARY)
    if category is not None:
        wanted = wanted.where(Document.category == category)
    last = work.session.scalars(
        wanted.order_by(Document.filed_at.desc(), Document.id.desc()).limit(1)
    ).first()
    if last is None or not source.strip():
        return Remembered(source.strip())
    reader = work.session.scalar(
        select(DocumentReading.provider_id)
        .where(DocumentReading.document_id == last.id)
        .order_by(DocumentReading.id)
        .limit(1)
    )
    return Remembered(last.source, last.category, last.author, reader, last.sensitivity)


@query(permission="records.view")
def titles(work: Work, *, category: Category | None, source: str = "") -> tuple[str, ...]:
    """The usual titles of this part of the chart: this sender's first, then the commonest."""
    if category is None:
        return ()
    latest = (
        select(Document.title, Document.source)
        .where(
            Document.category == category,
            Document.state == DocumentState.FILED,
            Document.sensitivity == Sensitivity.ORDINARY,
        )
        .order_by(Document.filed_at.desc(), Document.id.desc())
        .limit(_LOOKS_BACK)
    )
    counts: Counter[str] = Counter()
    own: Counter[str] = Counter()
    for title, sender in work.session.execute(latest):
        counts[title] += 1
        own[title] += sender == source.strip() != ""
    ordered = sorted(counts, key=lambda title: (-own[title], -counts[title], title))
    return tuple(ordered[:MOST_OFFERED])


@query(permission="records.view")
def senders(work: Work) -> tuple[str, ...]:
    """Who sent the latest documents, the commonest first."""
    latest = (
        select(Document.source)
        .where(Document.state == DocumentState.FILED, Document.source != "")
        .order_by(Document.filed_at.desc(), Document.id.desc())
        .limit(_LOOKS_BACK)
    )
    counts = Counter(work.session.scalars(latest))
    return tuple(sorted(counts, key=lambda source: (-counts[source], source)))[: 5 * MOST_OFFERED]
