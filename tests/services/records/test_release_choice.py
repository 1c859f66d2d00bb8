"""Which pages go with a request: offered by its scope, chosen one by one, each choice kept and undone."""

from collections.abc import Callable
from datetime import date

import pytest

from frontdesk.kernel.errors import Conflict, NotAllowed
from frontdesk.models.records.document import Sensitivity
from frontdesk.services.database import Database
from frontdesk.services.records import filing, release_choice, release_steps
from frontdesk.services.records.filing import Category, Indexing
from frontdesk.services.records.releases import Basis, Requester
from frontdesk.services.work import Actor
from tests.builders.packets import checked, collected, ready, request, waived
from tests.builders.records import filed, received, sheet
from tests.builders.registration import patient
from tests.office import Office
from tests.refusal import refusal


def _guarded(office: Office, patient_id: int, sensitivity: Sensitivity) -> int:
    document_id = received(office, sheet("Guarded"), patient_id=patient_id)
    indexing = Indexing(Category.LETTER, "Counselling letter", date(2026, 3, 5), sensitivity=sensitivity)
    office.do(filing.file, document_id=document_id, patient_id=patient_id, indexing=indexing)
    return document_id


def test_what_was_asked_for_is_offered_and_the_rest_says_why_not(office: Office) -> None:
    patient_id = patient(office)
    old = filed(office, patient_id, "Old letter", on=date(2024, 5, 1))
    new = filed(office, patient_id, "New letter", on=date(2026, 3, 1))
    request_id = request(office, patient_id, covers_from=date(2025, 1, 1))
    checked(office, request_id)
    shown = office.ask(release_choice.choice, request_id=request_id)
    assert [(each.document_id, each.outside) for each in shown.documents] == [
        (new, ""),
        (old, "Before 01/01/2025"),
    ]
    assert (shown.pages_found, shown.pages_chosen, shown.decided, shown.to_decide) == (1, 0, 0, 1)

    assert office.do(release_choice.propose, request_id=request_id) == (new,)
    shown = office.ask(release_choice.choice, request_id=request_id)
    assert (shown.pages_chosen, shown.decided) == (1, 1)
    assert shown.document_ids == (new,)
    with refusal("Nothing is left to choose of what was asked for. Look at each document."):
        office.do(release_choice.propose, request_id=request_id)

    choose = {"request_id": request_id, "document_id": old, "pages": "all", "instead_of": None}
    with refusal("This is outside of what was asked for. Write why it goes all the same."):
        office.do(release_choice.choose, **choose)  # type: ignore[arg-type]
    office.do(release_choice.choose, reason="The letter answers it", **choose)  # type: ignore[arg-type]
    shown = office.ask(release_choice.choice, request_id=request_id)
    assert (shown.pages_found, shown.pages_chosen) == (2, 2)
    assert shown.documents[1].reason == "The letter answers it"


def test_pages_are_chosen_left_out_and_put_back(office: Office, another: Callable[[], Database]) -> None:
    patient_id = patient(office)
    document_id = received(office, sheet(pages=4), patient_id=patient_id)
    indexing = Indexing(Category.HOSPITAL, "Discharge", date(2026, 3, 12))
    office.do(filing.file, document_id=document_id, patient_id=patient_id, indexing=indexing)
    request_id = request(office, patient_id)
    checked(office, request_id)

    def choose(pages: str, instead_of: str | None) -> int:
        done = office.done(
            release_choice.choose,
            request_id=request_id,
            document_id=document_id,
            pages=pages,
            instead_of=instead_of,
        )
        return done.entry_id

    def chosen() -> tuple[int, ...]:
        return office.ask(release_choice.choice, request_id=request_id).documents[0].chosen

    first = choose("1-2,4", None)
    assert chosen() == (1, 2, 4)
    second = choose("", "1-2,4")
    assert chosen() == ()
    assert office.ask(release_choice.choice, request_id=request_id).documents[0].is_decided
    with refusal("These are no pages of a document with 4. Write them as 1-3,7."):
        choose("5", "")
    with pytest.raises(Conflict, match="Another desk chose pages"):
        choose("1", "1-2,4")
    office.database.undo(office.actor, second)
    assert chosen() == (1, 2, 4)
    assert another().ask(office.actor, release_choice.choice, request_id=request_id).pages_chosen == 3
    office.database.undo(office.actor, first)
    assert not office.ask(release_choice.choice, request_id=request_id).documents[0].is_decided


def test_a_guarded_document_stays_locked_and_unseen(office: Office) -> None:
    patient_id = patient(office)
    guarded = _guarded(office, patient_id, Sensitivity.SUBSTANCE_USE)
    plain = filed(office, patient_id)
    request_id = request(
        office,
        patient_id,
        basis=Basis.TREATMENT,
        requester=Requester.PROVIDER,
        name="Dr. Amin",
    )
    checked(office, request_id)
    shown = office.ask(release_choice.choice, request_id=request_id)
    assert shown.locked == 1
    lock = next(each.lock for each in shown.documents if each.document_id == guarded)
    assert lock.startswith("Substance use records are locked")
    assert office.do(release_choice.propose, request_id=request_id) == (plain,)
    with refusal(lock):
        office.do(
            release_choice.choose, request_id=request_id, document_id=guarded, pages="1", instead_of=None
        )

    clerk = Actor(None, "Clerk", "C", frozenset({"records.view", "records.release"}))
    seen = office.database.ask(clerk, release_choice.choice, request_id=request_id)
    assert [each.document_id for each in seen.documents] == [plain]
    assert seen.locked == 0, "not even that there is one"
    with pytest.raises(NotAllowed):
        office.database.do(
            clerk,
            release_choice.choose,
            request_id=request_id,
            document_id=guarded,
            pages="",
            instead_of=None,
        )


def test_a_change_after_the_second_reader_lapses_what_was_agreed(office: Office) -> None:
    request_id = ready(office)
    document = office.ask(release_choice.choice, request_id=request_id).documents[0]
    office.do(
        release_choice.choose,
        request_id=request_id,
        document_id=document.document_id,
        pages="",
        instead_of="1",
    )
    found = office.ask(release_steps.may_send, request_id=request_id)
    assert [each.message for each in found] == [
        "The copies are not marked as ready. Finish preparing them first."
    ]


def test_what_is_not_in_the_chart_is_not_chosen(office: Office) -> None:
    request_id = collected(office)
    elsewhere = filed(office, patient(office, "Marcus", "Bell"))
    with refusal("This document is no longer filed in this chart. Nothing was chosen."):
        office.do(
            release_choice.choose, request_id=request_id, document_id=elsewhere, pages="1", instead_of=None
        )
    waived(office, request_id)
