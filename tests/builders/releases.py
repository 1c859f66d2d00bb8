"""Requests for copies: written down, checked, with a form, with pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from frontdesk.kernel.errors import Refused
from frontdesk.services.command import command, irreversible
from frontdesk.services.records import filing, release_detail, release_forms, release_steps, releases
from frontdesk.services.records.filing import Category, Indexing, Sensitivity
from frontdesk.services.records.release_forms import CheckItem, FormDraft
from frontdesk.services.records.release_words import STATED
from frontdesk.services.records.releases import (
    Basis,
    CameBy,
    CopyForm,
    Delivery,
    ReleaseDraft,
    Requester,
)
from frontdesk.services.work import Work
from tests.builders.office import site
from tests.builders.records import filed
from tests.office import Office

TODAY = date(2026, 3, 17)
SIGNED = date(2026, 3, 10)


def lawyer(patient_id: int, received_on: date = date(2026, 3, 2)) -> ReleaseDraft:
    """Rose City Legal asks with a form of the patient."""
    return ReleaseDraft(
        patient_id=patient_id,
        requester=Requester.ATTORNEY,
        basis=Basis.AUTHORIZATION,
        requester_name="Rose City Legal LLP",
        attention="P. Doan",
        requester_email="records@rosecity.example.com",
        requester_address="88 Burnside Street\nPortland, OR 97209",
        came_by=CameBy.FAX,
        came_pages=2,
        received_on=received_on,
        copy_form=CopyForm.ELECTRONIC,
        delivery=Delivery.SECURE_EMAIL,
        purpose="Legal, at the patient's request",
        covers_from=date(2025, 1, 1),
        covers_until=date(2026, 3, 12),
        covers_words="visits and hospital",
    )


def access(
    patient_id: int, name: str = "Walter Harris", received_on: date = date(2026, 3, 2)
) -> ReleaseDraft:
    """The patient wants a copy on paper."""
    return ReleaseDraft(
        patient_id=patient_id,
        requester=Requester.PATIENT,
        basis=Basis.ACCESS,
        requester_name=name,
        came_by=CameBy.IN_PERSON,
        received_on=received_on,
        copy_form=CopyForm.PAPER,
        delivery=Delivery.PICK_UP,
    )


def of_ground(draft: ReleaseDraft, requester: Requester, basis: Basis) -> ReleaseDraft:
    """The same from somebody else, on another ground."""
    return replace(draft, requester=requester, basis=basis, purpose="As the paper says")


def requested(office: Office, draft: ReleaseDraft) -> int:
    """Written down."""
    site(office)
    return office.do(releases.write_down, draft=draft)


def checked(office: Office, request_id: int, *items: CheckItem) -> None:
    """Identity, and what else is named."""
    for item in (CheckItem.IDENTITY, *items):
        office.do(
            release_forms.check_item, request_id=request_id, item=item, holds=True, words="what was seen"
        )


def valid_form(**other: object) -> FormDraft:
    """A form that has everything of 45 CFR 164.508(c)."""
    return replace(
        FormDraft(signed_on=SIGNED, states=STATED, expires_on=date(2026, 12, 31)),
        **other,  # type: ignore[arg-type]  # fields of the draft by name
    )


def authorized(office: Office, patient_id: int, form: FormDraft | None = None) -> int:
    """The lawyer's request with identity, authority and a valid form."""
    request_id = requested(office, lawyer(patient_id))
    checked(office, request_id, CheckItem.AUTHORITY)
    office.do(release_forms.record_form, request_id=request_id, form=form or valid_form())
    return request_id


@command("Choose pages", permission="records.release", undo=irreversible("A test chose them."))
def choose(
    work: Work, *, request_id: int, chosen: int, found: int, document_ids: tuple[int, ...] = ()
) -> None:
    """As the page picker does."""
    row = release_steps.open_request(work, request_id)
    release_steps.collected(work, row, chosen=chosen, found=found, document_ids=document_ids)


@command("Send copies", permission="records.release", undo=irreversible("A test sent them."))
def send(work: Work, *, request_id: int) -> None:
    """As what sends them does."""
    release_steps.mark_sent(work, release_steps.open_request(work, request_id), "Copy sent, 3 pages")


def version_of(office: Office, request_id: int) -> int:
    """What a desk has just seen."""
    return office.ask(release_detail.detail, request_id=request_id).panels.version


def said(act: Callable[[], object]) -> str:
    """What the office says no with."""
    with pytest.raises(Refused) as refused:
        act()
    return str(refused.value)


def hindrances(office: Office, request_id: int, *document_ids: int) -> list[str]:
    """All sentences of the gate."""
    found = office.ask(release_steps.may_send, request_id=request_id, document_ids=document_ids)
    return [each.message for each in found]


def guarded(office: Office, patient_id: int, sensitivity: Sensitivity) -> int:
    """A document of a guarded class."""
    made = filed(office, patient_id, f"Note on {sensitivity.value}")
    indexing = Indexing(Category.VISIT_NOTE, "A note", date(2026, 3, 12), "Dr. Lee", (), sensitivity)
    office.do(filing.correct, document_id=made, indexing=indexing)
    return made
