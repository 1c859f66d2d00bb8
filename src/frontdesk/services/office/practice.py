"""The practice itself: what stands on its claims and letters."""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import Finding, NotFound, refuse_if_any
from frontdesk.kernel.text import digits
from frontdesk.models.office.practice import Practice
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.office import identifiers
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

LOCKS_AFTER_MINUTES: Final = 5
"""Until the office says otherwise."""
_LONGEST: Final = {"name": 120, "address1": 120, "address2": 120, "city": 80, "email": 120}

says("uq_practice_singleton", "This database already belongs to a practice. Sign in instead.")


@dataclass(frozen=True, slots=True)
class PracticeDraft:
    """A practice as the office enters it; dashes, dots and spaces in numbers do not matter."""

    name: str
    npi: str
    tax_id: str
    address1: str
    city: str
    state: str
    zip: str
    phone: str
    zone: str
    address2: str = ""
    taxonomy: str = ""
    fax: str = ""
    email: str = ""
    lock_after_minutes: int = LOCKS_AFTER_MINUTES
    tax_id_is_ssn: bool = False


@dataclass(frozen=True, slots=True)
class PracticeView:
    """The practice as it is."""

    id: int
    version: int
    draft: PracticeDraft


@query(permission="office.view")
def practice(work: Work) -> PracticeView:
    """The practice; raises NotFound before the first set-up."""
    found = _practice(work)
    return PracticeView(found.id, found.version, _draft(found))


@query(permission="door.sign_in")
def practice_name(work: Work) -> str:
    """The name over the door, or "" before the first set-up."""
    return work.session.execute(select(Practice.name)).scalar() or ""


@query(permission="door.sign_in")
def lock_after_minutes(work: Work) -> int:
    """After how many minutes without a key or the mouse a desk locks itself."""
    return work.session.execute(select(Practice.lock_after_minutes)).scalar() or LOCKS_AFTER_MINUTES


def _edited_back(done: Performed) -> Undo:
    return Undo(edit_practice, draft=done.result)


@command("Change practice", permission="office.edit", undo=_edited_back)
def edit_practice(work: Work, *, draft: PracticeDraft, version: int | None = None) -> PracticeDraft:
    """Change what stands on claims and letters; gives back what it was."""
    found = work.get(Practice, _practice(work).id, version)
    former = _draft(found)
    clean = checked(draft)
    for name in PracticeDraft.__dataclass_fields__:
        setattr(found, name, getattr(clean, name))
    return former


def add_practice(work: Work, draft: PracticeDraft) -> int:
    """Create the one practice from a checked draft."""
    fields = {name: getattr(draft, name) for name in PracticeDraft.__dataclass_fields__}
    return work.add(Practice(**fields, singleton=1)).id


def checked(draft: PracticeDraft) -> PracticeDraft:
    """The draft in the form it is kept. Raises Refused."""
    refuse_if_any(practice_findings(draft))
    return _plain(draft)


def practice_findings(draft: PracticeDraft) -> list[Finding]:
    """Everything that is wrong with an entry."""
    plain = _plain(draft)
    findings = [
        Finding(sentence, field=field)
        for field, sentence in (
            ("name", "Type the practice's name."),
            ("address1", "Type the street address."),
            ("city", "Type the city."),
        )
        if not getattr(plain, field)
    ]
    findings += [
        Finding(f"At most {most} characters are kept. Shorten it.", field=field)
        for field, most in _LONGEST.items()
        if len(getattr(plain, field)) > most
    ]
    if not identifiers.is_npi(plain.npi):
        findings.append(Finding("This is no NPI: check its ten digits.", field="npi"))
    if not identifiers.is_tax_id(plain.tax_id):
        findings.append(Finding("A tax ID has nine digits.", field="tax_id"))
    if plain.taxonomy and not identifiers.is_taxonomy(plain.taxonomy):
        findings.append(Finding("A taxonomy code has ten characters and ends in X.", field="taxonomy"))
    findings += address_findings(plain.state, plain.zip)
    if identifiers.us_phone_digits(draft.phone) is None:
        findings.append(Finding("This number cannot be dialed. Type area code and number.", field="phone"))
    if draft.fax.strip() and identifiers.us_phone_digits(draft.fax) is None:
        findings.append(Finding("This number cannot be dialed. Type area code and number.", field="fax"))
    if plain.email and not ("@" in plain.email[1:-1] and " " not in plain.email):
        findings.append(Finding("This is no e-mail address.", field="email"))
    if not identifiers.is_zone(plain.zone):
        findings.append(Finding("Choose the time zone of the office.", field="zone"))
    if not 1 <= plain.lock_after_minutes <= 60:
        findings.append(Finding("Lock after 1 to 60 minutes.", field="lock_after_minutes"))
    return findings


def address_findings(state: str, zip: str) -> list[Finding]:
    """What is wrong with the checkable part of an address."""
    findings = []
    if state not in identifiers.STATES:
        findings.append(Finding("Type the state's two letters.", field="state"))
    if not identifiers.is_zip(zip):
        findings.append(Finding("A ZIP code has five or nine digits.", field="zip"))
    return findings


def _plain(draft: PracticeDraft) -> PracticeDraft:
    return replace(
        draft,
        name=" ".join(draft.name.split()),
        npi=digits(draft.npi),
        tax_id=digits(draft.tax_id),
        taxonomy=draft.taxonomy.strip().upper(),
        address1=draft.address1.strip(),
        address2=draft.address2.strip(),
        city=draft.city.strip(),
        state=draft.state.strip().upper(),
        zip=digits(draft.zip),
        phone=identifiers.us_phone_digits(draft.phone) or "",
        fax=identifiers.us_phone_digits(draft.fax) or "",
        email=draft.email.strip(),
        zone=draft.zone.strip(),
    )


def _practice(work: Work) -> Practice:
    found = work.session.execute(select(Practice)).scalar_one_or_none()
    if found is None:
        raise NotFound("This office is not set up yet.")
    return found


def _draft(found: Practice) -> PracticeDraft:
    return PracticeDraft(**{name: getattr(found, name) for name in PracticeDraft.__dataclass_fields__})
