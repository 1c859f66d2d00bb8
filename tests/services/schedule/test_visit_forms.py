"""The forms that only some kinds of visit need: named by the kind, asked for on the day of such a visit."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from frontdesk.models.schedule.appointment import CancelledBy
from frontdesk.models.schedule.visit_type_form import VisitTypeForm
from frontdesk.services.records.standing import Standing, required_for
from frontdesk.services.schedule import booking, visit_forms, visit_types
from frontdesk.services.schedule.visit_forms import VisitForm
from frontdesk.services.schedule.visit_types import VisitTypeDraft
from frontdesk.services.visit import check_in, flags
from frontdesk.services.visit.flags import FlagKind
from frontdesk.services.visit.steps import StepKind
from tests.builders.records import library, signed
from tests.builders.registration import danielle, patient
from tests.builders.schedule import TODAY, WEDNESDAY, at, book, doctor, visit_type, walter
from tests.builders.visit import all_signed, statements
from tests.office import Office
from tests.refusal import refusal

PROCEDURE = "procedure"


def biopsy(office: Office) -> int:
    """A kind of visit that needs the consent to a procedure."""
    library(office)
    return visit_type(office, "Biopsy", 30, form_keys=(PROCEDURE,))


def keys(office: Office, patient_id: int, on: date) -> list[str]:
    return [each.key for each in office.ask(visit_forms.required_for, patient_id=patient_id, on=on)]


def missing(office: Office, day: date) -> list[str]:
    """What the flags of a day say of forms."""
    return [
        flag.words
        for of in office.ask(flags.of_day, day=day)
        for flag in of.flags
        if flag.kind is FlagKind.FORMS
    ]


def test_a_form_is_asked_for_only_on_the_day_of_a_visit_that_names_it(office: Office) -> None:
    kind, dani, other = biopsy(office), danielle(office), walter(office)
    every = ["consent_to_treat", "privacy_notice", "messages", "financial_policy"]
    book(office, "9:30", patient_id=dani, visit_type_id=kind)
    book(office, "10:00", patient_id=other)
    assert keys(office, dani, WEDNESDAY) == [*every, PROCEDURE]
    assert keys(office, dani, WEDNESDAY + timedelta(1)) == every
    assert keys(office, other, WEDNESDAY) == every
    assert PROCEDURE not in [each.key for each in office.ask(required_for, patient_id=dani, on=WEDNESDAY)]


def test_the_flags_of_the_day_name_it(office: Office) -> None:
    kind, dani = biopsy(office), danielle(office)
    all_signed(office)
    all_signed(office, walter(office))
    visit = book(office, "9:30", patient_id=dani, visit_type_id=kind)
    book(office, "10:00", patient_id=walter(office))
    assert missing(office, WEDNESDAY) == ["Consent to a procedure"]
    office.do(booking.cancel, appointment_id=visit, by=CancelledBy.PATIENT, reason="Ill")
    assert missing(office, WEDNESDAY) == []
    assert PROCEDURE not in keys(office, dani, WEDNESDAY)


def test_it_is_signed_anew_at_each_such_visit(office: Office) -> None:
    kind, dani = biopsy(office), danielle(office)
    all_signed(office)
    today = book(office, at("3:00", TODAY), patient_id=dani, visit_type_id=kind)
    book(office, "9:30", patient_id=dani, visit_type_id=kind)
    consents = next(
        step
        for step in office.ask(check_in.check_in, appointment_id=today).steps
        if step.kind is StepKind.CONSENTS
    )
    assert consents.result == "1 of 5 to sign: consent to a procedure"
    signed(office, dani, PROCEDURE)
    assert office.ask(visit_forms.required_for, patient_id=dani)[-1].standing is Standing.SIGNED
    assert missing(office, TODAY) == []
    tomorrow = office.ask(visit_forms.required_for, patient_id=dani, on=WEDNESDAY)[-1]
    assert (tomorrow.standing, tomorrow.is_open) == (Standing.EXPIRED, True)
    office.clock.set(datetime(2026, 3, 18, 13, 0, tzinfo=UTC))
    signed(office, dani, PROCEDURE)
    assert missing(office, WEDNESDAY) == []


def test_the_statements_do_not_grow_with_the_patients(office: Office) -> None:
    kind = biopsy(office)
    first = danielle(office)
    book(office, "9:00", patient_id=first, visit_type_id=kind)
    few = statements(office, lambda: office.ask(flags.of_day, day=WEDNESDAY))
    for starts, name in (("9:30", "Ann"), ("10:00", "Bea"), ("10:30", "Cleo")):
        book(office, starts, patient_id=patient(office, name, "Gray"), visit_type_id=kind)
    assert statements(office, lambda: office.ask(flags.of_day, day=WEDNESDAY)) <= few
    assert len(missing(office, WEDNESDAY)) == 4


def test_a_type_names_forms_and_goes_back_to_those_it_named(office: Office) -> None:
    kind = biopsy(office)
    assert office.ask(visit_forms.visit_forms) == (
        VisitForm(PROCEDURE, "Consent to a procedure"),
        VisitForm("records_release", "Records release"),
    )
    before = office.ask(visit_types.visit_types)
    assert before[0].form_keys == (PROCEDURE,)
    done = office.done(visit_types.change_visit_type, visit_type_id=kind, draft=VisitTypeDraft("Biopsy", 30))
    assert done.result.form_keys == (PROCEDURE,)
    assert office.ask(visit_types.visit_types)[0].form_keys == ()
    book(office, "9:30", visit_type_id=kind)
    assert PROCEDURE not in keys(office, danielle(office), WEDNESDAY)
    office.database.undo(office.actor, done.entry_id)
    assert [replace(each, version=0) for each in office.ask(visit_types.visit_types)] == [
        replace(each, version=0) for each in before
    ]
    assert PROCEDURE in keys(office, danielle(office), WEDNESDAY)


def test_a_form_that_goes_by_another_rule_is_not_named(office: Office) -> None:
    library(office)
    doctor(office)
    with refusal(
        "The form “messages” does not go by the kind of visit. Take it off. "
        "The form “surgery” does not go by the kind of visit. Take it off."
    ):
        office.do(
            visit_types.add_visit_type, draft=VisitTypeDraft("Scan", 30, form_keys=("messages", "surgery"))
        )
    named_twice = visit_type(office, "Scan", 30, form_keys=(PROCEDURE, PROCEDURE))
    (made,) = [each for each in office.ask(visit_types.visit_types) if each.id == named_twice]
    assert made.form_keys == (PROCEDURE,)


@pytest.mark.parametrize(
    ("key", "constraint"),
    [("", "ck_visit_type_form_form_key"), (PROCEDURE, "visit_type_form.*form_key")],
    ids=["empty", "twice"],
)
def test_the_database_refuses_a_name_that_is_empty_or_there(
    office: Office, key: str, constraint: str
) -> None:
    row: dict[str, Any] = {"id": 7, "visit_type_id": biopsy(office), "form_key": key}
    with (
        pytest.raises(DBAPIError, match=constraint),
        office.database.engines.write.begin() as connection,
    ):
        connection.execute(insert(VisitTypeForm).values(**row))
