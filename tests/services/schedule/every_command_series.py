"""Every command of series, the pinboard and the family, once."""

from datetime import date

from frontdesk.services.schedule import (
    booking,
    family,
    pinboard,
    series,
    series_changes,
    together,
    unscheduled,
)
from frontdesk.services.schedule.family import FamilyVisit
from frontdesk.services.schedule.recurrence import Rule, Unit
from frontdesk.services.schedule.series_changes import Placement, Scope, Words
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.words import CancelledBy, Confirmation
from tests.builders.schedule import at, book, doctor, visit_type, walter
from tests.office import Office

MAY = date(2026, 5, 7)


def run(office: Office) -> None:
    """Books series and changes them."""
    _series(office)
    _pinboard(office)
    _unscheduled(office)
    _copy(office)
    _family(office)


def _series(office: Office) -> None:
    lee = doctor(office)
    first = book(office, at("8:00", MAY))
    wanted = office.ask(series.preview, appointment_id=first, rule=Rule(Unit.WEEK, count=3))
    made = office.do(series.make, appointment_id=first, slots=tuple(each.slot for each in wanted))
    moved = office.do(
        series_changes.move,
        placements=tuple(Placement(id, Slot(lee, at("8:30", MAY), 15)) for id in (first,))
        + tuple(
            Placement(id, Slot(lee, each.slot.starts.replace(hour=10)))
            for id, each in zip(made.appointment_ids, wanted, strict=True)
        ),
    )
    office.do(together.take_back_all, events=moved)
    office.do(
        series_changes.describe, appointment_id=first, scope=Scope.ALL, reason="Shoulder", note="Elevator"
    )
    office.do(series_changes.write, words=(Words(first, "Shoulder", "Stairs"),))
    other = book(office, at("9:00", MAY))
    _put_down_series(office, first, Slot(lee, at("8:15", MAY)))
    brief = office.do(series.make, appointment_id=other, slots=(Slot(lee, at("9:00", date(2026, 5, 8))),))
    office.do(series.unmake, appointment_ids=brief.appointment_ids, first_id=brief.first_id, was_single=True)


def _pinboard(office: Office) -> None:
    visit = book(office, at("11:00", MAY))
    card = office.do(pinboard.pin, appointment_id=visit)
    office.do(pinboard.unpin, pin_id=card)
    office.do(pinboard.put_back, pin_id=card)
    put = office.do(pinboard.put_down, pin_id=card, to=Slot(doctor(office), at("11:30", MAY)))
    again = office.do(pinboard.pick_up, put=put)
    office.do(pinboard.put_down, pin_id=again, to=Slot(doctor(office), at("11:45", MAY)))


def _put_down_series(office: Office, first: int, to: Slot) -> None:
    card = office.do(pinboard.pin, appointment_id=first)
    office.do(pinboard.put_down_series, pin_id=card, placements=(Placement(first, to),))


def _copy(office: Office) -> None:
    visit = book(office, at("2:00", MAY))
    office.do(booking.copy, appointment_id=visit, to=Slot(doctor(office), at("2:30", MAY)))


def _family(office: Office) -> None:
    asked = tuple(
        FamilyVisit(walter(office), visit_type(office), Slot(doctor(office), at(time, MAY)))
        for time in ("3:00", "3:15")
    )
    office.do(family.unbook, appointment_ids=office.do(family.book, visits=asked))
    office.do(family.book, visits=asked)


def _unscheduled(office: Office) -> None:
    visit = book(office, at("1:00", MAY))
    office.do(
        booking.cancel, appointment_id=visit, by=CancelledBy.PATIENT, reason="ill", wants_rebooking=True
    )
    office.do(unscheduled.called, appointment_id=visit, outcome=Confirmation.MESSAGE_LEFT)
    office.do(unscheduled.no_longer_wanted, appointment_id=visit, reason="Moved away")
