"""Canceled or missed: late or not, the fee and its waiver, what comes next, and all of it taken back."""

from datetime import date

import pytest
from sqlalchemy import text

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.billing import balances, day_close, explain, missed_fees
from frontdesk.services.schedule import booking, lifecycle, pinboard, series, unscheduled, visits
from frontdesk.services.schedule.day import day_sheet
from frontdesk.services.schedule.recurrence import Rule, Unit
from frontdesk.services.schedule.series_changes import Scope
from frontdesk.services.schedule.words import CancelledBy, Lifecycle
from frontdesk.services.visit import calling_off
from frontdesk.services.visit.calling_off import Next
from tests.builders.registration import danielle
from tests.builders.schedule import TODAY, WEDNESDAY, at, book
from tests.office import Office
from tests.refusal import refusal

AGAIN = (
    "INSERT INTO missed_fee (id, appointment_id, kind, amount_cents, charge_line_id, waived_because, at)"
    " SELECT 1, appointment_id, kind, amount_cents, charge_line_id, waived_because, at FROM missed_fee"
)
NEITHER = (
    "INSERT INTO missed_fee (id, appointment_id, kind, amount_cents, waived_because, at, ended_at)"
    " SELECT 1, appointment_id, kind, amount_cents, '', at, at FROM missed_fee"
)


def shown(office: Office, id: int) -> visits.VisitDetail:
    return office.ask(visits.visit, appointment_id=id)


def asks(office: Office, late: int = 2500, missed: int = 5000) -> None:
    office.do(missed_fees.set_fees, late_cancel_cents=late, no_show_cents=missed)


def owed(office: Office) -> int:
    """What Danielle's account owes, in cents."""
    return office.ask(balances.receivable)


def missed_visit(office: Office) -> int:
    id = book(office, at("10:45", TODAY))
    office.clock.advance(minutes=20)
    return id


def test_a_late_cancellation_costs_the_fee_and_undo_takes_all_of_it_back(office: Office) -> None:
    asks(office)
    id = book(office, "9:30")
    told = office.ask(calling_off.terms, appointment_id=id)
    assert (told.is_late, told.late_cancel_cents, told.can_be_missed) == (True, 2500, False)
    done = office.done(
        calling_off.call_off,
        appointment_id=id,
        by=CancelledBy.PATIENT,
        then=Next.UNSCHEDULED,
        reason="ill",
    )
    assert shown(office, id).is_late_cancellation
    assert owed(office) == 2500
    assert len(office.ask(unscheduled.entries)) == 1
    office.database.undo(office.actor, done.entry_id)
    assert shown(office, id).lifecycle is Lifecycle.BOOKED
    assert owed(office) == 0
    assert office.ask(unscheduled.entries) == ()


def test_in_time_or_by_the_office_nothing_is_asked(office: Office) -> None:
    asks(office)
    office.do(calling_off.call_off, appointment_id=book(office), by=CancelledBy.PROVIDER, then=Next.OFF_BOOK)
    early = book(office, at("9:30", date(2026, 3, 25)))
    assert not office.ask(calling_off.terms, appointment_id=early).is_late
    office.do(calling_off.call_off, appointment_id=early, by=CancelledBy.PATIENT, then=Next.OFF_BOOK)
    assert owed(office) == 0
    assert office.ask(day_sheet, day=WEDNESDAY).visits == ()


def test_a_fee_is_waived_with_a_reason(office: Office) -> None:
    asks(office)
    id = book(office)
    with refusal("Say why the fee is waived."):
        office.do(
            calling_off.call_off,
            appointment_id=id,
            by=CancelledBy.PATIENT,
            then=Next.UNSCHEDULED,
            waived_because=" ",
        )
    assert shown(office, id).lifecycle is Lifecycle.BOOKED
    office.do(
        calling_off.call_off,
        appointment_id=id,
        by=CancelledBy.PATIENT,
        then=Next.UNSCHEDULED,
        waived_because="Flood",
    )
    assert owed(office) == 0


def test_the_account_explains_the_fee(office: Office) -> None:
    asks(office)
    office.do(calling_off.miss, appointment_id=missed_visit(office), then=Next.OFF_BOOK)
    explained = office.ask(explain.balance, patient_id=danielle(office))
    assert "03/17/2026: a fee of $50.00 was charged: Missed visit." in str(explained.sentences)


def test_a_missed_visit_goes_to_the_pinboard(office: Office) -> None:
    id = missed_visit(office)
    assert office.ask(calling_off.terms, appointment_id=id).can_be_missed
    done = office.done(calling_off.miss, appointment_id=id, then=Next.PINBOARD)
    assert [card.appointment_id for card in office.ask(pinboard.pins)] == [id]
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(pinboard.pins) == ()
    assert shown(office, id).lifecycle is Lifecycle.BOOKED


def test_a_no_show_only_after_the_grace(office: Office) -> None:
    id = book(office, at("10:45", TODAY))
    with refusal("Danielle Foster is expected at 10:45 AM. This can be marked from 11:00 AM on."):
        office.do(calling_off.miss, appointment_id=id, then=Next.OFF_BOOK)


def test_no_visit_is_completed_before_its_day(office: Office) -> None:
    id = book(office, "9:30")
    with refusal("Danielle Foster's visit is on 03/18/2026. Only today's patients arrive."):
        office.do(lifecycle.arrive, appointment_id=id)
    with refusal("Danielle Foster has not arrived yet."):
        office.do(lifecycle.complete, appointment_id=id)


def test_a_closed_day_keeps_its_no_shows(office: Office) -> None:
    said = "The day of this visit is closed. A no-show is marked, or taken back, before its day is closed."
    id = missed_visit(office)
    other = book(office, at("11:15", TODAY))
    done = office.done(calling_off.miss, appointment_id=id, then=Next.UNSCHEDULED)
    office.clock.advance(minutes=60)
    office.do(day_close.close, on=TODAY)
    with pytest.raises(FrontdeskError, match=said):
        office.database.undo(office.actor, done.entry_id)
    with pytest.raises(FrontdeskError, match=said):
        office.do(booking.restore, appointment_id=id)
    with pytest.raises(FrontdeskError, match=said):
        office.do(calling_off.miss, appointment_id=other, then=Next.OFF_BOOK)
    assert shown(office, id).lifecycle is Lifecycle.NO_SHOW
    office.do(calling_off.call_off, appointment_id=other, by=CancelledBy.OFFICE, then=Next.OFF_BOOK)


def test_restoring_lets_the_fee_fall_and_taking_that_back_brings_it_again(office: Office) -> None:
    asks(office)
    id = book(office)
    office.do(calling_off.call_off, appointment_id=id, by=CancelledBy.PATIENT, then=Next.UNSCHEDULED)
    done = office.done(calling_off.restore, appointment_id=id)
    assert (owed(office), shown(office, id).lifecycle) == (0, Lifecycle.BOOKED)
    office.database.undo(office.actor, done.entry_id)
    assert (owed(office), shown(office, id).lifecycle) == (2500, Lifecycle.CANCELLED)


def test_the_rest_of_a_series_is_called_off_as_one(office: Office) -> None:
    asks(office)
    first = book(office, "9:30")
    wanted = office.ask(series.preview, appointment_id=first, rule=Rule(Unit.WEEK, count=3))
    made = office.do(series.make, appointment_id=first, slots=tuple(each.slot for each in wanted))
    told = office.ask(calling_off.terms, appointment_id=made.appointment_ids[0])
    assert (told.following, told.of_series) == (2, 3)
    done = office.done(
        calling_off.call_off,
        appointment_id=first,
        by=CancelledBy.PATIENT,
        then=Next.OFF_BOOK,
        scope=Scope.ALL,
    )
    ids = (first, *made.appointment_ids)
    assert {shown(office, id).lifecycle for id in ids} == {Lifecycle.CANCELLED}
    assert owed(office) == 2500, "only the first one is late"
    office.database.undo(office.actor, done.entry_id)
    assert {shown(office, id).lifecycle for id in ids} == {Lifecycle.BOOKED}
    assert owed(office) == 0


def test_a_fee_has_bounds(office: Office) -> None:
    with refusal("A fee is from $0.00 to $1,000.00."):
        asks(office, late=-1)
    done = office.done(missed_fees.set_fees, late_cancel_cents=1000, no_show_cents=2000)
    office.database.undo(office.actor, done.entry_id)
    assert office.ask(missed_fees.rules) == missed_fees.MissedFees(0, 0)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("DELETE FROM missed_fee", "append_only_missed_fee"),
        ("UPDATE missed_fee SET amount_cents = 1", "append_only_missed_fee"),
        (
            AGAIN,
            "uq_missed_fee_appointment|missed_fee.appointment_id",
        ),
        (
            NEITHER,
            "charged_or_waived",
        ),
        ("UPDATE missed_fee_rule SET amount_cents = -1", "amount_possible"),
    ],
)
def test_the_database_keeps_the_fees(office: Office, change: str, constraint: str) -> None:
    asks(office)
    office.do(calling_off.call_off, appointment_id=book(office), by=CancelledBy.PATIENT, then=Next.OFF_BOOK)
    with pytest.raises(Exception, match=constraint), office.database.engines.write.begin() as on:
        on.execute(text(change))
