"""Who signs a form: the patient or somebody with the right to, and the witness where one is needed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import age_on, fold
from frontdesk.models.records.consent import ConsentForm, Signer
from frontdesk.models.registration.patient import Patient
from frontdesk.models.registration.reach import PatientContact
from frontdesk.services.records import seal
from frontdesk.services.records.seal import Strokes
from frontdesk.services.work import Work

_PARENTS: Final = frozenset({"mother", "father", "parent", "madre", "padre"})


@dataclass(frozen=True, slots=True)
class Representative:
    """Who signs in the patient's place, and by what right."""

    name: str
    relation: str
    authority: str = ""
    """Parent, court order of a date, power of attorney: what the right rests on."""
    contact_id: int | None = None
    """The guardian on file, where it is one of them."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Who saw the signature being given, with their own on the same pad."""

    name: str
    strokes: Strokes = ()


def guardians(work: Work, patient_id: int) -> tuple[Representative, ...]:
    """The guardians on file, with what their right rests on."""
    rows = work.session.execute(
        select(PatientContact.name, PatientContact.relationship, PatientContact.authority, PatientContact.id)
        .where(
            PatientContact.patient_id == patient_id,
            PatientContact.is_guardian,
            PatientContact.ended_on.is_(None),
        )
        .order_by(PatientContact.id)
    )
    return tuple(Representative(*row) for row in rows)


def needs_representative(patient: Patient, form: ConsentForm, on: date) -> bool:
    """Whether the patient cannot sign this form alone on a day."""
    return age_on(patient.born_on, on) < form.guardian_below_age or form.signer is Signer.REPRESENTATIVE


def settled(work: Work, patient: Patient, by: Representative | None, on: date) -> Representative | None:
    """The representative as the record keeps them: found on file by name, a parent's right spelled out."""
    if by is None:
        return None
    name, relation = " ".join(by.name.split()), " ".join(by.relation.split())
    authority = " ".join(by.authority.split())
    on_file = guardians(work, patient.id)
    for known in on_file:
        if known.contact_id == by.contact_id or (by.contact_id is None and fold(known.name) == fold(name)):
            return Representative(
                known.name, relation or known.relation, authority or known.authority, known.contact_id
            )
    is_minor = age_on(patient.born_on, on) < 18
    if not authority and is_minor and not on_file and fold(relation) in _PARENTS:
        authority = "parent"
    return Representative(name, relation, authority, by.contact_id)


def findings(
    work: Work, patient: Patient, form: ConsentForm, by: Representative | None, on: date
) -> Iterator[Finding]:
    """What speaks against this person's signature; `by` as `settled` gave it."""
    if by is None:
        age = age_on(patient.born_on, on)
        if age < form.guardian_below_age:
            yield Finding(
                f"The patient is {age}. A parent or guardian signs, with name and relation.",
                "representative",
            )
        elif form.signer is Signer.REPRESENTATIVE:
            yield Finding(
                "This form is signed by a representative, with name, relation and authority.",
                "representative",
            )
        return
    if not by.name:
        yield Finding("Enter the name of the person who signs.", "representative_name")
    if not by.relation:
        yield Finding(
            "Enter what this person is to the patient, such as mother or guardian.", "representative_relation"
        )
    if by.name and fold(by.name) == fold(first_last(patient.legal_first, patient.legal_last)):
        yield Finding(
            "This is the patient's own name. Enter the person who signs in the patient's place.",
            "representative_name",
        )
    known = {each.contact_id for each in guardians(work, patient.id)}
    if by.contact_id is not None and by.contact_id not in known:
        yield Finding(
            "This guardian is no longer on file for the patient. Choose another, or enter the authority.",
            "representative_name",
        )
    elif by.name and by.relation and not by.authority:
        yield Finding(
            "This person is not on file as a guardian. Enter what the right to sign rests on, "
            "such as a court order or power of attorney, and look at the paper.",
            "representative_authority",
        )


def witness_findings(form: ConsentForm, witness: Witness | None, signer: str) -> Iterator[Finding]:
    """What speaks against the witness, or that one is missing."""
    if witness is None or not (witness.name.strip() or witness.strokes):
        if form.needs_witness:
            yield Finding("This form needs a witness, with name and signature.", "witness_name")
        return
    if not witness.name.strip():
        yield Finding("Enter the name of the witness.", "witness_name")
    yield from witness_on_paper(witness.name, signer)
    if not seal.is_real(witness.strokes):
        yield Finding(
            "There is no signature of the witness yet. Have it drawn above the line.", "witness_strokes"
        )
    elif sum(len(stroke) for stroke in witness.strokes) > seal.MOST_POINTS:
        yield Finding("This is too much ink for a signature. Clear it and sign again.", "witness_strokes")


def witness_on_paper(name: str, signer: str) -> Iterator[Finding]:
    """A witness is somebody else."""
    if name.strip() and fold(name) == fold(signer):
        yield Finding("The witness must be another person than the one who signs.", "witness_name")
