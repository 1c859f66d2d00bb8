"""Every command of the domain, once."""

from datetime import date, time

from frontdesk.models.schedule.appointment import (
    CancelledBy,
    Channel,
    Confirmation,
    ReadinessItem,
    ReadinessState,
)
from frontdesk.models.schedule.template import BlockKind, ExceptionKind
from frontdesk.models.schedule.visit_notice import NoticeKind
from frontdesk.models.schedule.visit_type import Role
from frontdesk.services.schedule import (
    booking,
    confirmation,
    day_note,
    holds,
    lifecycle,
    notices,
    readiness,
    taking_back,
    templates,
    visit_types,
)
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.templates import RuleKind, SessionDraft, Weekly
from frontdesk.services.schedule.visit_types import PhaseDraft, VisitTypeDraft
from tests.builders.office import provider, room
from tests.builders.records import library
from tests.builders.schedule import TODAY, at, book, doctor, keeps, visit_type, walter
from tests.office import Office
from tests.services.schedule import (
    every_command_cover,
    every_command_downtime,
    every_command_goals,
    every_command_late,
    every_command_named_views,
    every_command_red_flags,
    every_command_reminders,
    every_command_replan,
    every_command_requests,
    every_command_series,
    every_command_waitlist,
    every_command_weeks,
)

OCTOBER = date(2026, 10, 5)


def run(office: Office) -> None:
    """Walk through the commands, leaving visits in the book."""
    _weeks(office)
    _booking(office)
    _flow(office)
    _notes(office)
    _notices(office)
    every_command_cover.run(office)
    every_command_downtime.run(office)
    every_command_goals.run(office)
    every_command_series.run(office)
    every_command_waitlist.run(office)
    every_command_weeks.run(office)
    every_command_requests.run(office)
    every_command_replan.run(office)
    every_command_late.run(office)
    every_command_red_flags.run(office)
    every_command_named_views.run(office)
    every_command_reminders.run(office)


def _weeks(office: Office) -> None:
    lee = doctor(office)
    keeps(office, lee, "11:30", "11:45")
    scan = visit_type(office, "Scan", 30, PhaseDraft(Role.ROOM, 0, 30, "exam"))
    library(office)
    needing = VisitTypeDraft("Scan", 45, form_keys=("procedure",))
    office.do(visit_types.change_visit_type, visit_type_id=scan, draft=needing)
    office.do(visit_types.change_visit_type, visit_type_id=scan, draft=VisitTypeDraft("Scan", 45))
    office.do(visit_types.set_visit_type_active, visit_type_id=scan, is_active=False)
    saturdays = office.do(
        templates.add_session,
        draft=SessionDraft(Weekly(lee, 5, time(8), time(12), OCTOBER, every_weeks=2), most_visits=8),
    )
    office.do(templates.end_rule, kind=RuleKind.SESSION, rule_id=saturdays, last_day=date(2026, 12, 19))
    away = office.do(
        templates.add_exception,
        provider_id=lee,
        kind=ExceptionKind.OUT,
        starts=at("8:00", OCTOBER),
        ends=at("5:00", OCTOBER),
        reason="conference",
    )
    office.do(templates.set_rule_active, kind=RuleKind.EXCEPTION, rule_id=away, is_active=False)
    keeps(office, provider(office, "Okafor"), "8:00", "8:30", BlockKind.NEW_PATIENT, release_hours=24)


def _booking(office: Office) -> None:
    lee = doctor(office)
    visit = book(office, "8:00", reason="Migraine follow-up")
    office.do(booking.describe, appointment_id=visit, reason="Migraine", note="Bring the diary")
    office.do(
        confirmation.record, appointment_id=visit, channel=Channel.PHONE, outcome=Confirmation.CONFIRMED
    )
    office.do(booking.move, appointment_id=visit, to=Slot(lee, at("8:15")), reason="Bus")
    office.do(booking.resize, appointment_id=visit, minutes=30)
    office.do(
        readiness.mark,
        appointment_id=visit,
        item=ReadinessItem.CHART,
        state=ReadinessState.WAIVED,
        note="Electronic",
    )
    called_off = book(office, "9:00")
    office.do(booking.cancel, appointment_id=called_off, by=CancelledBy.PATIENT, reason="ill")
    office.do(booking.restore, appointment_id=called_off)
    off_again = office.do(booking.cancel, appointment_id=called_off, by=CancelledBy.OFFICE)
    office.do(taking_back.take_back, appointment_id=called_off, event_id=off_again)
    office.do(booking.cancel, appointment_id=called_off, by=CancelledBy.PROVIDER)
    office.do(booking.rebook, appointment_id=called_off, slot=Slot(lee, at("9:15")))

    again = book(office, "1:00")
    office.do(booking.cancel, appointment_id=again, by=CancelledBy.OFFICE)
    rebooked = office.do(booking.rebook, appointment_id=again, slot=Slot(lee, at("1:30")))
    office.do(
        booking.unrebook,
        appointment_id=rebooked.appointment_id,
        replaced_id=again,
        replaced_event_id=rebooked.replaced_event_id,
    )
    office.do(booking.unbook, appointment_id=book(office, "2:00"))
    wrong = book(office, "2:00")
    office.do(booking.enter_in_error, appointment_id=wrong, reason="Wrong patient")
    kept = office.do(
        holds.hold, patient_id=walter(office), slot=Slot(lee, at("3:00")), visit_type_id=visit_type(office)
    )
    office.do(holds.renew, hold_id=kept)
    book(office, "3:00", patient_id=walter(office), hold_id=kept)
    given_up = office.do(
        holds.hold, patient_id=walter(office), slot=Slot(lee, at("4:00")), visit_type_id=visit_type(office)
    )
    office.do(holds.release, hold_id=given_up)


def _flow(office: Office) -> None:
    seen = book(office, at("10:45", TODAY))
    missed = book(office, at("10:45", TODAY), patient_id=walter(office), provider_id=doctor(office, "Okafor"))
    gone = book(office, at("11:00", TODAY), patient_id=walter(office))
    arrived = office.do(lifecycle.arrive, appointment_id=seen)
    office.clock.advance(minutes=5)
    office.do(lifecycle.correct_time, appointment_id=seen, event_id=arrived, at=at("10:40", TODAY))
    office.do(lifecycle.start_check_in, appointment_id=seen)
    office.do(lifecycle.ready, appointment_id=seen)
    office.do(lifecycle.room, appointment_id=seen, room_id=room(office, "Room 2"))
    office.do(lifecycle.with_provider, appointment_id=seen)
    office.do(lifecycle.provider_out, appointment_id=seen)
    office.do(lifecycle.check_out_start, appointment_id=seen)
    office.do(lifecycle.complete, appointment_id=seen)
    office.do(lifecycle.arrive, appointment_id=gone)
    office.do(lifecycle.left_without_being_seen, appointment_id=gone, reason="Could not wait")
    office.clock.advance(minutes=15)
    office.do(booking.mark_no_show, appointment_id=missed)


def _notes(office: Office) -> None:
    left = office.do(day_note.write, day=TODAY, text="Dr. Lee leaves at 3", instead_of=None)
    changed = office.do(day_note.write, day=TODAY, text="Dr. Lee leaves at 4", instead_of=left)
    office.do(day_note.write, day=TODAY, text="", instead_of=changed)
    office.do(day_note.put_back, day=TODAY, note_id=left, instead_of=None)


def _notices(office: Office) -> None:
    late = book(office, at("2:00", TODAY))
    told = office.do(
        notices.tell,
        appointment_id=late,
        kind=NoticeKind.DELAY,
        channel=Channel.PHONE,
        said="Dr. Lee is running 18 minutes late.",
        promised=at("2:18", TODAY),
    )
    office.do(notices.take_back, notice_id=told)
    office.do(
        notices.tell,
        appointment_id=late,
        kind=NoticeKind.DELAY,
        channel=Channel.TEXT,
        said="Dr. Lee is running 20 minutes late.",
    )
