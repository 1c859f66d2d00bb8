"""What the patient panel and the head of every page show of a patient."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from frontdesk.kernel.names import first_last, initials
from frontdesk.kernel.text import age_on, us_phone
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.patient import PatientStatus as PatientStatus
from frontdesk.models.registration.reach import PatientContact
from frontdesk.models.registration.reach import PhoneKind as PhoneKind
from frontdesk.services.command import query
from frontdesk.services.registration import (
    alerts,
    coverages,
    edits,
    phones,
    search_keys,
    self_pay,
    verifications,
)
from frontdesk.services.registration.alerts import Alert
from frontdesk.services.registration.coverages import CoverageLine
from frontdesk.services.registration.drafts import DetailsDraft, IdentityDraft
from frontdesk.services.registration.member_ids import member_id_shown as member_id_shown
from frontdesk.services.registration.verifications import Verification
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Identity:
    """The patient as the head of a page names them."""

    patient_id: int
    name: str
    initials: str
    born_on: date
    age: int
    pronouns: str
    chart_number: str
    language: str
    interpreter_needed: bool
    status: PatientStatus
    status_reason: str
    is_restricted: bool


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """A phone and what may be done with it; a contact's has their name as `whose`."""

    number: str
    kind: PhoneKind
    text_ok: bool
    voicemail_ok: bool
    note: str
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Namesake:
    """Another patient of the same name."""

    patient_id: int
    born_on: date
    chart_number: str


@dataclass(frozen=True, slots=True)
class PanelCoverage:
    """A coverage with the payer's last answer."""

    line: CoverageLine
    verification: Verification | None

    @property
    def copay_cents(self) -> int | None:
        """What the payer said, else what the plan usually asks."""
        if self.verification is not None and self.verification.copay_cents is not None:
            return self.verification.copay_cents
        return self.line.plan_copay_cents


@dataclass(frozen=True, slots=True)
class Panel:
    """All that registration knows for the patient panel."""

    identity: Identity
    phones: tuple[PhoneLine, ...]
    alerts: tuple[Alert, ...]
    namesakes: tuple[Namesake, ...]
    may_discuss: tuple[str, ...]
    coverages: tuple[PanelCoverage, ...]
    is_self_pay: bool


@dataclass(frozen=True, slots=True)
class Demographics:
    """The patient's own data as the desk edits them, section by section."""

    patient_id: int
    identity: IdentityDraft
    details: DetailsDraft


@query(permission="registration.view")
def identity(work: Work, *, patient_id: int) -> Identity:
    """Who the patient is, in one line."""
    return _identity(work, work.get(Patient, patient_id))


@query(permission="registration.view")
def demographics(work: Work, *, patient_id: int) -> Demographics:
    """The sections that `edits` changes, as they are now."""
    patient = work.get(Patient, patient_id)
    return Demographics(patient_id, edits.identity_of(patient), edits.details_of(patient))


@query(permission="registration.view")
def panel(work: Work, *, patient_id: int) -> Panel:
    """Eight statements at most, however much there is to show."""
    patient = work.get(Patient, patient_id)
    contacts = work.session.scalars(
        select(PatientContact)
        .where(PatientContact.patient_id == patient_id, PatientContact.ended_on.is_(None))
        .order_by(PatientContact.id)
    ).all()
    covering = coverages.in_force(work, patient_id, work.today)
    answers = verifications.latest_of(work, [line.id for line in covering])
    warned = alerts.in_force(work, patient_id)
    return Panel(
        identity=_identity(work, patient),
        phones=(
            *(
                PhoneLine(us_phone(row.number), row.kind, row.text_ok, row.voicemail_ok, row.note)
                for row in phones.in_use(work, patient_id)
            ),
            *(
                PhoneLine(
                    us_phone(contact.phone),
                    PhoneKind.OTHER,
                    text_ok=False,
                    voicemail_ok=False,
                    note="",
                    whose=f"{contact.name}, {contact.relationship}",
                )
                for contact in contacts
                if contact.phone and (contact.is_emergency or contact.is_guardian)
            ),
        ),
        alerts=warned,
        namesakes=_namesakes(work, patient),
        may_discuss=_told(contacts, warned),
        coverages=tuple(PanelCoverage(line, answers.get(line.id)) for line in covering),
        is_self_pay=self_pay.in_force(work, patient_id, work.today) is not None,
    )


def _told(contacts: Sequence[PatientContact], warned: tuple[Alert, ...]) -> tuple[str, ...]:
    """Who may be told things, each once: somebody whom an alert names already is not named again."""
    names = dict.fromkeys(contact.name for contact in contacts if contact.may_discuss)
    return tuple(name for name in names if not any(name in alert.sentence for alert in warned))


def _identity(work: Work, patient: Patient) -> Identity:
    return Identity(
        patient_id=patient.id,
        name=first_last(patient.legal_first, patient.legal_last),
        initials=initials(patient.legal_first, patient.legal_last),
        born_on=patient.born_on,
        age=age_on(patient.born_on, patient.died_on or work.today),
        pronouns=patient.pronouns,
        chart_number=patient.chart_number,
        language=patient.language,
        interpreter_needed=patient.interpreter_needed,
        status=patient.status,
        status_reason=patient.status_reason,
        is_restricted=patient.is_restricted,
    )


def _namesakes(work: Work, patient: Patient) -> tuple[Namesake, ...]:
    rows = work.session.execute(
        select(Patient.id, Patient.born_on, Patient.chart_number)
        .where(
            Patient.search_name == patient.search_name,
            Patient.id != patient.id,
            Patient.status.in_(sorted(search_keys.FINDABLE)),
        )
        .order_by(Patient.born_on, Patient.id)
        .limit(5)
    )
    return tuple(Namesake(*row) for row in rows)
