"""Every command of the remittance policy and of the payers' accounts, once."""

from datetime import date

import msgspec
from sqlalchemy import select

from frontdesk.formats.x12.remittance import ProviderAdjustment
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.remittance_policy import AutoPostLevel, Treatment
from frontdesk.models.billing.remittances import Verdict
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import (
    auto_post,
    fees,
    paper_answer_scans,
    paper_answers,
    payer_accounts,
    payer_settling,
    remittance_holds,
    remittance_policy,
    remittance_views,
    remittance_voiding,
    remittances,
    taking_off,
    underpaid,
)
from tests.builders.billing import at_work
from tests.builders.claims import insured, sent
from tests.builders.paper_answer import paper, typed
from tests.builders.payer import CONTRACT, answer, received
from tests.builders.records import received as scanned
from tests.builders.records import sheet
from tests.office import Office


def run(office: Office) -> None:
    """Walk through the commands, leaving the office usable and the day open."""
    _policy(office)
    _paper(office, _payer_account(office))
    _below_contract(office)
    _twin(office)


def _twin(office: Office) -> None:
    claim = sent(office, insured(office, "Twyla", "Keeling", "KEE100024"))
    received(office, answer(office, claim, [(CONTRACT, 4000)]), trace="KEE100024")
    other = received(office, answer(office, claim, [(CONTRACT, 4100)]), trace="KEE100024")
    office.do(remittance_holds.release, remittance_id=other, reason="Second file of the check")
    office.do(remittance_holds.hold, remittance_id=other, reason="Look at it again")


def _below_contract(office: Office) -> None:
    claim = sent(office, insured(office, "Otis", "Keeling", "KEE100023"))
    with at_work(office) as work:
        payer_id = work.get(Claim, claim).payer_id
    since = date(2026, 1, 1)
    listed = office.do(
        fees.add_schedule, name="Agreed 2026", effective_on=since, payer_id=payer_id, is_contract=True
    )
    office.do(fees.set_fee, fee_schedule_id=listed, code="99213", amount_cents=12000, effective_on=since)
    remittance = received(office, answer(office, claim, [(CONTRACT, 4000)]), trace="KEE100023")
    office.do(remittances.post, remittance_id=remittance)
    line = next(each for each in office.ask(underpaid.worklist).lines if each.claim_id == claim)
    office.do(underpaid.set_tolerance, tolerance_cents=50)
    accepted = office.do(underpaid.accept, line_id=line.line_id, because="Too little")
    office.do(underpaid.take_back, accepted_id=accepted)
    office.do(underpaid.accept, line_id=line.line_id, because="Too little after all")


def _payer_account(office: Office) -> int:
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
    lump = ProviderAdjustment("1234567893", date(2026, 12, 31), "LS", "90", -5000)
    office.do(remittances.post, remittance_id=received(office, plb=(lump,), trace="KEE4"))
    newest = office.ask(payer_accounts.items, payer_id=payer_id)[0].posting_id
    office.do(payer_settling.take_as_income, posting_id=newest, reason="Lump sum of 2025")
    third = received(office, known, trace="KEE3")
    office.do(remittances.post, remittance_id=third)
    office.do(remittance_voiding.void, remittance_id=third, reason="Posted twice")
    return claim


def _paper(office: Office, claim: int) -> None:
    told = paper(office, typed(office, claim, [(CONTRACT, 1000)]), trace="71064")
    first = office.do(paper_answers.save, paper=told).paper_id
    office.do(paper_answers.drop, paper_id=first)
    office.do(paper_answers.restore, paper_id=first)
    office.do(paper_answers.enter, paper=told, paper_id=first)
    office.do(paper_answers.take_up, paper_id=first)
    made = office.do(paper_answers.enter, paper=told, paper_id=first)
    assert made.remittance_id is not None
    scan = scanned(office, sheet("Check 71064"), arrived_as="eob-71064.pdf", source="BCBS")
    office.do(paper_answer_scans.attach, remittance_id=made.remittance_id, document_id=scan)


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
        remittances.decide, remittance_claim_id=row.id, verdict=Verdict.WRITE_OFF, reason="Small amount"
    )
    for level in (AutoPostLevel.CLEAN, AutoPostLevel.NEVER):
        office.do(auto_post.set_level, payer_id=payer_id, level=level)
