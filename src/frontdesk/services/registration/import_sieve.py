"""Which lines of another system's file become patients: the sound ones that are not here yet."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA
from sqlalchemy import select

from frontdesk.formats.patient_csv import PatientLine, RefusedLine
from frontdesk.kernel.errors import Finding
from frontdesk.models.registration.patient import Patient, PatientIdentifier
from frontdesk.models.registration.search_key import PatientMatchKey
from frontdesk.services.registration import match_keys
from frontdesk.services.registration.drafts import PatientDraft
from frontdesk.services.registration.import_drafts import draft_of
from frontdesk.services.registration.likeness import compare
from frontdesk.services.registration.person import Person, person_of
from frontdesk.services.registration.rules import check_patient
from frontdesk.services.work import Work


@dataclass(slots=True)
class Sieve:
    """Lets through the lines that are sound and new; who may be here already is set aside for a person."""

    work: Work
    system: str
    already_here: int = 0
    refused: list[RefusedLine] = field(default_factory=list)
    doubtful: list[PatientLine] = field(default_factory=list)
    before: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    identifiers: set[str] = field(default_factory=set)

    def passing(self, lines: Sequence[PatientLine]) -> Iterator[tuple[PatientLine, PatientDraft]]:
        """The lines to register, with their drafts; five statements however many they are."""
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
            if self._is_doubtful(person, keys, candidates):
                self.doubtful.append(line)
                continue
            for key in keys:
                self.before[key].append(person)
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
    ) -> dict[str, list[Person]]:
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
        found: dict[str, list[Person]] = defaultdict(list)
        for patient_id, person in match_keys.people(self.work, sorted(shared)):
            for key in shared[patient_id]:
                found[key].append(person)
        return found

    def _is_doubtful(self, person: Person, keys: Iterable[str], candidates: dict[str, list[Person]]) -> bool:
        """Whether somebody here, or further up in the file, is likely to be the same person."""
        return any(
            compare(person, other).is_likely
            for key in sorted(keys)
            for other in (*candidates.get(key, ()), *self.before.get(key, ()))
        )


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
