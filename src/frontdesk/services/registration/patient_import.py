"""Taking over patients from another system's file: each line checked, each known one left alone."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert

from frontdesk.formats.patient_csv import PatientLine, RefusedLine
from frontdesk.models.base import Base
from frontdesk.models.registration.account import Account, AccountMember
from frontdesk.models.registration.patient import Patient, PatientIdentifier, PatientStatus
from frontdesk.models.registration.reach import PatientAddress, PatientPhone
from frontdesk.models.registration.search_key import KeyKind
from frontdesk.services.audit import AuditedSession, RowChange
from frontdesk.services.command import command, irreversible, query
from frontdesk.services.registration import import_review, match_keys, patients, phones, search_keys
from frontdesk.services.registration.drafts import PatientDraft
from frontdesk.services.registration.findable import findable
from frontdesk.services.registration.import_sieve import Sieve
from frontdesk.services.registration.person import person_of
from frontdesk.services.work import Work

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the lines: registered (or fit to be), known from an earlier run, refused, set aside."""

    registered: int
    already_here: int
    refused: tuple[RefusedLine, ...]
    for_review: int = 0
    """Lines that look like somebody who is registered: a person decides."""

    def plus(self, other: "ImportReport") -> "ImportReport":
        """Of both batches together, the refused lines in the order of the file."""
        return ImportReport(
            self.registered + other.registered,
            self.already_here + other.already_here,
            tuple(sorted((*self.refused, *other.refused), key=lambda line: line.line)),
            self.for_review + other.for_review,
        )


@query(permission="registration.import")
def try_out(work: Work, *, system: str, lines: tuple[PatientLine, ...]) -> ImportReport:
    """The dry run: what `take_over` would do with these lines; nothing is written."""
    sieve = Sieve(work, system)
    fit = 0
    for at in range(0, len(lines), _CHUNK):
        work.step(at, len(lines))
        fit += len(list(sieve.passing(lines[at : at + _CHUNK])))
    aside = import_review.new_ones(work, system, sieve.doubtful)
    seen = len(sieve.doubtful) - len(aside)
    return ImportReport(fit, sieve.already_here + seen, tuple(sieve.refused), len(aside))


@command(
    "Import patients",
    permission="registration.import",
    undo=irreversible(
        "Imported patients have chart numbers by now. Make those inactive that do not belong here."
    ),
)
def take_over(work: Work, *, system: str, lines: tuple[PatientLine, ...]) -> ImportReport:
    """Registers the lines that pass, all or none; `system` names the origin of the file for the next run."""
    sieve = Sieve(work, system)
    registered = 0
    for at in range(0, len(lines), _CHUNK):
        work.step(at, len(lines))
        fit = list(sieve.passing(lines[at : at + _CHUNK]))
        _write(work, system, fit)
        registered += len(fit)
    aside = import_review.set_aside(work, system, sieve.doubtful)
    seen = len(sieve.doubtful) - aside
    return ImportReport(registered, sieve.already_here + seen, tuple(sieve.refused), aside)


def _write(work: Work, system: str, fit: Sequence[tuple[PatientLine, PatientDraft]]) -> None:
    """Inserts table by table. The intent holds every value, so the audit entry only names the charts."""
    if not fit:
        return
    session = work.session
    assert isinstance(session, AuditedSession), "commands run in one"
    prefix = patients.chart_prefix(work)
    charts = work.next_numbers("chart", len(fit))
    accounts = work.next_numbers("account", len(fit))
    rows: dict[type, list[dict[str, object]]] = defaultdict(list)
    search: list[tuple[int, tuple[KeyKind, str]]] = []
    match: list[tuple[int, str]] = []
    for (line, draft), chart, account in zip(fit, charts, accounts, strict=True):
        patient_id, account_id = work.new_id(), work.new_id()
        chart_number = f"{prefix}-{chart:05d}"
        rows[Patient].append(
            {
                "id": patient_id,
                "version": 1,
                "chart_number": chart_number,
                "status": PatientStatus.ACTIVE if line.died_on is None else PatientStatus.DECEASED,
                "died_on": line.died_on,
                "registered_at": work.now,
                **patients.identity_values(draft.identity),
                **patients.details_values(draft.details),
            }
        )
        for rank, phone in enumerate(phones.stored(draft.phones), start=1):
            rows[PatientPhone].append(
                {
                    "id": work.new_id(),
                    "version": 1,
                    "patient_id": patient_id,
                    "rank": rank,
                    "kind": phone.kind,
                    "number": phone.number,
                }
            )
        if draft.address is not None:
            rows[PatientAddress].append(
                {
                    "id": work.new_id(),
                    "version": 1,
                    "patient_id": patient_id,
                    "kind": draft.address.kind,
                    "street": draft.address.street,
                    "unit": draft.address.unit,
                    "city": draft.address.city,
                    "state": draft.address.state,
                    "postal_code": draft.address.postal_code,
                    "valid_from": work.today,
                }
            )
        if line.identifier:
            rows[PatientIdentifier].append(
                {"id": work.new_id(), "patient_id": patient_id, "system": system, "value": line.identifier}
            )
        rows[Account].append(
            {
                "id": account_id,
                "version": 1,
                "number": f"A-{account:05d}",
                "holder_patient_id": patient_id,
            }
        )
        rows[AccountMember].append(
            {
                "id": work.new_id(),
                "account_id": account_id,
                "patient_id": patient_id,
                "valid_from": work.today,
            }
        )
        person = findable(draft, chart_number)
        search += [(patient_id, key) for key in search_keys.keys_of(person)]
        match += [(patient_id, key) for key in match_keys.kept(person_of(draft))]
        work.concerns(patient_id)
        session.row_changes.append(RowChange("patient", patient_id, "insert", {"chart_number": chart_number}))
    for table in (Patient, PatientPhone, PatientAddress, PatientIdentifier, Account, AccountMember):
        if rows[table]:
            session.execute(insert(Base.metadata.tables[table.__tablename__]), rows[table])
    search_keys.write_search_keys(work, search)
    match_keys.write(work, match)
