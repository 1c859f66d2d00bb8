"""The patient's own window: one form after another, and nothing of the practice."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from frontdesk.services.records import signed as signed_consents
from frontdesk.services.records import standing
from frontdesk.services.records.standing import Standing
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.signature_pad import SignaturePad
from frontdesk.ui.records.consent_card import ConsentCard
from frontdesk.ui.records.consent_dialogs import RefuseForm
from frontdesk.ui.records.sign_dialog import SignDialog
from frontdesk.ui.records.signing_window import SigningWindow
from tests.builders.consents import form_draft, published
from tests.builders.records import library
from tests.builders.registration import patient
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def card(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> ConsentCard:
    library(file_office)
    made = ConsentCard(desk)
    qtbot.addWidget(made)
    made.resize(640, 520)
    made.show()
    settle()
    return made


def _draw(pad: SignaturePad, lift: int = 0) -> None:
    left, button = pad.rect().center() - QPoint(80, 10 + lift), Qt.MouseButton.LeftButton
    QTest.mousePress(pad, button, Qt.KeyboardModifier.NoModifier, left)
    for step in range(1, 20):
        QTest.mouseMove(pad, left + QPoint(step * 8, (step % 4) * 6))
    QTest.mouseRelease(pad, button, Qt.KeyboardModifier.NoModifier, left + QPoint(160, 0))


def _window() -> SigningWindow:
    return next(
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, SigningWindow) and each.isVisible()
    )


def _standings(office: Office, patient_id: int) -> dict[str, Standing]:
    return {each.key: each.standing for each in office.ask(standing.required_for, patient_id=patient_id)}


def test_the_patient_signs_one_form_after_another(
    card: ConsentCard, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    dani = patient(file_office, "Danielle", "Foster")
    card.show_patient(dani)
    settle()
    card.send_to_tablet()
    settle()
    window = _window()
    assert "Consent to treat: reading" in card.tablet.text
    assert not card.signing.isVisible()
    sheet = window.sheet
    sheet.accept()
    settle()
    assert sheet.banner.text == "There is no signature yet. Have it drawn above the line."
    for title in ("Consent to treat", "Privacy notice received"):
        assert sheet._title.text() == title
        _draw(sheet.pad)
        assert card.tablet.text == f"On the tablet. {title}: signed, not sent yet"
        sheet.accept()
        settle()
        settle()
    assert _standings(file_office, dani)["privacy_notice"] is Standing.SIGNED

    qtbot.waitUntil(lambda: sheet._title.text() == "Text and e-mail messages")
    sheet.declined.emit()
    settle()
    (dialog,) = card.window().findChildren(RefuseForm)
    dialog.reject()
    qtbot.waitUntil(lambda: sheet._title.text() == "Financial policy")
    _draw(sheet.pad)
    sheet.accept()
    settle()
    assert window._done_title.text() == "Thank you."

    window.ask_staff()
    settle()
    assert card._window is None
    qtbot.waitUntil(lambda: card.chip.text() == "1 signature needed")


def test_only_the_form_is_on_the_window(card: ConsentCard, file_office: Office, settle: Settle) -> None:
    dani, _ = patient(file_office, "Danielle", "Foster"), patient(file_office, "Marcus", "Bell")
    card.show_patient(dani)
    settle()
    card.send_to_tablet()
    settle()
    window = _window()
    said = " ".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())
    assert "Danielle Foster" in said
    assert "Bell" not in said
    assert window.isFullScreen()
    card.show_patient(None)  # another patient at the desk takes the window back
    settle()
    assert card._window is None


def test_another_language_is_signed_in_its_own_words(
    card: ConsentCard, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    dani = patient(file_office, "Danielle", "Foster")
    card.show_patient(dani)
    settle()
    card.send_to_tablet()
    settle()
    sheet = _window().sheet
    assert sheet._form is not None
    sheet.language_wanted.emit(dict(sheet._form.languages)["es"])
    qtbot.waitUntil(lambda: sheet.sign_button.text() == "Firmar")
    _draw(sheet.pad)
    sheet.accept()
    settle()
    asked = file_office.ask(standing.required_for, patient_id=dani)
    consent_id = next(each.consent_id for each in asked if each.key == "consent_to_treat")
    assert consent_id is not None
    assert file_office.do(signed_consents.open_consent, consent_id=consent_id).title == (
        "Consentimiento para el tratamiento"
    )
    card.take_back()


def test_a_form_with_questions_and_a_witness_is_signed_whole(
    card: ConsentCard, file_office: Office, settle: Settle
) -> None:
    published(file_office, form_draft(needs_witness=True, position=0))
    dani = patient(file_office, "Danielle", "Foster")
    card.show_patient(dani)
    settle()
    assert card._caption.text() == "Photographs"
    assert not card.pad.isVisible()
    card.notes.interpreter.set_value("R. Ortiz, by phone")
    card.open_form()
    settle()
    (dialog,) = card.window().findChildren(SignDialog)
    sheet = dialog.sheet
    sheet.accept()
    settle()
    assert sheet.questions.row("answer_1").error == "Answer this question before the form is signed."
    assert sheet._witness.row("witness_name").error == "This form needs a witness, with name and signature."
    sheet._edits[0].set_value("yes")
    sheet._edits[1].set_value("My face")
    _draw(sheet.pad)
    _draw(sheet.witness_pad, lift=10)
    sheet.witness_name.set_value("June Harris")
    sheet.accept()
    settle()
    asked = file_office.ask(standing.required_for, patient_id=dani)
    consent_id = next(each.consent_id for each in asked if each.key == "photographs")
    assert consent_id is not None
    shown = file_office.do(signed_consents.open_consent, consent_id=consent_id)
    assert (shown.witness, shown.interpreter) == ("June Harris", "R. Ortiz, by phone")
    assert [each.answer for each in shown.answers] == ["yes", "My face"]
