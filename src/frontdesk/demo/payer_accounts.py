"""A remittance of the week before with money apart from its claims; and the policy for what comes next."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from frontdesk.demo import remittance
from frontdesk.demo.catalog import PLANS, PRACTICE
from frontdesk.demo.start import STARTS_AT
from frontdesk.demo.week import instant
from frontdesk.formats.x12.remittance import Organization, Payment, ProviderAdjustment
from frontdesk.formats.x12.remittance_writer import remittance_file
from frontdesk.kernel.clock import SetClock
from frontdesk.kernel.text import digits
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import auto_post, remittance_policy, remittances
from frontdesk.services.billing.auto_post import AutoPostLevel
from frontdesk.services.billing.remittance_policy import Treatment
from frontdesk.services.database import Database
from frontdesk.services.records import content
from frontdesk.services.work import SYSTEM

CAME_AT: Final = datetime(2026, 3, 13, 9, 20)
_AETNA: Final = next(plan.payer for plan in PLANS if plan.payer.name == "Aetna")
_APART: Final = tuple(
    ProviderAdjustment(PRACTICE.npi, date(2026, 12, 31), reason, reference, cents)
    for reason, reference, cents in (("WO", "AET25-20871", 2_450), ("L6", "", -212), ("IR", "2026", 600))
)
_RULES: Final = (
    ("CO", "97", Treatment.CONTRACT),
    ("CO", "59", Treatment.CONTRACT),
    ("OA", "94", Treatment.ACCOUNT),
)


def leave(database: Database, clock: SetClock) -> None:
    """Aetna paid two claims, kept something back, and added interest."""
    clock.set(instant(CAME_AT))
    with Session(database.engines.read) as session:
        payer_id = session.scalar(select(Payer.id).where(Payer.name == _AETNA.name))
    sent = remittance.oldest(database, _AETNA.name, 2)
    if payer_id is not None:
        for group, reason, treatment in _RULES:
            database.do(
                SYSTEM,
                remittance_policy.treat,
                payer_id=payer_id if reason == "97" else None,
                group=group,
                reason=reason,
                treatment=treatment,
                starts_on=date(2026, 1, 1),
            )
        database.do(SYSTEM, auto_post.set_level, payer_id=payer_id, level=AutoPostLevel.POLICY)
    if payer_id is not None and sent:
        _post(database, sent)
    clock.set(STARTS_AT)


def _post(database: Database, sent: list[remittance.Sent]) -> None:
    claims = tuple(remittance.paid_claim(each, place) for place, each in enumerate(sent))
    payment = Payment(
        handling="I",
        paid_cents=sum(claim.paid_cents for claim in claims) - sum(each.amount_cents for each in _APART),
        method="CHK",
        effective_on=CAME_AT.date(),
        trace="44108823",
        payer_identifier="1066033492",
        produced_on=CAME_AT.date(),
        payer=Organization(name=_AETNA.name, references=(("2U", _AETNA.payer_id),)),
        payee=Organization(name=PRACTICE.name, id_qualifier="XX", id=PRACTICE.npi),
    )
    data = remittance_file(
        payment,
        claims,
        _APART,
        sender=_AETNA.payer_id,
        receiver=digits(PRACTICE.tax_id),
        at=CAME_AT,
        number=31301,
    )
    seen = content.store_bytes(database, data, "aetna-0313.835")
    (made,) = database.do(SYSTEM, remittances.take_in, sha256=seen.sha256).result.remittance_ids
    database.do(SYSTEM, remittances.post, remittance_id=made)
