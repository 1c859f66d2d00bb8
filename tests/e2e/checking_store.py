"""A byte of a stored document turns, as on a failing disk; the check of the store says in which."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.models.records.document import Document, DocumentState
from frontdesk.services.records import checking
from tests.builders.records import flip_a_byte
from tests.e2e.tour import Tour


def names_the_flipped_byte(tour: Tour) -> str:
    """What `frontdesk db check` says before, with the byte turned, and with it turned back."""
    database = tour.driver.desk.database
    before = checking.check(database, lambda done, of: None)
    assert before.broken == (), before.broken
    with Session(database.engines.read) as session:
        filed = select(Document.id, Document.sha256).where(Document.state == DocumentState.FILED)
        document_id, address = session.execute(filed.order_by(Document.id).limit(1)).one()
    flip_a_byte(database, address)
    try:
        (told,) = checking.check(database, lambda done, of: None).broken
    finally:
        flip_a_byte(database, address)
    assert told.startswith("Document ")
    assert str(document_id) in told
    return f"{before.contents} contents read, one byte flipped: {told}"
