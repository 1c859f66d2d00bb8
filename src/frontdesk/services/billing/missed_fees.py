"""Fees for visits called off late or missed: the office's rule, and what is charged or waived by it."""

from dataclasses import dataclass

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.models.billing.missed_fee import MOST_CENTS, MissedFee, MissedFeeRule, MissedKind
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import charges
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_missed_fee_appointment", "Another desk has just called this visit off. Look at it again.")
says("append_only_missed_fee", "What was charged or waived stays on record.")
says("ck_missed_fee_waived_because", "A reason has at most 200 characters. Shorten it.", field="waive_reason")

_LABELS = {MissedKind.LATE_CANCEL: "Canceled late", MissedKind.NO_SHOW: "Missed visit"}


@dataclass(frozen=True, slots=True)
class MissedFees:
    """What the office asks, in cents; 0 is nothing."""

    late_cancel_cents: int
    no_show_cents: int


@query(permission="billing.view")
def rules(work: Work) -> MissedFees:
    """The office's fees."""
    found = dict(work.session.execute(select(MissedFeeRule.kind, MissedFeeRule.amount_cents)).all())
    return MissedFees(found.get(MissedKind.LATE_CANCEL, 0), found.get(MissedKind.NO_SHOW, 0))


def _as_before(done: Performed) -> Undo:
    before: MissedFees = done.result
    return Undo(set_fees, late_cancel_cents=before.late_cancel_cents, no_show_cents=before.no_show_cents)


@command("Set fees for missed visits", permission="billing.edit_fees", undo=_as_before)
def set_fees(work: Work, *, late_cancel_cents: int, no_show_cents: int) -> MissedFees:
    """What is asked from now on; gives back what was asked before."""
    before = rules(work)
    wanted = (
        (MissedKind.LATE_CANCEL, "late_cancel_cents", late_cancel_cents),
        (MissedKind.NO_SHOW, "no_show_cents", no_show_cents),
    )
    refuse_if_any(
        [
            Finding("A fee is from $0.00 to $1,000.00.", field)
            for _, field, cents in wanted
            if not 0 <= cents <= MOST_CENTS
        ]
    )
    for kind, _, cents in wanted:
        rule = work.session.scalars(select(MissedFeeRule).where(MissedFeeRule.kind == kind)).one_or_none()
        if rule is None:
            work.add(MissedFeeRule(kind=kind, amount_cents=cents))
        else:
            rule.amount_cents = cents
    return before


def ask(work: Work, visit: Appointment, kind: MissedKind, *, waived_because: str | None) -> int | None:
    """Charges or waives the fee for a visit; None where the office asks nothing. Gives back its row's id."""
    asked = rules(work)
    cents = asked.late_cancel_cents if kind is MissedKind.LATE_CANCEL else asked.no_show_cents
    return _write(work, visit, kind, cents, waived_because) if cents else None


def take_back(work: Work, missed_fee_id: int, reason: str) -> None:
    """Ends a fee; what was charged is voided in the ledger."""
    fee = work.get(MissedFee, missed_fee_id)
    if fee.ended_at is not None:
        return
    fee.ended_at = work.now
    if fee.charge_line_id is not None:
        charges.void(work, charge_line_id=fee.charge_line_id, reason=reason)
    work.flush()


def ask_again(work: Work, missed_fee_id: int) -> int:
    """Brings a fee back that was ended, as it was."""
    fee = work.get(MissedFee, missed_fee_id)
    visit = work.get(Appointment, fee.appointment_id)
    new = _write(work, visit, fee.kind, fee.amount_cents, fee.waived_because or None)
    assert new is not None, "it asked for something before"
    return new


def standing(work: Work, appointment_id: int) -> int | None:
    """The id of the fee that stands for a visit."""
    return work.session.scalar(
        select(MissedFee.id).where(MissedFee.appointment_id == appointment_id, MissedFee.ended_at.is_(None))
    )


def _write(work: Work, visit: Appointment, kind: MissedKind, cents: int, waived_because: str | None) -> int:
    because = (waived_because or "").strip()
    if waived_because is not None and not because:
        raise Refused(Finding("Say why the fee is waived.", field="waive_reason"))
    line = None
    if not because:
        line = charges.add_fee(
            work,
            patient_id=visit.patient_id,
            label=_LABELS[kind],
            amount_cents=cents,
            on=min(visit.starts.date(), work.today),
            appointment_id=visit.id,
        )
    return work.add(
        MissedFee(
            appointment_id=visit.id,
            kind=kind,
            amount_cents=cents,
            charge_line_id=line,
            waived_because=because,
            at=work.now,
            user_id=work.actor.user_id,
        )
    ).id
