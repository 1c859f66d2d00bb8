"""One key from the door to the door, and back; and the check-out at its end."""

import pytest

from frontdesk.kernel.errors import Refused
from frontdesk.models.schedule.appointment import Appointment, Stage
from frontdesk.services.billing import payments
from frontdesk.services.billing.asking import Allocation
from frontdesk.services.billing.payments import Payment
from frontdesk.services.office.rooms import rooms
from frontdesk.services.visit import check_out, flow
from frontdesk.services.visit.check_out import SuperbillState
from tests.builders.billing import at_work, cash
from tests.builders.office import room
from tests.builders.registration import danielle
from tests.builders.schedule import at, book, doctor
from tests.builders.visit import all_signed, confirmed, covered, due_today, statements
from tests.office import Office
from tests.refusal import refusal


def stage(office: Office, visit: int) -> Stage:
    with at_work(office) as work:
        return work.get(Appointment, visit).stage


def everything_done(office: Office) -> int:
    """A visit whose check-in has nothing left open but the copay."""
    visit = due_today(office)
    covered(office)
    all_signed(office)
    flow_to(office, visit, 2)
    confirmed(office)
    return visit


def flow_to(office: Office, visit: int, steps: int) -> None:
    for _ in range(steps):
        office.do(flow.advance, appointment_id=visit)


def seen(office: Office) -> int:
    """A visit at check-out, the copay not paid."""
    visit = everything_done(office)
    office.do(flow.advance, appointment_id=visit, reason="Pays at check-out")
    office.do(flow.advance, appointment_id=visit, room_id=room(office, "Room 2"))
    flow_to(office, visit, 2)
    return visit


def test_space_takes_a_patient_through_the_office(office: Office) -> None:
    visit = everything_done(office)
    assert stage(office, visit) is Stage.CHECKING_IN
    office.do(flow.advance, appointment_id=visit, reason="Pays at check-out")
    assert stage(office, visit) is Stage.READY
    with pytest.raises(Refused) as refused:
        office.do(flow.advance, appointment_id=visit)
    assert [(f.message, f.field) for f in refused.value.findings] == [("Choose a free room.", "room_id")]
    office.do(flow.advance, appointment_id=visit, room_id=room(office, "Room 2"))
    assert stage(office, visit) is Stage.ROOMED
    office.do(flow.advance, appointment_id=visit)
    assert stage(office, visit) is Stage.WITH_PROVIDER
    office.do(flow.advance, appointment_id=visit)
    assert stage(office, visit) is Stage.CHECKING_OUT
    assert [view.state.value for view in office.ask(rooms)] == ["to_clean"]


def test_every_step_is_taken_back_and_taken_again(office: Office) -> None:
    visit = everything_done(office)
    office.do(flow.advance, appointment_id=visit, reason="Pays at check-out")
    office.do(flow.advance, appointment_id=visit, room_id=room(office, "Room 2"))
    office.do(flow.advance, appointment_id=visit)
    out = office.done(flow.advance, appointment_id=visit)
    assert len(out.result.event_ids) == 2
    back = office.database.undo(office.actor, out.entry_id)
    assert stage(office, visit) is Stage.WITH_PROVIDER
    office.database.undo(office.actor, back.entry_id)
    assert stage(office, visit) is Stage.CHECKING_OUT


def test_the_check_out_shows_what_is_still_to_do(office: Office) -> None:
    visit = seen(office)
    shown = office.ask(check_out.check_out, appointment_id=visit)
    assert shown.patient.name == "Danielle Foster"
    assert (shown.provider, shown.what) == ("Dr. Lee", "Follow-up")
    assert shown.superbill_state is SuperbillState.ISSUED
    assert [item.label for item in shown.ask_for.items] == ["Copay, visit today"]
    assert shown.next_visit is None
    book(office, "2:00", provider_id=doctor(office))
    assert office.ask(check_out.check_out, appointment_id=visit).next_visit == at("2:00")


def test_nobody_leaves_unpaid_without_a_reason(office: Office) -> None:
    visit = seen(office)
    with refusal("The copay of $30.00 is not paid."):
        office.do(check_out.finish, appointment_id=visit)
    assert stage(office, visit) is Stage.CHECKING_OUT
    done = office.done(check_out.finish, appointment_id=visit, reason="Asks for a statement")
    assert office.ask(check_out.check_out, appointment_id=visit).status.value == "done"
    office.database.undo(office.actor, done.entry_id)
    assert stage(office, visit) is Stage.CHECKING_OUT
    copay = Allocation("copay", 3000, appointment_id=visit)
    office.do(payments.take, payment=Payment(danielle(office), (cash(3000),), (copay,), visit))
    office.do(flow.advance, appointment_id=visit)
    assert office.ask(check_out.check_out, appointment_id=visit).status.value == "done"


def test_the_check_out_is_a_constant_number_of_statements(office: Office) -> None:
    visit = seen(office)
    few = statements(office, lambda: office.ask(check_out.check_out, appointment_id=visit))
    for said in ("2:00", "2:30", "3:00"):
        book(office, said, provider_id=doctor(office), override_reason="Another one")
    assert statements(office, lambda: office.ask(check_out.check_out, appointment_id=visit)) == few
