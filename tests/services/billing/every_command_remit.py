"""Every command of the remittance policy and of the payers' accounts, once."""

from datetime import date

from sqlalchemy import select

from frontdesk.models.billing.remittance_policy import AutoPostLevel, Treatment
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import auto_post, remittance_policy
from tests.builders.billing import at_work
from tests.builders.claims import insured, sent
from tests.builders.payer import CONTRACT, answer, received
from tests.office import Office


def run(office: Office) -> None:
    """Walk through the commands, leaving the office usable and the day open."""
    claim = sent(office, insured(office, "Policy", "Walker", "WAL100021"))
    received(office, answer(office, claim, [(CONTRACT, 1000), (("CO", "97"), 500)]), trace="WAL100021")
    with at_work(office) as work:
        payer_id = work.session.scalars(select(Payer.id).order_by(Payer.id).limit(1)).one()
    made = [
        office.do(
            remittance_policy.treat,
            payer_id=payer_id,
            group="CO",
            reason="97",
            treatment=treatment,
            starts_on=starts_on,
        )
        for treatment, starts_on in (
            (Treatment.CONTRACT, date(2026, 1, 1)),
            (Treatment.OPEN, date(2026, 3, 10)),
        )
    ]
    later = made[-1]
    office.do(
        remittance_policy.take_back,
        policy_id=later.policy_id,
        instead_of=later.instead_of,
        ended_before_on=later.ended_before_on,
    )
    office.do(remittance_policy.put_back, policy_id=later.policy_id, instead_of=later.instead_of)
    office.do(remittance_policy.end, policy_id=later.policy_id, ends_on=date(2026, 12, 31))
    for level in (AutoPostLevel.CLEAN, AutoPostLevel.NEVER):
        office.do(auto_post.set_level, payer_id=payer_id, level=level)
