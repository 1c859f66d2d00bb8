"""Ties a payer's answer to a coverage: by our trace number, else by member id, name and birth date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.formats.x12.eligibility import Answer
from frontdesk.kernel.text import fold
from frontdesk.models.registration.coverage import Coverage, Policy
from frontdesk.models.registration.eligibility import AnswerBasis, EligibilityInquiry
from frontdesk.models.registration.patient import Patient
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Match:
    """The coverage meant, or None, with the reason in a sentence."""

    coverage_id: int | None
    inquiry_id: int | None
    patient_id: int | None
    service_on: date | None
    """The day that was asked about, where our question is known."""
    basis: AnswerBasis
    note: str


@dataclass(frozen=True, slots=True)
class _Known:
    coverage_id: int
    patient_id: int
    member_id: str
    last: str
    first: str
    born_on: date


class Matcher:
    """Matches a bunch of answers with three statements."""

    def __init__(self, work: Work, answers: Sequence[Answer]) -> None:
        traces = sorted({trace for answer in answers for trace in answer.trace_numbers()})
        members = sorted({plain_id(answer.subscriber.id) for answer in answers if answer.subscriber.id})
        self._inquiries = {
            row.trace: row
            for row in work.session.scalars(
                select(EligibilityInquiry).where(EligibilityInquiry.trace.in_(traces))
            )
        }
        asked = sorted({row.coverage_id for row in self._inquiries.values()})
        known = (
            select(
                Coverage.id,
                Patient.id,
                Policy.member_id,
                Patient.legal_last,
                Patient.legal_first,
                Patient.born_on,
            )
            .join(Policy, Policy.id == Coverage.policy_id)
            .join(Patient, Patient.id == Coverage.patient_id)
        )
        self._coverages = {
            row[0]: _Known(*row) for row in work.session.execute(known.where(Coverage.id.in_(asked)))
        }
        self._members: dict[str, list[_Known]] = {}
        for row in work.session.execute(
            known.where(Policy.member_id.in_(members), Coverage.is_active).order_by(
                Coverage.effective_from.desc(), Coverage.id.desc()
            )
        ):
            self._members.setdefault(row[2], []).append(_Known(*row))

    def match(self, answer: Answer) -> Match:
        """The coverage that this answer is about."""
        for trace in answer.trace_numbers():
            inquiry = self._inquiries.get(trace)
            if inquiry is None:
                continue
            known = self._coverages[inquiry.coverage_id]
            if _is_about(answer, known):
                return Match(
                    known.coverage_id,
                    inquiry.id,
                    known.patient_id,
                    inquiry.service_on,
                    AnswerBasis.TRACE,
                    f"It answers our question {trace}.",
                )
            return _nobody(f"It names our question {trace}, but is about somebody else.")
        return self._by_member(answer)

    def _by_member(self, answer: Answer) -> Match:
        patient, number = answer.patient, plain_id(answer.subscriber.id)
        if not number:
            return _nobody("It gives neither a trace number of ours nor a member ID.")
        holders = self._members.get(number, [])
        fitting = [known for known in holders if _is_person(answer, known)]
        patients = {known.patient_id for known in fitting}
        if len(patients) == 1:
            known = fitting[0]
            return Match(
                known.coverage_id,
                None,
                known.patient_id,
                None,
                AnswerBasis.MEMBER,
                "Member ID, name and birth date are the same.",
            )
        if len(patients) > 1:
            return _nobody("Several patients here have this member ID, name and birth date.")
        if holders:
            return _nobody("The member ID is known here, but name or birth date differ.")
        said = "the member ID" if patient.last else "it"
        return _nobody(f"No patient here fits {said}.")


def plain_id(member_id: str) -> str:
    """As policies keep it: without blanks."""
    return "".join(member_id.split())


def _is_about(answer: Answer, known: _Known) -> bool:
    """Whether an answer to our question can be about the one we asked for.

    Payers that find nobody often send nothing back but the number.
    """
    patient, number = answer.patient, plain_id(answer.subscriber.id)
    if not number and not patient.last:
        return True
    if number and number.upper() == known.member_id.upper():
        return True
    if patient.born_on is not None and patient.born_on == known.born_on:
        return True
    return not number and fold(patient.last) == fold(known.last)


def _is_person(answer: Answer, known: _Known) -> bool:
    patient = answer.patient
    first, theirs = fold(patient.first), fold(known.first)
    return (
        patient.born_on == known.born_on
        and fold(patient.last) == fold(known.last)
        and bool(first)
        and (first.startswith(theirs) or theirs.startswith(first))
    )


def _nobody(note: str) -> Match:
    return Match(None, None, None, None, AnswerBasis.NONE, note)
