"""Who looks alike beside the form: this is the patient, or another person with a reason."""

from datetime import date

from pytestqt.qtbot import QtBot

from frontdesk.services.registration.duplicates import LookAlike
from frontdesk.services.registration.panel import PatientStatus
from frontdesk.ui.registration.look_alikes import LookAlikes


def found(patient_id: int, *, is_certain: bool) -> LookAlike:
    return LookAlike(
        patient_id=patient_id,
        name="Ruth Ashby",
        born_on=date(1961, 5, 30),
        chart_number=f"HP-{patient_id:05d}",
        status=PatientStatus.ACTIVE,
        points=30.0 if is_certain else 14.0,
        is_certain=is_certain,
        reasons=("Same birth date",),
    )


def test_this_is_the_patient_opens_the_chart(qtbot: QtBot) -> None:
    card = LookAlikes()
    qtbot.addWidget(card)
    card.show()
    opened: list[int] = []
    card.opened.connect(opened.append)
    card.show_found((found(7, is_certain=True), found(8, is_certain=False)))
    card.same.click()
    assert card.list.choose(8)
    card.same.click()
    assert opened == [7, 8]


def test_another_person_asks_why_once_nobody_certain_is_left(qtbot: QtBot) -> None:
    card = LookAlikes()
    qtbot.addWidget(card)
    card.show()
    card.show_found((found(7, is_certain=True), found(8, is_certain=True), found(9, is_certain=False)))
    assert card.list.choose(7)
    card.other.click()
    asks = [card.asks_for_reason]
    assert card.list.choose(8)
    card.other.click()
    asks.append(card.asks_for_reason)
    card.forget_reason()
    asks.append(card.asks_for_reason)
    assert asks == [False, True, False]


def test_nobody_is_found(qtbot: QtBot) -> None:
    card = LookAlikes()
    qtbot.addWidget(card)
    card.show()
    card.show_found(())
    assert not card.same.isVisible()
