"""The paper of a closed day, the roll-forward by party, and the second person."""

from dataclasses import replace

from sqlalchemy import delete

from frontdesk.models.billing.day_close import ClosedDaySheet
from frontdesk.services.billing import aging, counting, day_close, day_sheets, day_signatures, roll_forward
from frontdesk.services.billing.counting import Count, Pieces
from tests.builders.billing import TODAY, answered, charged, paid
from tests.builders.registration import coverage, danielle, patient
from tests.formats.pdf.reading import words
from tests.office import Office
from tests.refusal import refusal
from tests.services.billing.test_day_close import WEDNESDAY, taken_today
from tests.services.billing.test_seal import refused


def _counted(office: Office) -> None:
    count = Count(taken_today(office), TODAY, (Pieces(10000, 2), Pieces(1000, 3)), 2500, 7500)
    office.do(counting.count, count=count)


def test_each_side_rolls_forward_to_its_aged_debts(office: Office) -> None:
    insured = patient(office, "Carol", "Petersen")
    coverage(office, insured)
    (line,) = charged(office, insured)
    answered(office, line, payer_cents=6000, contract_cents=2000, patient_cents=5000)
    paid(office, insured, 1500, line=line)
    charged(office, danielle(office))
    rolled = office.ask(roll_forward.by_party, on=TODAY)
    assert (rolled.payer.charges_cents, rolled.payer.payments_cents) == (13000, -6000)
    assert (rolled.payer.adjustments_cents, rolled.payer.moved_cents, rolled.payer.closing_cents) == (
        -2000,
        -5000,
        0,
    )
    assert (rolled.patient.moved_cents, rolled.patient.closing_cents) == (5000, 5000 - 1500 + 13000)
    assert rolled.together.closing_cents == office.ask(aging.aging, on=TODAY).total
    assert rolled.agrees
    office.do(counting.count, count=Count(_drawer(office), TODAY, (Pieces(500, 3),), 0, 0))
    office.do(day_close.close, on=TODAY)
    assert office.ask(roll_forward.by_party, on=TODAY) == rolled, "a sealed day says what it said"
    following = office.ask(roll_forward.by_party, on=WEDNESDAY)
    assert following.patient.opening_cents == rolled.patient.closing_cents
    assert not replace(rolled, patient=replace(rolled.patient, aged_cents=1)).agrees


def test_a_closed_day_keeps_its_sheet(office: Office) -> None:
    _counted(office)
    with refusal("Tuesday, March 17 has no day sheet. It is made when the day is sealed."):
        office.ask(day_sheets.of_day, on=TODAY)
    office.do(day_close.close, on=TODAY)
    pdf = office.ask(day_sheets.of_day, on=TODAY)
    said = words(pdf)
    assert "Day sheet, Tuesday, March 17" in said
    assert "Closed by Dana Brooks" in said
    assert "The aged debts add up to the same." in said
    assert "To the bank: 55.00." in said
    assert office.ask(day_sheets.of_day, on=TODAY) == pdf
    assert refused(office, delete(ClosedDaySheet)) == "The sheet of a closed day stays as it was."


def test_two_people_where_the_office_wants_them(office: Office) -> None:
    _counted(office)
    office.do(day_signatures.set_needs_two, needs_two=True)
    with refusal("The office wants two people under a day. Have a colleague sign it first."):
        office.do(day_close.close, on=TODAY)
    with refusal("Wednesday, March 18 has not come yet."):
        office.do(day_signatures.sign, on=WEDNESDAY)
    dana = office.actor
    office.do(day_signatures.sign, on=TODAY)
    with refusal("You signed this day yourself. Another person seals it."):
        office.do(day_close.close, on=TODAY)
    office.actor = replace(dana, name="Priya Natarajan", initials="PN")
    charged(office, danielle(office))
    with refusal("The office wants two people under a day. Have a colleague sign it first."):
        office.do(day_close.close, on=TODAY)
    office.actor = dana
    office.do(day_signatures.sign, on=TODAY)
    office.actor = replace(dana, name="Priya Natarajan", initials="PN")
    office.do(day_close.close, on=TODAY)
    assert "Signed by Dana Brooks" in words(office.ask(day_sheets.of_day, on=TODAY))
    with refusal("Tuesday, March 17 is closed already."):
        office.do(day_signatures.sign, on=TODAY)


def _drawer(office: Office) -> int:
    (drawer,) = office.ask(day_close.state, on=TODAY).drawers
    return drawer.drawer_id
