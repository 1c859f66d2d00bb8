"""Charge lines: entered with a price and a reason, voided by a reversal, moved, written off."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim, ClaimLine, ClaimState
from frontdesk.models.billing.journal import EntryKind, JournalEntry, Posting, PostingKind
from frontdesk.models.billing.journal import Party as Party
from frontdesk.services.billing import (
    account_transfers,
    balances,
    credits,
    drugs,
    estimate_rules,
    fees,
    journal,
    parties,
)
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.billing.claim_steps import WITH_PAYER
from frontdesk.services.billing.drugs import Given
from frontdesk.services.billing.journal import Draft, Entry
from frontdesk.services.command import Undo, command, irreversible
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_charge_line", "A charge is not changed. Void it and enter it again.")

_GONE_OUT = (
    ClaimState.BATCHED,
    *WITH_PAYER,
    ClaimState.PAID,
    ClaimState.PART_PAID,
    ClaimState.DENIED,
    ClaimState.APPEALED,
)
LONGEST_LABEL = 80
_KEPT = "The ledger keeps every entry; post the opposite with a reason instead."


@dataclass(frozen=True, slots=True)
class NewCharge:
    """A service to charge; the price of all units comes from the fees unless it is given."""

    code: str
    label: str
    units: int = 1
    modifiers: tuple[str, ...] = ()
    diagnosis_pointers: str = ""
    amount_cents: int | None = None
    drug: Given | None = None
    """What was given, where the code stands for a drug."""
    provider_id: int | None = None
    """Who did it, where that is not who saw the patient."""


@dataclass(frozen=True, slots=True)
class Where:
    """What the lines of one visit have in common."""

    patient_id: int
    account_id: int
    service_on: date
    provider_id: int | None
    appointment_id: int | None
    superbill_id: int | None
    coverage_id: int | None
    place_of_service: str


def price(work: Work, charge: NewCharge, on: date, payer_id: int | None) -> int:
    """The price of all units, in cents; raises Refused where the office has no fee."""
    if charge.amount_cents is not None:
        refuse_if_any(amount_finding(charge.amount_cents, "amount_cents"))
        return charge.amount_cents
    one = fees.amount(work, code=charge.code, on=on, payer_id=payer_id)
    if one is None:
        raise Refused(
            Finding(f"{charge.code} has no fee on {us_date(on)}. Set one, or enter the amount.", "lines")
        )
    if payer_id is None:
        one = estimate_rules.rules(work).self_pay_price(one)
    refuse_if_any(amount_finding(one * charge.units, "amount_cents"))
    return one * charge.units


def enter(work: Work, where: Where, new: tuple[NewCharge, ...], first_place: int = 1) -> tuple[int, ...]:
    """Write charge lines and post each; money held for the visit goes on the patient's part at once."""
    payer_id = parties.payer_of(work, where.coverage_id)
    lines = [
        work.add(
            ChargeLine(
                patient_id=where.patient_id,
                account_id=where.account_id,
                superbill_id=where.superbill_id,
                appointment_id=where.appointment_id,
                provider_id=charge.provider_id or where.provider_id,
                coverage_id=where.coverage_id,
                service_on=where.service_on,
                place=place,
                code=charge.code,
                label=charge.label,
                modifiers=" ".join(charge.modifiers),
                units=charge.units,
                amount_cents=price(work, charge, where.service_on, payer_id),
                diagnosis_pointers=charge.diagnosis_pointers,
                place_of_service=where.place_of_service,
            )
        )
        for place, charge in enumerate(new, first_place)
    ]
    work.flush()
    for line, charge in zip(lines, new, strict=True):
        drugs.keep(work, line.id, charge.drug)
    party = Party.PATIENT if payer_id is None else Party.PAYER
    journal.post_all(
        work,
        [
            Draft(
                PostingKind.CHARGE,
                (
                    Entry(
                        EntryKind.CHARGE,
                        line.amount_cents,
                        party,
                        charge_line_id=line.id,
                        payer_id=payer_id,
                        aged_from_on=where.service_on,
                    ),
                ),
            )
            for line in lines
        ],
    )
    credits.apply_held(work, account_id=where.account_id)
    return tuple(line.id for line in lines)


@command("Void charge", permission="billing.void", undo=irreversible("A voided charge is entered again."))
def void(work: Work, *, charge_line_id: int, reason: str) -> int:
    """Take a charge back by its mirror; what the patient paid on it stays to their credit.

    Raises Refused once an insurer has answered on it: then the claim must be corrected.
    """
    line = work.get(ChargeLine, charge_line_id)
    work.concerns(line.patient_id)
    refuse_if_any([] if reason.strip() else [Finding("Say why the charge is voided.", "reason")])
    if line.voided_at is not None:
        raise Refused(Finding("This charge was voided before. Nothing was changed."))
    _refuse_if_billed(work, charge_line_id)
    account_transfers.refuse_if_moved(work, line)
    credits.free_line(work, charge_line_id=charge_line_id, reason=reason)
    for posting_id in _own_adjustments(work, charge_line_id):
        journal.reverse(work, posting_id=posting_id, kind=PostingKind.CORRECTION, reason=reason)
    first = work.session.scalar(
        select(JournalEntry.posting_id).where(
            JournalEntry.charge_line_id == charge_line_id,
            JournalEntry.kind.in_([EntryKind.CHARGE, EntryKind.FEE]),
            JournalEntry.reverses_id.is_(None),
        )
    )
    assert first is not None, "every line has its charge entry"
    others = work.session.scalar(
        select(func.sum(JournalEntry.amount_cents)).where(
            JournalEntry.charge_line_id == charge_line_id, JournalEntry.posting_id != first
        )
    )
    if others or _answered(work, charge_line_id):
        raise Refused(Finding("The insurer has already answered on this charge. Correct the claim instead."))
    line.voided_at, line.void_reason = work.now, reason.strip()
    work.flush()
    return journal.reverse(work, posting_id=first, kind=PostingKind.CHARGE_VOID, reason=reason)


@command(
    "Add fee to account",
    permission="billing.enter_charges",
    undo=lambda done: Undo(void, charge_line_id=done.result, reason="Undone."),
)
def add_fee(
    work: Work,
    *,
    patient_id: int,
    label: str,
    amount_cents: int,
    on: date,
    appointment_id: int | None = None,
) -> int:
    """Charge an office fee, such as for a missed visit; the patient owes it, no insurer."""
    work.concerns(patient_id)
    findings = [] if label.strip() else [Finding("Say what the fee is for.", "label")]
    if len(label.strip()) > LONGEST_LABEL:
        findings.append(
            Finding(f"What a fee is for has {LONGEST_LABEL} characters at most. Shorten it.", "label")
        )
    findings += amount_finding(amount_cents, "amount_cents")
    if on > work.today:
        findings.append(Finding("A fee cannot be for a day to come.", "on"))
    refuse_if_any(findings)
    return charge_fee(
        work, patient_id, parties.account_of(work, patient_id, on), label, amount_cents, on, appointment_id
    )


def charge_fee(
    work: Work,
    patient_id: int,
    account_id: int,
    label: str,
    amount_cents: int,
    on: date,
    appointment_id: int | None = None,
) -> int:
    """The fee of a patient on the account that owes it, once nothing is wrong with it; the line's id."""
    line = work.add(
        ChargeLine(
            patient_id=patient_id,
            account_id=account_id,
            appointment_id=appointment_id,
            service_on=on,
            place=1,
            code="FEE",
            label=label.strip(),
            units=1,
            amount_cents=amount_cents,
            is_fee=True,
        )
    )
    work.flush()
    entry = Entry(EntryKind.FEE, amount_cents, Party.PATIENT, charge_line_id=line.id, aged_from_on=on)
    journal.post(work, Draft(PostingKind.FEE, (entry,), reason=label))
    return line.id


@command("Write off", permission="billing.adjust", undo=irreversible(_KEPT))
def write_off(work: Work, *, charge_line_id: int, responsible: Party, amount_cents: int, reason: str) -> int:
    """Give up a part of what one side owes on a line."""
    line = _open_line(work, charge_line_id, responsible, amount_cents, reason)
    entry = Entry(
        EntryKind.WRITE_OFF,
        -amount_cents,
        responsible,
        charge_line_id=line.charge_line_id,
        payer_id=parties.owing_payer(work, charge_line_id) if responsible is Party.PAYER else None,
    )
    return journal.post(work, Draft(PostingKind.WRITE_OFF, (entry,), reason=reason))


@command("Move between insurer and patient", permission="billing.adjust", undo=irreversible(_KEPT))
def transfer(
    work: Work, *, charge_line_id: int, to: Party, amount_cents: int, reason: str, reason_code: str = ""
) -> int:
    """Move a part of a line from the insurer to the patient, or back; the line's total stays."""
    source = Party.PAYER if to is Party.PATIENT else Party.PATIENT
    line = _open_line(work, charge_line_id, source, amount_cents, reason)
    charge = work.get(ChargeLine, charge_line_id)
    payer_id = parties.owing_payer(work, charge_line_id)
    if to is Party.PAYER and payer_id is None:
        raise Refused(Finding("This visit has no insurance. Add the coverage first.", "to"))
    entries = tuple(
        Entry(
            EntryKind.TRANSFER,
            cents,
            party,
            charge_line_id=line.charge_line_id,
            payer_id=payer_id,
            reason_code=reason_code,
        )
        for party, cents in ((source, -amount_cents), (to, amount_cents))
    )
    posting_id = journal.post(work, Draft(PostingKind.TRANSFER, entries, reason=reason))
    if to is Party.PATIENT:
        credits.apply_held(work, account_id=charge.account_id)
    return posting_id


@command("Correct balance", permission="billing.adjust", undo=irreversible(_KEPT))
def correct(work: Work, *, charge_line_id: int, responsible: Party, amount_cents: int, reason: str) -> int:
    """Raise (above zero) or lower (below zero) what one side owes on a line that stands."""
    line = work.get(ChargeLine, charge_line_id)
    work.concerns(line.patient_id)
    findings = amount_finding(abs(amount_cents), "amount_cents")
    if line.voided_at is not None:
        findings.append(Finding("This charge is void. There is nothing to correct."))
    if responsible is Party.PAYER and line.coverage_id is None:
        findings.append(Finding("This visit has no insurance. Add the coverage first.", "responsible"))
    if not reason.strip():
        findings.append(Finding("Give the reason.", "reason"))
    refuse_if_any(findings)
    entry = Entry(
        EntryKind.CORRECTION,
        amount_cents,
        responsible,
        charge_line_id=charge_line_id,
        payer_id=parties.owing_payer(work, charge_line_id) if responsible is Party.PAYER else None,
    )
    posting_id = journal.post(work, Draft(PostingKind.CORRECTION, (entry,), reason=reason))
    credits.apply_held(work, account_id=line.account_id)
    return posting_id


def _open_line(
    work: Work, charge_line_id: int, party: Party, amount_cents: int, reason: str
) -> balances.LineBalance:
    work.get(ChargeLine, charge_line_id)
    line = balances.lines_by_id(work, (charge_line_id,))[charge_line_id]
    work.concerns(line.patient_id)
    findings = amount_finding(amount_cents, "amount_cents")
    owed = line.patient_cents if party is Party.PATIENT else parties.owed_by_payer(work, charge_line_id)
    if not findings and amount_cents > owed:
        who = "patient" if party is Party.PATIENT else "insurer"
        findings.append(Finding(f"The {who} owes only {dollars(max(owed, 0))} here.", "amount_cents"))
    if not reason.strip():
        findings.append(Finding("Give the reason.", "reason"))
    refuse_if_any(findings)
    return line


def _refuse_if_billed(work: Work, charge_line_id: int) -> None:
    number = work.session.scalar(
        select(Claim.number)
        .join(ClaimLine, ClaimLine.claim_id == Claim.id)
        .where(ClaimLine.charge_line_id == charge_line_id, Claim.state.in_(_GONE_OUT))
        .order_by(Claim.id.desc())
        .limit(1)
    )
    if number is not None:
        raise Refused(
            Finding(f"This charge went to the insurer on claim {number}. Correct or void the claim instead.")
        )


def _own_adjustments(work: Work, charge_line_id: int) -> list[int]:
    """The office's own adjustments on a line that still stand, the newest first."""
    back = select(Posting.reverses_id).where(Posting.reverses_id.is_not(None))
    found = work.session.scalars(
        select(Posting.id)
        .join(JournalEntry, JournalEntry.posting_id == Posting.id)
        .where(
            JournalEntry.charge_line_id == charge_line_id,
            Posting.kind.in_([PostingKind.WRITE_OFF, PostingKind.TRANSFER, PostingKind.CORRECTION]),
            Posting.reverses_id.is_(None),
            Posting.remittance_id.is_(None),
            Posting.id.not_in(back),
        )
        .distinct()
        .order_by(Posting.id.desc())
    )
    return list(found)


def _answered(work: Work, charge_line_id: int) -> bool:
    """Whether a remittance on this line stands."""
    back = select(Posting.reverses_id).where(Posting.reverses_id.is_not(None))
    return (
        work.session.scalar(
            select(Posting.id)
            .join(JournalEntry, JournalEntry.posting_id == Posting.id)
            .where(
                JournalEntry.charge_line_id == charge_line_id,
                Posting.kind == PostingKind.REMITTANCE,
                Posting.id.not_in(back),
            )
            .limit(1)
        )
        is not None
    )
