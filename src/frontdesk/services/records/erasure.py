"""Cryptographic erasure: the key of one content is destroyed, its index stub stays.

The row that says so takes the key with it, in the same statement, by a trigger; neither goes alone.
What a copy of the data from before still holds (a backup, a server's own log) is for whoever keeps that
copy to destroy: `docs/documents.md`.
"""

from collections.abc import Collection
from typing import Any, Final

from sqlalchemy import Column, delete, exists, func, select
from sqlalchemy.orm import Session

from frontdesk.kernel.errors import Finding, FrontdeskError, NotFound, Refused
from frontdesk.models import every_table
from frontdesk.models.records.content import DocumentChunk, DocumentContent, DocumentErasure, DocumentKey
from frontdesk.models.records.document import Document, DocumentState
from frontdesk.services.database import Database
from frontdesk.services.records import text
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_document_key", "The key of a document goes only with a record of its erasure.")
says("document_key_erased", "The content of this document was erased. Its old key cannot come back.")
says("append_only_document_erasure", "That a document was erased is never changed or deleted.")

_OWN: Final = {"document_chunk", "document_erasure"}
_SHOWN = (DocumentState.TO_FILE, DocumentState.FILED)


class Erased(FrontdeskError):
    """The bytes were destroyed when their time was over."""

    def __init__(self) -> None:
        super().__init__(
            "The content of this document was destroyed when its time was over. "
            "Its entry stays as proof; the pages cannot be brought back."
        )


def is_erased(session: Session, address: str) -> bool:
    """Whether the content was here once and nothing opens it any more."""
    kept = exists().where(DocumentKey.sha256 == DocumentContent.sha256)
    return (
        session.scalar(select(DocumentContent.sha256).where(DocumentContent.sha256 == address, ~kept))
        is not None
    )


def arrived(work: Work, address: str) -> DocumentContent | None:
    """The content with its bytes, which stay until this work is done; None where they are not here.

    Whoever gives a content to a document asks here: what is being erased meanwhile has not arrived. A stub
    without an erasure was carried here, and its erasure is yet to be replayed.
    """
    content = work.session.get(
        DocumentContent, address, populate_existing=True, with_for_update={"read": True, "key_share": True}
    )
    if content is None or (is_erased(work.session, address) and _erasures(work.session, address)):
        return None
    return content


def in_use_by(
    session: Session, address: str, *, besides: Collection[int] = (), also_withdrawn: bool = False
) -> tuple[str, ...]:
    """What still shows these bytes, besides these documents: "document 17", "claim batch 4"."""
    states = tuple(DocumentState) if also_withdrawn else _SHOWN
    users = []
    for column in naming_columns():
        table = column.table
        key = next(iter(table.primary_key.columns))
        asked = select(key).where(column == address).order_by(key)
        if table is Document.__table__:
            asked = asked.where(Document.state.in_(states), Document.id.not_in(besides))
        elif "document_id" in table.c:
            shown = exists().where(Document.id == table.c.document_id, Document.state.in_(states))
            asked = asked.where(table.c.document_id.not_in(besides), shown)
        users += [f"{table.name.replace('_', ' ')} {id}" for id in session.scalars(asked)]
    return tuple(users)


def erase(
    work: Work, *, sha256: str, reason: str, documents: Collection[int] = (), run_id: int | None = None
) -> bool:
    """Destroy the key and the text of one content, inside the caller's command; False where it was gone.

    `documents` are those that give it up. Refused while any other document, or anything else, shows it.
    """
    if not reason.strip():
        raise Refused(Finding("Write why the content is erased.", "reason"))
    # From here on no other desk can give these bytes to a document.
    if work.session.get(DocumentContent, sha256, populate_existing=True, with_for_update=True) is None:
        raise NotFound("This content is not here. Nothing was erased.")
    users = in_use_by(work.session, sha256, besides=documents)
    if users:
        raise Refused(
            Finding(f"These bytes cannot be erased: they are still shown by {', '.join(users)}.", "sha256")
        )
    work.flush()
    has_key = work.session.scalar(select(DocumentKey.generation).where(DocumentKey.sha256 == sha256))
    generation = _erasures(work.session, sha256)
    if has_key is None and generation:
        return False
    _overwrite(work.session, deleted=True)
    work.add(
        DocumentErasure(
            sha256=sha256,
            generation=generation,
            erased_at=work.now,
            erased_by_id=work.actor.user_id,
            reason=reason.strip(),
            run_id=run_id,
        )
    )
    work.flush()
    text.forget(work, sha256)
    _overwrite(work.session, deleted=False)  # what nothing opens need not be overwritten
    work.session.execute(delete(DocumentChunk).where(DocumentChunk.sha256 == sha256))
    return True


def scrub(database: Database) -> None:
    """Once erasures are committed: leave no older copy of their keys in the engine's own files."""
    raw = database.engines.write.raw_connection()
    driver: Any = raw.driver_connection  # Any: a connection of either driver
    try:
        if database.engines.on_server:
            driver.autocommit = True
            driver.execute("VACUUM document_key")
            driver.autocommit = False
        else:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def _erasures(session: Session, address: str) -> int:
    return session.scalar(select(func.count()).where(DocumentErasure.sha256 == address)) or 0


def _overwrite(session: Session, *, deleted: bool) -> None:
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA secure_delete = {'ON' if deleted else 'OFF'}")


def naming_columns() -> list[Column[Any]]:
    """Every column that names a content by its address; not those of what is derived from one."""
    return [
        key.parent
        for table in every_table()
        if table.name not in _OWN
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.target_fullname == "document_content.sha256" and not key.parent.primary_key
    ]
