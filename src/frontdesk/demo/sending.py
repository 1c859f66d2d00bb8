"""Two evenings on which claim files were made and sent, by the real commands; the rest waits to be sent.

Since then one payer takes paper.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.kernel.clock import SetClock
from frontdesk.models.billing.claims import Claim, ClaimState
from frontdesk.services.billing import batches, claims, paper_payers
from frontdesk.services.billing.paper_payers import PaperRule
from frontdesk.services.database import Database
from frontdesk.services.work import SYSTEM

EVENINGS: Final = (datetime(2026, 3, 4, 17, 40), datetime(2026, 3, 12, 17, 40))
REJECTED: Final = (
    ("A7:562", "NPI of the billing provider not valid"),
    ("A7:164", "Member number not valid"),
    ("A3:116", "Sent to the wrong payer"),
)


def send(database: Database, clock: SetClock) -> None:
    """Check and send what was ready on each evening, take in three rejections, check what came since."""
    for evening in EVENINGS:
        clock.set(instant(evening))
        ready = _ready(database, until=evening)
        if not ready:
            continue
        built = database.do(SYSTEM, batches.build, claim_ids=ready).result
        for batch_id in built.batch_ids:
            database.do(SYSTEM, batches.mark_sent, batch_id=batch_id)
    clock.set(instant(datetime(2026, 3, 13, 8, 5)))
    for claim_id, (code, sentence) in zip(_sent(database), REJECTED, strict=False):
        database.do(
            SYSTEM, claims.record_answer, claim_id=claim_id, is_accepted=False, code=code, sentence=sentence
        )
    clock.set(STARTS_AT)
    database.do(SYSTEM, claims.check, claim_ids=_ready(database, until=datetime(2026, 3, 17)))
    if (smallest := _smallest(database)) is not None:
        database.do(SYSTEM, paper_payers.set_paper, payer_id=smallest, rule=PaperRule())


def _smallest(database: Database) -> int | None:
    """The payer with the fewest claims that are ready; a very small practice has none."""
    with Session(database.engines.read) as session:
        found = (
            select(Claim.payer_id)
            .where(Claim.state == ClaimState.READY)
            .group_by(Claim.payer_id)
            .order_by(func.count(), Claim.payer_id)
        )
        return session.scalars(found.limit(1)).first()


def _ready(database: Database, *, until: datetime) -> tuple[int, ...]:
    with Session(database.engines.read) as session:
        found = select(Claim.id).where(
            Claim.state == ClaimState.READY, Claim.state_since_at <= instant(until)
        )
        return tuple(session.scalars(found.order_by(Claim.id)))


def _sent(database: Database) -> tuple[int, ...]:
    """The oldest three that were sent."""
    with Session(database.engines.read) as session:
        found = select(Claim.id).where(Claim.state == ClaimState.SENT)
        return tuple(session.scalars(found.order_by(Claim.service_on, Claim.id).limit(len(REJECTED))))
