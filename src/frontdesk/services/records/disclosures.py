"""The accounting of disclosures (45 CFR 164.528): releases write their entries, people enter the others.

Nothing here is ever changed: a correction is a new entry that points at the old one.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased

from frontdesk.kernel.errors import Finding, Refused, refuse_if_any
from frontdesk.kernel.names import last_first
from frontdesk.models.records.disclosure import LONGEST, Disclosure
from frontdesk.models.records.disclosure import Ground as Ground
from frontdesk.models.records.release import ReleaseRequest
from frontdesk.models.records.release_packet import ReleasePacket, ReleaseSending
from frontdesk.models.registration.patient import Patient
from frontdesk.services.command import Performed, Undo, command, irreversible, query
from frontdesk.services.records.request_row import number_words
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("append_only_disclosure", "The accounting of disclosures is never changed. Enter a correction.")
says("uq_disclosure_corrects_id", "Another desk has just corrected this entry. Look at it again.")

EXEMPT: Final = frozenset(
    {Ground.ACCESS, Ground.AUTHORIZATION, Ground.TREATMENT, Ground.PAYMENT, Ground.OPERATIONS}
)
"""45 CFR 164.528(a)(1)(i), (ii), (iv): not in the accounting, unless 42 CFR part 2 is in it."""
GROUNDS: Final = {
    Ground.ACCESS: "Access by the patient",
    Ground.AUTHORIZATION: "Signed authorization",
    Ground.TREATMENT: "Treatment",
    Ground.PAYMENT: "Payment",
    Ground.OPERATIONS: "Health care operations",
    Ground.COURT_ORDER: "Court order",
    Ground.SUBPOENA: "Subpoena without an order",
    Ground.REQUIRED_BY_LAW: "Required by law",
    Ground.PUBLIC_HEALTH: "Public health",
    Ground.ABUSE: "Report of abuse or neglect",
    Ground.OVERSIGHT: "Health oversight",
    Ground.LAW_ENFORCEMENT: "Law enforcement",
    Ground.DECEDENT: "Coroner or funeral director",
    Ground.DONATION: "Organ donation",
    Ground.RESEARCH: "Research without authorization",
    Ground.SAFETY: "Serious threat to safety",
    Ground.GOVERNMENT: "Special government function",
    Ground.WORKERS_COMP: "Workers' compensation",
    Ground.MISTAKE: "Sent by mistake",
}
SOURCES: Final = {
    Ground.ACCESS: "45 CFR 164.524",
    Ground.AUTHORIZATION: "45 CFR 164.508",
    Ground.TREATMENT: "45 CFR 164.506",
    Ground.PAYMENT: "45 CFR 164.506",
    Ground.OPERATIONS: "45 CFR 164.506",
    Ground.COURT_ORDER: "45 CFR 164.512(e)",
    Ground.SUBPOENA: "45 CFR 164.512(e)",
    Ground.REQUIRED_BY_LAW: "45 CFR 164.512(a)",
    Ground.PUBLIC_HEALTH: "45 CFR 164.512(b)",
    Ground.ABUSE: "45 CFR 164.512(c)",
    Ground.OVERSIGHT: "45 CFR 164.512(d)",
    Ground.LAW_ENFORCEMENT: "45 CFR 164.512(f)",
    Ground.DECEDENT: "45 CFR 164.512(g)",
    Ground.DONATION: "45 CFR 164.512(h)",
    Ground.RESEARCH: "45 CFR 164.512(i)",
    Ground.SAFETY: "45 CFR 164.512(j)",
    Ground.GOVERNMENT: "45 CFR 164.512(k)",
    Ground.WORKERS_COMP: "45 CFR 164.512(l)",
    Ground.MISTAKE: "not permitted",
}


@dataclass(frozen=True, slots=True)
class DisclosureDraft:
    """An entry as somebody writes it; `until_on` and `times` for a series to one recipient."""

    disclosed_on: date
    recipient: str
    what: str
    purpose: str
    ground: Ground
    recipient_address: str = ""
    has_part_2: bool = False
    until_on: date | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class DisclosureLine:
    """An entry that stands."""

    disclosure_id: int
    patient_id: int
    patient: str
    chart_number: str
    disclosed_on: date
    until_on: date | None
    times: int | None
    recipient: str
    recipient_address: str
    what: str
    purpose: str
    ground: Ground
    has_part_2: bool
    is_accounted: bool
    request_id: int | None
    request: str
    """ "ROI-0261"; empty for what somebody entered."""
    packet_id: int | None
    sending_id: int | None
    locked_sha256: str | None
    """The locked file that went, where it was one."""
    is_correction: bool
    recorded_by: str
    recorded_on: date

    @property
    def draft(self) -> DisclosureDraft:
        """The entry to be corrected from."""
        return DisclosureDraft(
            disclosed_on=self.disclosed_on,
            recipient=self.recipient,
            what=self.what,
            purpose=self.purpose,
            ground=self.ground,
            recipient_address=self.recipient_address,
            has_part_2=self.has_part_2,
            until_on=self.until_on,
            times=self.times,
        )


def _struck(done: Performed) -> Undo:
    return Undo(strike, disclosure_id=done.result, because="Entered by mistake")


def is_accounted(ground: Ground, *, has_part_2: bool) -> bool:
    """Whether an entry stands in the accounting (164.528(a)(1)); 42 CFR 2.25 adds those made with consent."""
    return ground not in EXEMPT or (has_part_2 and ground is not Ground.ACCESS)


@query(permission="records.view")
def entries(
    work: Work,
    *,
    patient_id: int | None = None,
    since: date | None = None,
    only_accounted: bool = False,
    limit: int = 500,
) -> tuple[DisclosureLine, ...]:
    """The entries that stand, newest first; of one patient, or of all; one statement."""
    conditions: list[ColumnElement[bool]] = []
    if patient_id is not None:
        conditions.append(Disclosure.patient_id == patient_id)
    if since is not None:
        conditions.append(Disclosure.disclosed_on >= since)
    if only_accounted:
        conditions.append(Disclosure.is_accounted.is_(True))
    return tuple(standing(work, conditions, limit=limit))


def standing(
    work: Work, conditions: list[ColumnElement[bool]], *, limit: int | None = None
) -> list[DisclosureLine]:
    """Entries that nothing corrects or strikes, newest first; one statement."""
    later = aliased(Disclosure)
    rows = work.session.execute(
        select(Disclosure, Patient, ReleasePacket.id, ReleaseRequest, ReleaseSending.locked_sha256)
        .join(Patient, Patient.id == Disclosure.patient_id)
        .outerjoin(ReleaseSending, ReleaseSending.id == Disclosure.sending_id)
        .outerjoin(ReleasePacket, ReleasePacket.id == ReleaseSending.packet_id)
        .outerjoin(ReleaseRequest, ReleaseRequest.id == ReleasePacket.request_id)
        .where(
            ~Disclosure.is_struck,
            ~exists().where(later.corrects_id == Disclosure.id),
            *conditions,
        )
        .order_by(Disclosure.disclosed_on.desc(), Disclosure.id.desc())
        .limit(limit)
    )
    return [
        DisclosureLine(
            disclosure_id=row.id,
            patient_id=row.patient_id,
            patient=last_first(patient.legal_last, patient.legal_first),
            chart_number=patient.chart_number,
            disclosed_on=row.disclosed_on,
            until_on=row.until_on,
            times=row.times,
            recipient=row.recipient,
            recipient_address=row.recipient_address,
            what=row.what,
            purpose=row.purpose,
            ground=row.ground,
            has_part_2=row.has_part_2,
            is_accounted=row.is_accounted,
            request_id=_id_of(request),
            request=_number_of(request),
            packet_id=packet_id,
            sending_id=row.sending_id,
            locked_sha256=locked,
            is_correction=row.corrects_id is not None,
            recorded_by=row.recorded_by,
            recorded_on=work.wall(row.recorded_at).date(),
        )
        for row, patient, packet_id, request, locked in rows
    ]


@command("Enter disclosure", permission="records.release", undo=_struck)
def enter(work: Work, *, patient_id: int, draft: DisclosureDraft) -> int:
    """A disclosure that no release wrote: a report made by telephone, a form for the health department."""
    patient = work.get(Patient, patient_id)
    work.concerns(patient_id)
    refuse_if_any(_findings(work, patient, draft))
    return write(work, patient_id, draft)


@command(
    "Correct disclosure",
    permission="records.release",
    undo=irreversible("An entry of the accounting stays. Correct it once more."),
)
def correct(work: Work, *, disclosure_id: int, draft: DisclosureDraft) -> int:
    """A new entry in the place of one; the old one is kept, and stands no more."""
    row = _that_stands(work, disclosure_id)
    patient = work.get(Patient, row.patient_id)
    refuse_if_any(_findings(work, patient, draft))
    return write(work, row.patient_id, draft, sending_id=row.sending_id, corrects_id=row.id)


@command(
    "Strike disclosure",
    permission="records.release",
    undo=irreversible("A struck entry stays struck. Enter it anew."),
)
def strike(work: Work, *, disclosure_id: int, because: str) -> None:
    """It was entered by mistake: it stands no more, and is kept with the reason. Not what a release wrote."""
    row = _that_stands(work, disclosure_id)
    findings = []
    if row.sending_id is not None:
        findings.append(
            Finding("A release wrote this entry, so it happened. Correct its words, or note that it failed.")
        )
    if not because.strip():
        findings.append(Finding("Write why the entry is struck.", "because"))
    refuse_if_any(findings)
    work.add(
        Disclosure(
            patient_id=row.patient_id,
            disclosed_on=row.disclosed_on,
            recipient=row.recipient,
            recipient_address=row.recipient_address,
            what=row.what,
            purpose=row.purpose,
            ground=row.ground,
            has_part_2=row.has_part_2,
            is_accounted=False,
            until_on=row.until_on,
            times=row.times,
            corrects_id=row.id,
            is_struck=True,
            struck_because=because.strip(),
            recorded_at=work.now,
            recorded_by=work.actor.name,
            recorded_by_id=work.actor.user_id,
        )
    )


def write(
    work: Work,
    patient_id: int,
    draft: DisclosureDraft,
    *,
    sending_id: int | None = None,
    corrects_id: int | None = None,
) -> int:
    """One entry, in the transaction of the act that disclosed; called by what sends copies."""
    return work.add(
        Disclosure(
            patient_id=patient_id,
            disclosed_on=draft.disclosed_on,
            recipient=draft.recipient.strip(),
            recipient_address=draft.recipient_address.strip(),
            what=draft.what.strip()[:LONGEST],
            purpose=draft.purpose.strip()[:LONGEST],
            ground=draft.ground,
            has_part_2=draft.has_part_2,
            is_accounted=is_accounted(draft.ground, has_part_2=draft.has_part_2),
            until_on=draft.until_on,
            times=draft.times,
            sending_id=sending_id,
            corrects_id=corrects_id,
            is_struck=False,
            struck_because="",
            recorded_at=work.now,
            recorded_by=work.actor.name,
            recorded_by_id=work.actor.user_id,
        )
    ).id


def _id_of(request: ReleaseRequest | None) -> int | None:
    return None if request is None else request.id


def _number_of(request: ReleaseRequest | None) -> str:
    return "" if request is None else number_words(request.number)


def _that_stands(work: Work, disclosure_id: int) -> Disclosure:
    row = work.get(Disclosure, disclosure_id)
    work.concerns(row.patient_id)
    later = work.session.scalar(select(Disclosure.id).where(Disclosure.corrects_id == disclosure_id))
    if row.is_struck or later is not None:
        raise Refused(Finding("This entry was corrected already. Look at the newer one."))
    return row


def _findings(work: Work, patient: Patient, draft: DisclosureDraft) -> list[Finding]:
    findings = []
    if not draft.recipient.strip():
        findings.append(Finding("Enter who received it.", "recipient"))
    if not draft.what.strip():
        findings.append(Finding("Describe in a few words what was disclosed.", "what"))
    if not draft.purpose.strip():
        findings.append(Finding("Enter what for, so that the patient can understand it.", "purpose"))
    if max(len(draft.what), len(draft.purpose)) > LONGEST:
        findings.append(Finding(f"Say it in at most {LONGEST} characters.", "what"))
    if draft.disclosed_on > work.today:
        findings.append(Finding("This day is still to come. Look at the date again.", "disclosed_on"))
    elif draft.disclosed_on < patient.born_on:
        findings.append(Finding("The patient was not born yet. Look at the date again.", "disclosed_on"))
    if (draft.until_on is None) != (draft.times is None):
        findings.append(Finding("Of a series enter the last day and how many there were.", "until_on"))
    elif draft.until_on is not None and draft.times is not None:
        if not draft.disclosed_on < draft.until_on <= work.today:
            findings.append(Finding("The last day lies after the first, and not ahead.", "until_on"))
        if draft.times < 2:
            findings.append(Finding("A series has two disclosures or more.", "times"))
    return findings
