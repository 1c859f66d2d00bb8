"""Authorized units follow the visit: promised, moved, given back, used, never more than there are."""

from datetime import date, timedelta

from frontdesk.models.schedule.appointment import CancelledBy
from frontdesk.services.registration import authorizations, self_pay
from frontdesk.services.registration.authorizations import Grant, GrantDraft, UnitKind
from frontdesk.services.schedule import (
    authorization_list,
    authorization_steps,
    booking,
    taking_back,
    visit_authorizations,
)
from frontdesk.services.schedule.authorization_list import Standing
from frontdesk.services.schedule.authorization_steps import StepDraft, StepKind, StepWay
from frontdesk.services.schedule.slot import Slot
from tests.builders.registration import coverage, danielle
from tests.builders.schedule import WEDNESDAY, at, book, doctor, visit_type
from tests.office import Office
from tests.refusal import refusal
from tests.services.registration.test_constraints import around, run

FRIDAY = date(2026, 3, 20)


def scan(office: Office) -> int:
    return visit_type(office, "Ultrasound", 30, needs_authorization=True, authorization_days=2)


def granted(office: Office, number: str = "A-5521", units: int = 2, **others: object) -> int:
    """An authorization for Danielle's visits from March on."""
    if "coverage:dani" not in office.made:
        office.made["coverage:dani"] = coverage(office, danielle(office))
    draft = GrantDraft(
        office.made["coverage:dani"],
        number,
        units,
        date(2026, 3, 1),
        **{"valid_until": date(2026, 3, 31), **others},  # type: ignore[arg-type] # named by the caller
    )
    return office.do(authorization_steps.grant, draft=draft).grant_id


def grant(office: Office, grant_id: int) -> Grant:
    return next(
        each for each in office.ask(authorizations.grants, patient_id=danielle(office)) if each.id == grant_id
    )


def left(office: Office, grant_id: int) -> tuple[int, int, int]:
    found = grant(office, grant_id)
    return (found.remaining, found.booked, found.used)


def test_booking_promises_a_unit_and_calling_off_gives_it_back(office: Office) -> None:
    first = granted(office)
    visit = book(office, visit_type_id=scan(office))
    assert left(office, first) == (1, 1, 0)
    cancelled = office.do(booking.cancel, appointment_id=visit, by=CancelledBy.PATIENT)
    assert left(office, first) == (2, 0, 0)
    office.do(taking_back.take_back, appointment_id=visit, event_id=cancelled)
    assert left(office, first) == (1, 1, 0)


def test_a_visit_of_another_kind_promises_nothing(office: Office) -> None:
    first = granted(office)
    book(office)
    assert left(office, first) == (2, 0, 0)


def test_a_moved_visit_takes_its_unit_along_or_gives_it_back_behind_the_end(office: Office) -> None:
    first = granted(office, valid_until=date(2026, 3, 19))
    visit = book(office, visit_type_id=scan(office))
    thursday = office.do(
        booking.move, appointment_id=visit, to=Slot(doctor(office), at("9:30", date(2026, 3, 19)))
    )
    assert left(office, first) == (1, 1, 0)
    friday = office.do(booking.move, appointment_id=visit, to=Slot(doctor(office), at("9:30", FRIDAY)))
    assert left(office, first) == (2, 0, 0)
    [line] = office.ask(authorization_list.work_list)[:1]
    assert (line.standing, line.appointment_id, line.missing) == (Standing.MISSING, visit, 1)
    office.do(taking_back.take_back, appointment_id=visit, event_id=friday)
    assert left(office, first) == (1, 1, 0)
    assert thursday


def test_a_visit_is_split_over_two_authorizations_the_first_to_end_first(office: Office) -> None:
    late, early = granted(office, "B-2", 5), granted(office, "A-1", 2, valid_until=date(2026, 3, 20))
    visit = book(office, visit_type_id=scan(office))
    assert office.do(visit_authorizations.take_units, appointment_id=visit, units=4) == 1
    assert (left(office, early), left(office, late)) == ((0, 2, 0), (3, 2, 0))
    found = office.ask(visit_authorizations.of_visit, appointment_id=visit)
    assert [(each.number, each.units) for each in found.held] == [("A-1", 2), ("B-2", 2)]
    office.do(visit_authorizations.take_units, appointment_id=visit, units=9)
    assert office.ask(visit_authorizations.of_visit, appointment_id=visit).missing == 2


def test_the_last_unit_goes_to_one_visit_and_the_other_is_on_the_list(office: Office) -> None:
    first = granted(office, units=1)
    one = book(office, visit_type_id=scan(office))
    two = book(office, "11:00", visit_type_id=scan(office))
    lines = office.ask(authorization_list.work_list)
    assert [(line.standing, line.appointment_id) for line in lines] == [
        (Standing.MISSING, two),
        (Standing.LOW, None),
    ]
    office.do(authorization_steps.change, grant_id=first, units=2, valid_until=date(2026, 3, 31))
    assert office.ask(visit_authorizations.of_visit, appointment_id=two).missing == 0
    with refusal("2 units are used or booked already. Enter no fewer."):
        office.do(authorization_steps.change, grant_id=first, units=1, valid_until=None)
    office.do(booking.cancel, appointment_id=one, by=CancelledBy.OFFICE)
    assert left(office, first) == (1, 1, 0)


def test_a_self_paying_patient_needs_none(office: Office) -> None:
    first = granted(office)
    office.do(self_pay.choose, patient_id=danielle(office), valid_from=WEDNESDAY, valid_until=WEDNESDAY)
    book(office, visit_type_id=scan(office))
    assert left(office, first) == (2, 0, 0)
    assert [
        line for line in office.ask(authorization_list.work_list) if line.standing is Standing.MISSING
    ] == []


def test_an_authorization_of_one_provider_is_not_for_another(office: Office) -> None:
    first = granted(office, provider_id=doctor(office, "Reyes"))
    book(office, visit_type_id=scan(office))
    assert left(office, first) == (2, 0, 0)


def test_the_database_itself_never_lets_more_be_taken_than_is_granted(office: Office) -> None:
    first = granted(office, units=1)
    book(office, visit_type_id=scan(office))
    said = (
        "This authorization has fewer units left than that. Look at what is left, or ask the payer for more."
    )
    assert around(office, "UPDATE authorization_use SET units = 2") == said
    added = (
        "INSERT INTO authorization_use (id, version, grant_id, units, state, for_day) "
        "VALUES (1, 1, :grant, 1, 'used', '2026-03-18')"
    )
    assert around(office, added, grant=first) == said
    office.do(visit_authorizations.take_units, appointment_id=book(office, "11:00"), units=1)
    office.do(authorization_steps.change, grant_id=first, units=3, valid_until=None)
    run(office, "UPDATE authorization_use SET units = 3")
    assert around(office, "UPDATE authorization_grant SET units = 2") == said
    assert left(office, first) == (0, 3, 0)


def test_asking_is_noted_chased_denied_and_taken_back(office: Office) -> None:
    coverage(office, danielle(office))
    visit = book(office, visit_type_id=scan(office))

    def standing() -> Standing:
        [line] = office.ask(authorization_list.work_list)
        return line.standing

    assert standing() is Standing.MISSING
    with refusal(
        "Choose how the payer was asked. The day to ask again is still to come. Choose a later one."
    ):
        office.do(
            authorization_steps.note,
            appointment_id=visit,
            draft=StepDraft(StepKind.ASKED, chase_on=date(2026, 3, 17)),
        )
    asked = StepDraft(StepKind.ASKED, StepWay.PHONE, "Kim", "R-9", note="Fax the notes")
    office.do(authorization_steps.note, appointment_id=visit, draft=asked)
    [line] = office.ask(authorization_list.work_list)
    assert (line.standing, line.chase_on, line.reference) == (Standing.ASKED, date(2026, 3, 20), "R-9")
    with refusal("Enter why the payer denied it."):
        office.do(authorization_steps.note, appointment_id=visit, draft=StepDraft(StepKind.DENIED))
    denied = office.done(
        authorization_steps.note, appointment_id=visit, draft=StepDraft(StepKind.DENIED, note="Not covered")
    )
    assert standing() is Standing.DENIED
    office.database.undo(office.actor, denied.entry_id)
    assert standing() is Standing.ASKED
    log = office.ask(authorization_steps.steps, appointment_id=visit)
    assert [(line.kind, line.is_taken_back) for line in log] == [
        (StepKind.DENIED, True),
        (StepKind.ASKED, False),
    ]
    no_need = StepDraft(StepKind.NOT_NEEDED, note="Kim, reference R-10")
    office.do(authorization_steps.note, appointment_id=visit, draft=no_need)
    assert office.ask(authorization_list.work_list) == ()


def test_what_ends_soon_is_on_the_list(office: Office) -> None:
    granted(office, units=9, valid_until=date(2026, 3, 25))
    [line] = office.ask(authorization_list.work_list)
    assert (line.standing, line.reference) == (Standing.ENDS, "A-5521")


def test_a_revoked_authorization_leaves_its_visits_without(office: Office) -> None:
    first = granted(office)
    visit = book(office, visit_type_id=scan(office))
    revoked = office.done(authorization_steps.revoke, grant_id=first)
    assert office.ask(visit_authorizations.of_visit, appointment_id=visit).missing == 1
    office.database.undo(office.actor, revoked.entry_id)
    assert left(office, first) == (1, 1, 0)


def test_units_are_used_as_charged_and_the_rest_comes_from_the_next(office: Office) -> None:
    from frontdesk.services.command import command, irreversible
    from frontdesk.services.work import Work

    first = granted(
        office, "A-1", 3, codes="97110", counts=UnitKind.UNITS, valid_until=WEDNESDAY + timedelta(days=3)
    )
    second = granted(office, "B-2", 3, codes="97110 97140", counts=UnitKind.UNITS)
    visit = book(office, visit_type_id=scan(office))

    @command("Charge", permission="billing.enter_charges", undo=irreversible("It is charged."))
    def charge(work: Work, *, appointment_id: int) -> None:
        visit_authorizations.charged(work, appointment_id, {"97110": 4, "99213": 1})

    @command("Uncharge", permission="billing.enter_charges", undo=irreversible("It is not charged."))
    def uncharge(work: Work, *, appointment_id: int) -> None:
        visit_authorizations.uncharged(work, appointment_id)

    office.do(charge, appointment_id=visit)
    assert (left(office, first), left(office, second)) == ((0, 0, 3), (2, 0, 1))
    office.do(uncharge, appointment_id=visit)
    assert (left(office, first), left(office, second)) == ((2, 1, 0), (3, 0, 0))


def test_booking_says_beforehand_what_it_would_take(office: Office) -> None:
    wanted = {
        "patient_id": danielle(office),
        "visit_type_id": scan(office),
        "day": WEDNESDAY,
        "provider_id": doctor(office),
    }
    found = office.ask(visit_authorizations.forecast, **wanted)  # type: ignore[arg-type] # named above
    assert (found.needs, found.number) == (True, "")
    first = granted(office)
    found = office.ask(visit_authorizations.forecast, **wanted)  # type: ignore[arg-type] # named above
    assert (found.number, found.remaining) == ("A-5521", 2)
    assert left(office, first) == (2, 0, 0)
