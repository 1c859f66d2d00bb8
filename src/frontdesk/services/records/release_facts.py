"""What is known of a request: the form that holds, what was looked at by whom, the second reader's word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from frontdesk.models.records.consent import Consent
from frontdesk.models.records.document import Sensitivity
from frontdesk.models.records.release import Basis, ReleaseRequest, Requester
from frontdesk.models.records.release_check import (
    CheckItem,
    FormEnd,
    ReleaseFact,
    ReleaseForm,
    ReleaseFormEnd,
    ReleaseReview,
)
from frontdesk.models.registration.reach import PatientContact
from frontdesk.services.records.release_words import STATED
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Fact:
    """What somebody found when they looked at one thing."""

    item: CheckItem
    holds: bool
    words: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class FormFacts:
    """The signed form as it was read, and what ended it."""

    form_id: int
    document_id: int | None
    consent_id: int | None
    signed_on: date | None
    signer: str
    relation: str
    authority: str
    expires_on: date | None
    expires_event: str
    names_classes: tuple[Sensitivity, ...]
    is_psychotherapy_alone: bool
    recorded_on: date
    ended_on: date | None = None
    ended_how: FormEnd | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """The second reader's word on the present round."""

    reviewer: str
    agreed: bool
    words: str
    on: date


@dataclass(frozen=True, slots=True)
class Known:
    """All of it, of one request."""

    facts: Mapping[CheckItem, Fact] = field(default_factory=dict)
    form: FormFacts | None = None
    review: Review | None = None
    authority_until: date | None = None
    """The last day of the right of a representative on file."""
    contact_ended: bool = False

    def holds(self, item: CheckItem) -> bool:
        """Whether it was looked at, and found to be so."""
        fact = self.facts.get(item)
        return fact is not None and fact.holds


NOTHING = Known()


def known_of(work: Work, rows: Sequence[ReleaseRequest]) -> dict[int, Known]:
    """What is known of each of these requests; a constant number of statements."""
    ids = tuple(row.id for row in rows)
    forms = _forms(work, ids)
    facts = _facts(work, ids, forms)
    reviews = _reviews(work, rows)
    contacts = _contacts(work, rows)
    found = {}
    for row in rows:
        contact = contacts.get(row.contact_id) if row.contact_id is not None else None
        found[row.id] = Known(
            facts=facts.get(row.id, {}),
            form=forms.get(row.id),
            review=reviews.get(row.id),
            authority_until=contact[0] if contact else None,
            contact_ended=contact is not None and contact[1] is not None,
        )
    return found


def known(work: Work, row: ReleaseRequest) -> Known:
    """What is known of one request."""
    return known_of(work, (row,))[row.id]


def items_of(row: ReleaseRequest) -> tuple[CheckItem, ...]:
    """What a person must look at before copies leave on this ground, in the order of the checklist."""
    items = [CheckItem.IDENTITY]
    if needs_authority(row):
        items.append(CheckItem.AUTHORITY)
    if needs_form(row):
        items += STATED
    if row.basis is Basis.SUBPOENA:
        items.append(CheckItem.ASSURANCE)
    if needs_minimum(row):
        items.append(CheckItem.MINIMUM)
    return tuple(items)


def needs_form(row: ReleaseRequest) -> bool:
    """Whether the patient's authorization is the ground (45 CFR 164.508)."""
    return row.basis is Basis.AUTHORIZATION


def needs_authority(row: ReleaseRequest) -> bool:
    """Whether who asks acts for another, or for an office (45 CFR 164.514(h)(2))."""
    return row.requester in (
        Requester.REPRESENTATIVE,
        Requester.ATTORNEY,
        Requester.COURT,
        Requester.PUBLIC_HEALTH,
        Requester.GOVERNMENT,
    )


def needs_minimum(row: ReleaseRequest) -> bool:
    """Whether only what the purpose needs may go (45 CFR 164.502(b)); an employer's form is read narrowly."""
    if row.basis in (Basis.PAYMENT, Basis.OPERATIONS, Basis.SUBPOENA, Basis.PUBLIC_HEALTH):
        return True
    return row.basis is Basis.AUTHORIZATION and row.requester in (
        Requester.EMPLOYER,
        Requester.INSURER,
        Requester.SCHOOL,
    )


def _forms(work: Work, ids: tuple[int, ...]) -> dict[int, FormFacts]:
    rows = work.session.execute(
        select(ReleaseForm, ReleaseFormEnd, Consent.counts_from)
        .outerjoin(ReleaseFormEnd, ReleaseFormEnd.form_id == ReleaseForm.id)
        .outerjoin(Consent, Consent.revokes_id == ReleaseForm.consent_id)
        .where(ReleaseForm.request_id.in_(ids))
        .order_by(ReleaseForm.recorded_at, ReleaseForm.id)
    )
    return {form.request_id: _form(work, form, end, revoked_from) for form, end, revoked_from in rows}


def _form(work: Work, form: ReleaseForm, end: ReleaseFormEnd | None, revoked_from: date | None) -> FormFacts:
    ended_on, how = (end.ended_on, end.how) if end is not None else (None, None)
    if revoked_from is not None and (ended_on is None or revoked_from < ended_on):
        ended_on, how = revoked_from, FormEnd.REVOKED
    return FormFacts(
        form_id=form.id,
        document_id=form.document_id,
        consent_id=form.consent_id,
        signed_on=form.signed_on,
        signer=form.signer_name,
        relation=form.relation,
        authority=form.authority,
        expires_on=form.expires_on,
        expires_event=form.expires_event,
        names_classes=form.names_classes,
        is_psychotherapy_alone=form.is_psychotherapy_alone,
        recorded_on=work.wall(form.recorded_at).date(),
        ended_on=ended_on,
        ended_how=how,
    )


def _facts(
    work: Work, ids: tuple[int, ...], forms: Mapping[int, FormFacts]
) -> dict[int, dict[CheckItem, Fact]]:
    rows = work.session.scalars(
        select(ReleaseFact)
        .where(ReleaseFact.request_id.in_(ids))
        .order_by(ReleaseFact.checked_at, ReleaseFact.id)
    )
    found: dict[int, dict[CheckItem, Fact]] = {}
    for row in rows:
        holding = forms.get(row.request_id)
        if row.form_id is not None and (holding is None or holding.form_id != row.form_id):
            continue  # read off a form that no longer holds
        found.setdefault(row.request_id, {})[row.item] = Fact(
            row.item, row.holds, row.words, row.checked_by, work.wall(row.checked_at).date()
        )
    return found


def _reviews(work: Work, rows: Sequence[ReleaseRequest]) -> dict[int, Review]:
    rounds = {row.id: row.review_round for row in rows}
    found = work.session.scalars(
        select(ReleaseReview).where(ReleaseReview.request_id.in_(rounds)).order_by(ReleaseReview.round)
    )
    return {
        each.request_id: Review(each.reviewer, each.agreed, each.words, work.wall(each.at).date())
        for each in found
        if each.round == rounds[each.request_id]
    }


def _contacts(work: Work, rows: Sequence[ReleaseRequest]) -> dict[int, tuple[date | None, date | None]]:
    ids = tuple(row.contact_id for row in rows if row.contact_id is not None)
    if not ids:
        return {}
    found = work.session.execute(
        select(PatientContact.id, PatientContact.authority_until, PatientContact.ended_on).where(
            PatientContact.id.in_(ids)
        )
    )
    return {id: (until, ended) for id, until, ended in found}
