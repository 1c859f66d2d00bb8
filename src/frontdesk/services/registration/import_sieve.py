"""Which lines of another system's file become patients: the sound ones that are not here yet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA
from sqlalchemy import select

from frontdesk.formats.patient_csv import PatientLine, RefusedLine
from frontdesk.kernel.errors import Finding
from frontdesk.models.registration.patient import Patient, PatientIdentifier, Sex
from frontdesk.models.registration.reach import PhoneKind
from frontdesk.models.registration.search_key import PatientMatchKey
from frontdesk.services.registration import match_keys
from frontdesk.services.registration.drafts import (
    AddressDraft,
    DetailsDraft,
    IdentityDraft,
    PatientDraft,
    PhoneDraft,
)
from frontdesk.services.registration.likeness import compare
from frontdesk.services.registration.person import Person, person_of
from frontdesk.services.registration.rules import check_patient
from frontdesk.services.work import Work


@dataclass(slots=True)
class Sieve:
    """Lets through the lines that are sound and new, to the database and to the lines before them."""

    work: Work
    system: str
    already_here: int = 0
    refused: list[RefusedLine] = field(default_factory=list)
    before: dict[str, list[tuple[int, Person]]] = field(default_factory=lambda: defaultdict(list))
    identifiers: set[str] = field(default_factory=set)

    def passing(self, lines: Sequence[PatientLine]) -> Iterator[tuple[PatientLine, PatientDraft]]:
        """The lines to register, with their drafts; six statements however many they are."""
        known = self._known(lines)
        sound: list[tuple[PatientLine, PatientDraft, Person, frozenset[str]]] = []
        for line in lines:
            if line.identifier in known:
                self.already_here += 1
                continue
            if line.identifier in self.identifiers:
                self._refuse(line, f"The file has a patient {line.identifier} already, further up.")
                continue
            draft = draft_of(line)
            findings = [
                finding for finding in check_patient(draft, self.work.today) if not _accepted(finding, line)
            ] + _death_findings(self.work, line)
            if findings:
                self._refuse(line, " ".join(finding.message for finding in findings))
                continue
            if line.identifier:
                self.identifiers.add(line.identifier)
            person = person_of(draft)
            sound.append((line, draft, person, match_keys.kept(person)))
        candidates = self._candidates(sound)
        for line, draft, person, keys in sound:
            twin = self._same(person, keys, candidates)
            if twin:
                self._refuse(line, twin)
                continue
            for key in keys:
                self.before[key].append((line.line, person))
            yield line, draft

    def _refuse(self, line: PatientLine, reason: str) -> None:
        self.refused.append(RefusedLine(line.line, reason))

    def _known(self, lines: Sequence[PatientLine]) -> set[str]:
        wanted = [line.identifier for line in lines if line.identifier]
        return set(
            self.work.session.scalars(
                select(PatientIdentifier.value).where(
                    PatientIdentifier.system == self.system, PatientIdentifier.value.in_(wanted)
                )
            )
        )

    def _candidates(
        self, sound: Sequence[tuple[PatientLine, PatientDraft, Person, frozenset[str]]]
    ) -> dict[str, list[tuple[str, Person]]]:
        """Registered patients who share a key, by key; of name-sakes only those born at nearly that date."""
        born = {key: person for _, _, person, keys in sound for key in keys if key.startswith("n")}
        wanted = sorted({key for *_, keys in sound for key in keys})
        shared: dict[int, list[str]] = defaultdict(list)
        for key, patient_id, born_on in self.work.session.execute(
            select(PatientMatchKey.key, PatientMatchKey.patient_id, Patient.born_on)
            .join(Patient, Patient.id == PatientMatchKey.patient_id)
            .where(PatientMatchKey.key.in_(wanted))
        ):
            person = born.get(key)
            if person is None or _nearly(f"{born_on:%Y%m%d}", f"{person.born_on:%Y%m%d}"):
                shared[patient_id].append(key)
        found: dict[str, list[tuple[str, Person]]] = defaultdict(list)
        charts = self._charts(shared)
        for patient_id, person in match_keys.people(self.work, sorted(shared)):
            for key in shared[patient_id]:
                found[key].append((charts[patient_id], person))
        return found

    def _charts(self, patient_ids: Iterable[int]) -> dict[int, str]:
        asked = select(Patient.id, Patient.chart_number).where(Patient.id.in_(sorted(patient_ids)))
        return {row.id: row.chart_number for row in self.work.session.execute(asked)}

    def _same(
        self, person: Person, keys: Iterable[str], candidates: dict[str, list[tuple[str, Person]]]
    ) -> str:
        for key in sorted(keys):
            for chart_number, other in candidates.get(key, ()):
                alike = compare(person, other)
                if alike.is_certain:
                    return (
                        f"Chart {chart_number} seems to be the same person: {'; '.join(alike.reasons)}. "
                        "Register the patient by hand if this is somebody else."
                    )
            for number, other in self.before.get(key, ()):
                alike = compare(person, other)
                if alike.is_certain:
                    return f"Line {number} seems to be the same person: {'; '.join(alike.reasons)}."
        return ""


def draft_of(line: PatientLine) -> PatientDraft:
    """A line of the file as the desk would have typed it."""
    numbers = ((line.mobile, PhoneKind.MOBILE), (line.home_phone, PhoneKind.HOME))
    given = any((line.street, line.city, line.state, line.postal_code))
    return PatientDraft(
        identity=IdentityDraft(
            legal_first=line.first,
            legal_middle=line.middle,
            legal_last=line.last,
            suffix=line.suffix,
            preferred_name=line.preferred,
            former_last_name=line.former_last,
            born_on=line.born_on,
            sex=Sex(line.sex) if line.sex in ("female", "male") else Sex.UNKNOWN,
        ),
        details=DetailsDraft(
            language=line.language or "English",
            race=line.race,
            ethnicity=line.ethnicity,
            marital_status=line.marital_status,
            email=line.email,
        ),
        phones=tuple(PhoneDraft(number, kind) for number, kind in numbers if number),
        address=AddressDraft(line.street, line.city, line.state, _zip(line.postal_code), line.unit)
        if given
        else None,
    )


def _zip(text: str) -> str:
    if text.isdigit() and len(text) in (8, 9):
        return f"{text.zfill(9)[:5]}-{text.zfill(9)[5:]}"
    # A spreadsheet drops the zero that New England's ZIP codes begin with.
    return text.zfill(5) if text.isdigit() and len(text) in (3, 4) else text


def _accepted(finding: Finding, line: PatientLine) -> bool:
    """A child may come without guarantor, an address without ZIP code: the desk asks at the next visit."""
    return finding.overridable or (finding.field == "address.postal_code" and not line.postal_code)


def _death_findings(work: Work, line: PatientLine) -> list[Finding]:
    if line.died_on is not None and line.died_on < line.born_on:
        return [Finding("The date of death is before the birth date. Check both.", "died_on")]
    if line.died_on is not None and line.died_on > work.today:
        return [Finding("The date of death is in the future. Check the year.", "died_on")]
    return []


def _nearly(one: str, other: str) -> bool:
    return OSA.distance(one, other) <= 1 or (one[:4] == other[:4] and one[4:] == other[6:] + other[4:6])
