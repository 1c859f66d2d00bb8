"""What is behind a figure of the reports: the claims, lines, visits or payments that sum to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, func, select

from frontdesk.kernel.months import month_end
from frontdesk.kernel.names import last_first
from frontdesk.kernel.text import us_date
from frontdesk.models.billing.charges import ChargeLine
from frontdesk.models.billing.claims import Claim
from frontdesk.models.billing.journal import JournalEntry, Party, Posting
from frontdesk.models.billing.receipts import Receipt
from frontdesk.models.billing.remittances import Remittance
from frontdesk.models.registration.account import Account
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.payer import Payer
from frontdesk.services.billing import aging, reports_claims, reports_denials, reports_money
from frontdesk.services.billing.aging import AGE_COLUMNS, AgeColumn, Debt
from frontdesk.services.billing.denial_causes import Cause
from frontdesk.services.billing.explain_subject import About, Part, Reported, Subject
from frontdesk.services.billing.payment_checks import said_number
from frontdesk.services.billing.reports_filter import Wanted, of_claims, of_entries
from frontdesk.services.billing.scrub_found import Owner
from frontdesk.services.command import query
from frontdesk.services.work import Work

MOST = 500
"""Rows that are listed; the total is of all."""


@dataclass(frozen=True, slots=True)
class BehindRow:
    """One of them."""

    who: str
    what: str
    on: date
    cents: int
    patient_id: int | None = None
    claim_id: int | None = None
    charge_line_id: int | None = None
    subject: Subject | None = None
    """What explains the amount, where it is one of the ledger's."""


@dataclass(frozen=True, slots=True)
class Behind:
    """The rows, and what all of them come to."""

    rows: tuple[BehindRow, ...]
    count: int
    cents: int


@query(permission="billing.view")
def owed(
    work: Work, *, wanted: Wanted, payer_ids: tuple[int, ...] | None, column: AgeColumn | None
) -> Behind:
    """Behind the receivables of payers (None: of the patients), of one age or of all; the oldest first."""
    side = JournalEntry.responsible == (Party.PATIENT if payer_ids is None else Party.PAYER)
    fits: list[ColumnElement[bool]] = [*of_entries(wanted), side]
    if payer_ids is not None:
        fits.append(JournalEntry.payer_id.in_(payer_ids))
    day = min(wanted.until_on, work.today)
    debts = aging.debts_where(work, day, fits, AGE_COLUMNS if column is None else (column,))
    return _debts(work, wanted, day, debts)


@query(permission="billing.view")
def denied(work: Work, *, wanted: Wanted, cause: Cause | None = None, owner: Owner | None = None) -> Behind:
    """Behind a bar of denials."""
    found = reports_denials.denied_claims(work, wanted=wanted, cause=cause, owner=owner)
    return _behind(
        BehindRow(
            who=each.patient,
            what=f"{each.number} {each.payer}, {each.code} {each.words}".rstrip(),
            on=each.service_on,
            cents=each.cents,
            patient_id=each.patient_id,
            claim_id=each.claim_id,
            subject=Subject(About.DENIAL, each.reason_id),
        )
        for each in found
    )


@query(permission="billing.view")
def received(work: Work, *, wanted: Wanted, first: date, party: Party | None) -> Behind:
    """Behind the money of a month: each receipt, remittance or refund, and what was taken back."""
    entry = JournalEntry
    sides = tuple(Party) if party is None else (party,)
    cents = func.sum(entry.amount_cents)
    side: Literal["", "patient", "payer"] = "" if party is None else party.value
    found = work.session.execute(
        select(
            Posting.id,
            Posting.posted_on,
            Receipt.number,
            Remittance.name,
            Payer.id,
            Payer.name,
            Patient,
            entry.patient_id,
            cents,
        )
        .select_from(entry)
        .join(Posting, Posting.id == entry.posting_id)
        .outerjoin(Receipt, Receipt.id == Posting.receipt_id)
        .outerjoin(Remittance, Remittance.id == Posting.remittance_id)
        .outerjoin(Patient, Patient.id == entry.patient_id)
        .outerjoin(Payer, Payer.id == entry.payer_id)
        .where(
            entry.kind.in_(reports_money.RECEIVED),
            entry.responsible.in_(sides),
            entry.posted_on >= max(first, wanted.since_on),
            entry.posted_on <= min(month_end(first), wanted.until_on),
            *of_entries(wanted),
        )
        .group_by(Posting.id, Receipt.id, Remittance.id, Patient.id, Payer.id, entry.patient_id)
        .having(cents != 0)
        .order_by(Posting.posted_on, Posting.id, Patient.id)
    )
    return _behind(
        BehindRow(
            who=_name(patient) or payer or "",
            what=f"Receipt {said_number(number)}" if number else remittance or f"{payer} paid",
            on=on,
            cents=-int(sum_),
            patient_id=patient_id,
            subject=Subject(
                About.POSTING,
                posting_id,
                side=side,
                payer_id=payer_id,
                report=Reported(wanted, patient_id=patient_id),
            ),
        )
        for posting_id, on, number, remittance, payer_id, payer, patient, patient_id, sum_ in found
    )


@query(permission="billing.view")
def answered(work: Work, *, wanted: Wanted, which: reports_claims.ClaimFigure) -> Behind:
    """The claims that keep a rate from being whole: not clean, not passed at first, or denied."""
    figure = reports_claims.ClaimFigure
    if which is figure.CLEAN:
        ids = reports_claims.sent_claims(work, wanted).where(~reports_claims.is_clean())
    else:
        told = reports_claims.answered_claims(wanted)
        is_meant = told.c.is_denied if which is figure.DENIED else ~told.c.is_first_pass
        ids = select(told.c.claim_id).where(is_meant)
    return _claims(work, Claim.id.in_(ids))


@query(permission="billing.view")
def unsent(work: Work, *, wanted: Wanted) -> Behind:
    """The claims that were not sent yet."""
    return _claims(work, Claim.state.in_(reports_money.UNSENT), *of_claims(wanted))


@query(permission="billing.view")
def unbilled(work: Work, *, wanted: Wanted) -> Behind:
    """The visits that were not charged yet; what they are worth nobody knows."""
    return _behind(
        BehindRow(each.patient, f"{each.provider}, superbill {each.why}", each.service_on, 0, each.patient_id)
        for each in reports_money.unbilled_visits(work, wanted=wanted)
    )


def _claims(work: Work, *fits: ColumnElement[bool]) -> Behind:
    found = work.session.execute(
        select(Claim, Patient, Payer.name)
        .join(Patient, Patient.id == Claim.patient_id)
        .join(Payer, Payer.id == Claim.payer_id)
        .where(*fits)
        .order_by(Claim.service_on, Claim.id)
    )
    return _behind(
        BehindRow(
            who=_name(patient),
            what=f"{claim.number} {payer}" + (f", {claim.problem}" if claim.problem else ""),
            on=claim.service_on,
            cents=claim.charge_cents,
            patient_id=claim.patient_id,
            claim_id=claim.id,
            subject=Subject(About.CLAIM, claim.id, Part.CHARGED),
        )
        for claim, patient, payer in found
    )


def _debts(work: Work, wanted: Wanted, day: date, debts: tuple[Debt, ...]) -> Behind:
    shown = debts[:MOST]
    ids = [debt.charge_line_id for debt in shown if debt.charge_line_id is not None]
    lines = {
        line.id: (line, patient)
        for line, patient in work.session.execute(
            select(ChargeLine, Patient)
            .join(Patient, Patient.id == ChargeLine.patient_id)
            .where(ChargeLine.id.in_(ids))
        )
    }
    owners = [debt.owner_id for debt in shown if debt.charge_line_id is None]
    payers = dict(work.session.execute(select(Payer.id, Payer.name).where(Payer.id.in_(owners))).all())
    accounts = dict(
        work.session.execute(select(Account.id, Account.number).where(Account.id.in_(owners))).all()
    )
    rows = []
    for debt in shown:
        of_payer = debt.responsible is Party.PAYER
        if debt.charge_line_id is None:
            who = payers.get(debt.owner_id, "") if of_payer else f"Account {accounts.get(debt.owner_id, '')}"
            subject = Subject(
                About.PAYER if of_payer else About.ACCOUNT,
                debt.owner_id,
                on=day,
                column=debt.column,
                report=Reported(wanted, is_on_no_line=True),
            )
            rows.append(BehindRow(who, "On no visit yet", day, debt.cents, subject=subject))
            continue
        line, patient = lines[debt.charge_line_id]
        since = f", since {us_date(debt.since_on)}" if debt.since_on else ", paid too much"
        rows.append(
            BehindRow(
                who=_name(patient),
                what=f"{line.label}{since}",
                on=line.service_on,
                cents=debt.cents,
                patient_id=line.patient_id,
                charge_line_id=line.id,
                subject=Subject(
                    About.LINE,
                    line.id,
                    Part.PAYER if of_payer else Part.PATIENT,
                    on=day,
                    column=debt.column,
                    since_on=debt.since_on,
                    payer_id=debt.owner_id if of_payer else None,
                ),
            )
        )
    return Behind(tuple(rows), len(debts), sum(debt.cents for debt in debts))


def _behind(rows: Iterable[BehindRow]) -> Behind:
    every = tuple(rows)
    return Behind(every[:MOST], len(every), sum(row.cents for row in every))


def _name(patient: Patient | None) -> str:
    return last_first(patient.legal_last, patient.legal_first) if patient is not None else ""
