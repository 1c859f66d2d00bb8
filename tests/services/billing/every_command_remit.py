"""Every command of the remittance policy and of the payers' accounts, once."""

from datetime import date

import msgspec
from sqlalchemy import select

from frontdesk.formats.x12.remittance import ProviderAdjustment
from frontdesk.models.billing.remittance_policy import AutoPostLevel, Treatment
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import (
    auto_post,
    payer_accounts,
    payer_settling,
    remittance_policy,
    remittance_views,
    remittances,
    taking_off,
)
from tests.builders.billing import at_work
from tests.builders.claims import insured, sent
from tests.builders.payer import CONTRACT, answer, received
from tests.office import Office


def run(office: Office) -> None:
    """Walk through the commands, leaving the office usable and the day open."""
    _policy(office)
    _payer_account(office)


def _payer_account(office: Office) -> None:
    claim = sent(office, insured(office, "Ledger", "Keeper", "KEE100022"))
    known = answer(office, claim, [(CONTRACT, 1000)])
    lost = msgspec.structs.replace(
        known,
        claim_number="77-1",
        lines=tuple(msgspec.structs.replace(line, control_number="") for line in known.lines),
    )
    back, fee = (
        ProviderAdjustment("1234567893", date(2026, 12, 31), reason, "88", cents)
        for reason, cents in (("WO", 700), ("IR", 300))
    )
    remittance = received(office, lost, plb=(back,), trace="KEE100022")
    row = office.ask(remittance_views.sheet, remittance_id=remittance).answers[0]
    office.do(remittances.keep_unapplied, remittance_claim_id=row.id)
    office.do(remittances.post, remittance_id=remittance)
    office.do(payer_settling.match_later, remittance_claim_id=row.id, claim_id=claim)
    office.do(taking_off.take_off, remittance_claim_id=row.id, reason="Another's", claim_id=None)
    office.do(payer_settling.match_later, remittance_claim_id=row.id, claim_id=claim)
    second = received(office, known, plb=(msgspec.structs.replace(fee, reference="89"),), trace="KEE2")
    office.do(remittances.post, remittance_id=second)
    (payer_id,) = [each.payer_id for each in office.ask(payer_accounts.accounts)]
    items = {each.text: each.posting_id for each in office.ask(payer_accounts.items, payer_id=payer_id)}
    taken, withheld = (
        items["Overpayment taken back (WO), 88"],
        items["Withheld for the tax office (IRS) (IR), 89"],
    )
    made = office.do(payer_settling.put_on_claim, posting_id=taken, claim_id=claim, reason="Their letter")
    office.do(payer_settling.take_settlement_back, posting_id=made)
    office.do(payer_settling.put_on_claim, posting_id=taken, claim_id=claim, reason="Their letter")
    office.do(payer_settling.write_off, posting_id=withheld, reason="Backup withholding")


def _policy(office: Office) -> None:
    claim = sent(office, insured(office, "Policy", "Walker", "WAL100021"))
    waiting = received(
        office, answer(office, claim, [(CONTRACT, 1000), (("CO", "97"), 500)]), trace="WAL100021"
    )
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
    row = office.ask(remittance_views.sheet, remittance_id=waiting).answers[0]
    office.do(
        remittances.decide, remittance_claim_id=row.id, treatment=Treatment.WRITE_OFF, reason="Small amount"
    )
    for level in (AutoPostLevel.CLEAN, AutoPostLevel.NEVER):
        office.do(auto_post.set_level, payer_id=payer_id, level=level)
