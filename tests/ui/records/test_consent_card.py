"""Consents at the desk: signed with the mouse, refused, on paper, by a parent."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontdesk.services.records.signed import open_consent
from frontdesk.services.records.standing import Standing, required_for
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.signature_pad import SignaturePad
from frontdesk.ui.records.consent_card import ConsentCard
from frontdesk.ui.records.consent_dialogs import FormText, PaperForm, RefuseForm, SignedView
from tests.builders.records import library
from tests.builders.registration import patient
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def card(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> ConsentCard:
    library(file_office)
    made = ConsentCard(desk)
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    settle()
    return made


def _draw(pad: SignaturePad) -> None:
    left, button = pad.rect().center() - QPoint(80, 10), Qt.MouseButton.LeftButton
    QTest.mousePress(pad, button, Qt.KeyboardModifier.NoModifier, left)
    for step in range(1, 20):
        QTest.mouseMove(pad, left + QPoint(step * 8, (step % 4) * 6))
    QTest.mouseRelease(pad, button, Qt.KeyboardModifier.NoModifier, left + QPoint(160, 0))


def _standing(office: Office, patient_id: int, key: str) -> Standing:
    return next(s.standing for s in office.ask(required_for, patient_id=patient_id) if s.key == key)


def test_a_signature_is_drawn_accepted_and_the_next_form_follows(
    card: ConsentCard, file_office: Office, settle: Settle
) -> None:
    dani = patient(file_office, "Danielle", "Foster")
    card.show_patient(dani)
    settle()
    assert card.chip.text() == "4 signatures needed"
    assert card._caption.text() == "Consent to treat"
    _draw(card.pad)
    assert card.is_half_signed

    card.accept_signature()
    settle()

    assert _standing(file_office, dani, "consent_to_treat") is Standing.SIGNED
    assert card.chip.text() == "3 signatures needed"
    assert card._caption.text() == "Privacy notice received"
    assert not card.is_half_signed


def test_an_empty_pad_is_refused_in_words(card: ConsentCard, file_office: Office, settle: Settle) -> None:
    card.show_patient(patient(file_office, "Danielle", "Foster"))
    settle()
    card.accept_signature()
    settle()
    assert card.banner.text == "There is no signature yet. Have it drawn above the line."


def test_a_parent_signs_for_a_child(card: ConsentCard, file_office: Office, settle: Settle) -> None:
    ben = patient(file_office, "Ben", "Foster", date(2014, 6, 14))
    card.show_patient(ben)
    settle()
    assert card._by_other.isChecked()
    _draw(card.pad)
    card.accept_signature()
    settle()
    assert card.who.row("representative_name").error == "Enter the name of the person who signs."
    card.who.name.set_value("Ray Foster")
    card.who.relation.set_value("father")
    card.accept_signature()
    settle()
    consent = next(
        s.consent_id for s in file_office.ask(required_for, patient_id=ben) if s.key == "consent_to_treat"
    )
    assert consent is not None
    assert file_office.do(open_consent, consent_id=consent).signer == "Ray Foster, father"


def test_the_next_patient_signs_alone_again(card: ConsentCard, file_office: Office, settle: Settle) -> None:
    card.show_patient(patient(file_office, "Ben", "Foster", date(2014, 6, 14)))
    settle()
    assert card._by_other.isChecked()
    card.show_patient(patient(file_office, "Danielle", "Foster"))
    settle()
    assert not card._by_other.isChecked()
    assert not card.who.isVisible()
    assert not card.tablet.isVisible()


def test_another_language_is_read_and_signed(card: ConsentCard, file_office: Office, settle: Settle) -> None:
    card.show_patient(patient(file_office, "Danielle", "Foster"))
    settle()
    card.rows.form_wanted.emit(card._open[0])
    settle()
    (dialog,) = card.window().findChildren(FormText)
    assert "I ask Harbor Point Family Medicine" in dialog._text.toPlainText()
    dialog._other_language("es")
    settle()
    assert "Solicito que Harbor Point Family Medicine" in dialog._text.toPlainText()
    dialog.accept()
    assert card._caption.text() == "Consentimiento para el tratamiento"


def test_a_refusal_asks_why(card: ConsentCard, file_office: Office, settle: Settle) -> None:
    dani = patient(file_office, "Danielle", "Foster")
    card.show_patient(dani)
    settle()
    card._refuse()
    (dialog,) = card.window().findChildren(RefuseForm)
    dialog._record()
    settle()
    assert dialog._reason.property("wrong")
    dialog._reason.set_value("Wants to read it at home")
    dialog._record()
    settle()
    assert _standing(file_office, dani, "consent_to_treat") is Standing.REFUSED


def test_paper_needs_no_pad(card: ConsentCard, file_office: Office, settle: Settle) -> None:
    dani = patient(file_office, "Danielle", "Foster")
    card.show_patient(dani)
    settle()
    card._on_paper()
    (dialog,) = card.window().findChildren(PaperForm)
    dialog._signed_on.set_value(date(2026, 3, 16))
    dialog._record()
    settle()
    assert _standing(file_office, dani, "consent_to_treat") is Standing.SIGNED


def test_a_signed_form_is_looked_at_with_its_seal(
    card: ConsentCard, file_office: Office, settle: Settle
) -> None:
    card.show_patient(patient(file_office, "Danielle", "Foster"))
    settle()
    _draw(card.pad)
    card.accept_signature()
    settle()
    consent = next(
        s.consent_id for s in file_office.ask(required_for, patient_id=card._patient_id or 0) if s.consent_id
    )
    card.rows.answer_wanted.emit(consent)
    settle()
    (dialog,) = card.window().findChildren(SignedView)
    assert dialog._seal.text().startswith("The seal holds")
    settle()
    dialog.accept()


def test_nothing_is_left_of_the_patient_before(
    card: ConsentCard, file_office: Office, settle: Settle
) -> None:
    card.show_patient(patient(file_office, "Danielle", "Foster"))
    settle()
    _draw(card.pad)
    card.show_patient(patient(file_office, "Marcus", "Bell"))
    settle()
    assert not card.is_half_signed
