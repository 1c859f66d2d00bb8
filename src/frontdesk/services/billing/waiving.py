"""What the office gives up at the desk: a visit's copay or deposit, or what is open on a line."""

from dataclasses import dataclass
from typing import Literal

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.billing.journal import Party, PostingKind
from frontdesk.models.billing.waiver import VisitWaiver
from frontdesk.models.schedule.appointment import Appointment
from frontdesk.services.billing import charges, journal
from frontdesk.services.billing.amounts import amount_finding
from frontdesk.services.billing.asked import Allocation
from frontdesk.services.billing.words import words_findings
from frontdesk.services.command import Performed, Undo, command, irreversible
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("uq_visit_waiver_standing", "Another desk has just waived this. Look at the visit again.")
says("append_only_visit_waiver", "What was waived stays on record.")
says("ck_visit_waiver_because", "A reason has at most 200 characters. Shorten it.", field="reason")

REASON_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Waived:
    """What was written: rows of the visit, postings of the ledger."""

    waiver_ids: tuple[int, ...]
    posting_ids: tuple[int, ...]


def _asked_again(done: Performed) -> Undo:
    made: Waived = done.result
    return Undo(ask_again, waiver_ids=made.waiver_ids, posting_ids=made.posting_ids)


@command("Waive payment", permission="billing.waive", undo=_asked_again)
def waive(work: Work, *, patient_id: int, parts: tuple[Allocation, ...], reason: str) -> Waived:
    """Give up parts of what was asked for: a copay is no longer asked, an open line is written off."""
    work.concerns(patient_id)
    findings = words_findings(reason, "reason", most=REASON_LENGTH, wanted="Say why it is waived.")
    waivable = [part for part in parts if part.purpose != "prepayment"]
    if not waivable:
        findings.append(Finding("Tick what is waived. A payment ahead is not asked for.", "parts"))
    for part in waivable:
        findings += amount_finding(part.amount_cents, "parts")
    refuse_if_any(findings)
    waivers, postings = [], []
    for part in waivable:
        if part.charge_line_id is not None:
            postings.append(
                charges.write_off(
                    work,
                    charge_line_id=part.charge_line_id,
                    responsible=Party.PATIENT,
                    amount_cents=part.amount_cents,
                    reason=reason,
                )
            )
        elif part.appointment_id is not None:
            waivers.append(_of_visit(work, part, part.appointment_id, reason))
    work.flush()
    return Waived(tuple(waivers), tuple(postings))


@command(
    "Ask for waived payment again",
    permission="billing.waive",
    undo=irreversible("What is asked for again is waived anew, with a reason."),
)
def ask_again(work: Work, *, waiver_ids: tuple[int, ...], posting_ids: tuple[int, ...]) -> None:
    """Take a waiver back; what was written off is owed again."""
    for waiver_id in waiver_ids:
        row = work.get(VisitWaiver, waiver_id)
        work.concerns(work.get(Appointment, row.appointment_id).patient_id)
        row.ended_at = row.ended_at or work.now
    for posting_id in posting_ids:
        journal.reverse(
            work, posting_id=posting_id, kind=PostingKind.WRITE_OFF, reason="The waiver was taken back."
        )


def _of_visit(work: Work, part: Allocation, appointment_id: int, reason: str) -> int:
    purpose: Literal["copay", "deposit"] = "deposit" if part.purpose == "deposit" else "copay"
    work.concerns(work.get(Appointment, appointment_id).patient_id)
    return work.add(
        VisitWaiver(
            appointment_id=appointment_id,
            purpose=purpose,
            amount_cents=part.amount_cents,
            because=reason.strip(),
            at=work.now,
            user_id=work.actor.user_id,
        )
    ).id
