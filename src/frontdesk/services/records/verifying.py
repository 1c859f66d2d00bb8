"""Every seal recomputed: which consents are no longer what was agreed, and what differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import msgspec
from sqlalchemy import select

from frontdesk.models.records.consent import Consent
from frontdesk.models.registration.patient import Patient
from frontdesk.models.security.audit import AuditEntry
from frontdesk.services.audit import RowChange
from frontdesk.services.command import query
from frontdesk.services.records import seal
from frontdesk.services.work import Work

_AT_A_TIME: Final = 500


@dataclass(frozen=True, slots=True)
class BrokenSeal:
    """A consent that is not what was agreed. No patient is named: the id leads there."""

    consent_id: int
    title: str
    differs: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """ "Consent 1234, “Consent to treat”: changed after it was given: the words of the form." """
        return f"Consent {self.consent_id}, “{self.title}”: {'; '.join(self.differs)}."


@dataclass(frozen=True, slots=True)
class SealReport:
    """What recomputing showed."""

    checked: int
    broken: tuple[BrokenSeal, ...]


@query(permission="security.verify_audit")
def verify_all(work: Work) -> SealReport:
    """Every consent against its seal, and against the seal that the audit log kept of it."""
    logged = dict(_logged(work))
    merged = _merged(work)
    broken: list[BrokenSeal] = []
    checked = 0
    rows = select(Consent).order_by(Consent.id).execution_options(yield_per=_AT_A_TIME)
    for consent in work.session.scalars(rows):
        checked += 1
        differs = _differs(consent, merged)
        title, sealed = logged.pop(consent.id, ("", consent.sha256))
        if not differs and sealed != consent.sha256:
            differs = ("it was sealed anew: the audit log has another seal",)
        if differs:
            broken.append(BrokenSeal(consent.id, title or consent.title, differs))
        work.session.expunge(consent)
    broken += [
        BrokenSeal(id, title, ("it is gone, and the audit log says that it was given",))
        for id, (title, _) in sorted(logged.items())
    ]
    return SealReport(checked, tuple(broken))


@query(permission="records.view")
def verify_patient(work: Work, *, patient_id: int) -> SealReport:
    """The consents in one chart against their seals."""
    found = work.session.scalars(
        select(Consent).where(Consent.patient_id == patient_id).order_by(Consent.id)
    ).all()
    merged = _merged(work) if any(each.sealed_patient_id != patient_id for each in found) else {}
    broken = [
        BrokenSeal(consent.id, consent.title, differs)
        for consent in found
        if (differs := _differs(consent, merged))
    ]
    return SealReport(len(found), tuple(broken))


def _differs(consent: Consent, merged: dict[int, int]) -> tuple[str, ...]:
    differs = seal.what_differs(consent)
    if differs:
        return tuple(f"{each} changed after it was given" for each in differs)
    chart = consent.sealed_patient_id
    for _ in range(len(merged) + 1):  # a chart may be merged into one that was merged later
        if chart == consent.patient_id:
            return ()
        if chart not in merged:
            break
        chart = merged[chart]
    return ("it lies in another chart than the one in which it was given",)


def _merged(work: Work) -> dict[int, int]:
    rows = work.session.execute(
        select(Patient.id, Patient.merged_into_id).where(Patient.merged_into_id.is_not(None))
    )
    return {id: into for id, into in rows if into is not None}


def _logged(work: Work) -> Iterator[tuple[int, tuple[str, str]]]:
    """Title and seal of each consent as the audit log has them; what came in bulk is not in it."""
    entries = (
        select(AuditEntry.changes)
        .where(
            AuditEntry.command.startswith("records.consents.")
            | AuditEntry.command.startswith("records.paper.")
        )
        .execution_options(yield_per=_AT_A_TIME)
    )
    for changes in work.session.scalars(entries):
        for change in msgspec.json.decode(changes, type=tuple[RowChange, ...]):
            if change.table == "consent" and change.act == "insert":
                yield int(change.id), (str(change.values["title"]), str(change.values["sha256"]))
