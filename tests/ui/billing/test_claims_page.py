"""Claims put right, checked again and sent."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from frontdesk.models.billing.claims import Claim, EventKind
from frontdesk.services.billing import (
    batches,
    claim_answers,
    claim_attachments,
    claim_circumstances,
    claim_detail,
    claims,
)
from frontdesk.services.billing.batches import BatchState
from frontdesk.services.billing.claim_attachments import AttachmentDraft, Transmission
from frontdesk.services.billing.claim_circumstances import LineMarks
from frontdesk.services.billing.claim_steps import record
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.services.billing.mail_file import write_file
from frontdesk.ui.billing.claim_dates_dialog import ClaimDatesDialog
from frontdesk.ui.billing.claims_page import ClaimsPage
from frontdesk.ui.billing.frame import ReasonDialog
from frontdesk.ui.kit.form import Form
from tests.builders.answers import about, intake
from tests.builders.billing import at_work
from tests.builders.claims import insured, ready, sent
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[ClaimsPage]], ClaimsPage]


@pytest.fixture
def failed(file_office: Office) -> int:
    """A claim whose place of service was taken away."""
    claim_id = ready(file_office)
    file_office.do(claims.set_place_of_service, claim_id=claim_id, code="")
    return claim_id


def _state(office: Office, claim_id: int) -> ClaimState:
    return office.ask(claim_detail.detail, claim_id=claim_id).row.state


def test_the_claim_that_needs_a_fix_is_shown_with_its_way_out(
    shown: Show, file_office: Office, failed: int, settle: Settle
) -> None:
    page = shown(ClaimsPage)
    assert page.strip.value() == "fix"
    assert [button.text() for button in page.panel.fix_buttons] == ["Use 11"]
    page.panel.fix_buttons[0].click()
    settle()
    assert _state(file_office, failed) is ClaimState.READY


def test_fix_and_next_goes_on_to_the_next_claim(
    shown: Show, file_office: Office, failed: int, settle: Settle
) -> None:
    second = ready(file_office, insured(file_office, "Tina", "Nguyen"))
    file_office.do(claims.set_place_of_service, claim_id=second, code="")
    page = shown(ClaimsPage)
    first = page.table.current()
    assert first is not None
    page.fix_and_next()
    for _ in range(4):
        settle()
    assert _state(file_office, first.id) is ClaimState.READY
    following = page.table.current()
    assert following is not None
    assert following.id == ({failed, second} - {first.id}).pop()


def test_a_claim_that_is_still_stopped_stays_and_says_so(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    claim_id = ready(file_office)
    file_office.do(claims.point_line, claim_id=claim_id, line=1, pointers="")
    page = shown(ClaimsPage)
    page.fix_and_next()
    for _ in range(3):
        settle()
    number = file_office.ask(claim_detail.detail, claim_id=claim_id).row.number
    sentence = f"Claim {number} is still stopped. Choose a way out on the right, or hold it."
    assert page.banner.text == sentence
    words = [button.text() for button in page.panel.fix_buttons]
    assert words == ["Point line 1 to A (G43.909)", "Point line 1 to B (I10)"]


def test_ready_claims_are_written_into_a_file_and_marked_as_sent(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    claim_id = ready(file_office)
    page = shown(ClaimsPage)
    page.files._settings = QSettings(str(tmp_path / "look.ini"), QSettings.Format.IniFormat)
    page.files.use_folder(tmp_path / "claims")
    assert page.send_button.text() == "Send 1 ready"
    page.send_ready()
    for _ in range(5):
        settle()
    (written,) = (tmp_path / "claims").iterdir()
    assert written.name == "837p-000001.txt"
    assert written.read_text(encoding="ascii").startswith("ISA*")
    assert _state(file_office, claim_id) is ClaimState.BATCHED
    dialog = page.files.dialog
    assert dialog is not None
    dialog.sent_button.click()
    for _ in range(2):
        settle()
    assert _state(file_office, claim_id) is ClaimState.SENT
    (batch,) = file_office.ask(batches.batches)
    assert batch.state is BatchState.SENT
    dialog.reject()
    settle()


def test_a_claim_is_held_with_a_reason_only(
    shown: Show, file_office: Office, failed: int, settle: Settle
) -> None:
    page = shown(ClaimsPage)
    page.verbs.hold.click()
    dialog = page.window().findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    settle()
    (form,) = dialog.findChildren(Form)
    assert form.row("reason").error == "Say why the claim is held."
    QTest.keyClicks(dialog.reason, "Waiting for Dr. Lee")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    settle()
    assert _state(file_office, failed) is ClaimState.HELD
    QAbstractItemModelTester(page.table.model())


def test_a_claim_that_was_never_sent_is_voided_with_a_reason(
    shown: Show, file_office: Office, failed: int, settle: Settle, qtbot: QtBot
) -> None:
    page = shown(ClaimsPage)
    page.verbs.void.click()
    dialog = page.window().findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    QTest.keyClicks(dialog.reason, "The patient pays the visit")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    settle()
    assert _state(file_office, failed) is ClaimState.VOID
    qtbot.waitUntil(lambda: not page.verbs.void.isVisible())


def test_the_list_follows_the_figure_that_is_chosen(shown: Show, file_office: Office, settle: Settle) -> None:
    claim_id = ready(file_office)
    page = shown(ClaimsPage)
    assert page.list.model.rows() == []
    page.strip.set_value("ready")
    page.strip.chosen.emit("ready")
    for _ in range(2):
        settle()
    assert [claim.id for claim in page.list.model.rows()] == [claim_id]


def test_answers_that_came_are_read_and_what_fits_no_claim_is_tied_by_its_number(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    claim_id = sent(file_office)
    intake(file_office, *about("77-7", "A7:164:IL"))
    page = shown(ClaimsPage)
    settle()
    assert page.mail.banner.text == "1 answer of a payer fits no claim of this office."
    page.mail.banner.acted.emit()
    settle()
    dialog = page.mail.dialog
    assert dialog is not None
    QTest.keyClicks(dialog.number, "999")
    dialog.match_button.click()
    settle()
    (form,) = dialog.findChildren(Form)
    assert form.row("claim_id").error == "No claim has this number."
    dialog.number.set_value("00001")
    dialog.match_button.click()
    for _ in range(3):
        settle()
    assert _state(file_office, claim_id) is ClaimState.REJECTED
    assert file_office.ask(claim_answers.waiting) == ()
    dialog.reject()
    broken = tmp_path / "broken.999"
    broken.write_text("ISA*nothing", encoding="ascii")
    page.mail.take_in([broken])
    for _ in range(3):
        settle()
    assert page.banner.text.startswith("broken.999: ")


def test_a_late_claim_is_asked_about_from_its_list(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    claim_id = sent(file_office)
    file_office.clock.advance(days=22)
    page = shown(ClaimsPage)
    page.files._settings = QSettings(str(tmp_path / "look.ini"), QSettings.Format.IniFormat)
    page.files.use_folder(tmp_path / "claims")
    page.strip.set_value("sent")
    page.strip.chosen.emit("sent")
    for _ in range(2):
        settle()
    assert page.mail.late_banner.text == "1 claim has lain with its payer for three weeks without a word."
    page.mail.late_banner.acted.emit()
    for _ in range(5):
        settle()
    (written,) = (tmp_path / "claims").iterdir()
    assert written.name == "276-000001.txt"
    assert page.mail.late_banner.text == ""
    detail = file_office.ask(claim_detail.detail, claim_id=claim_id)
    assert detail.timeline[-1].detail == "Asked BCBS where it stands, question file 1"


def _batch_with_a_block(office: Office) -> tuple[int, int]:
    """A claim in a file whose patient's place of service was lost behind it, and one that is good."""
    bad, good = ready(office), ready(office, insured(office, "Minh", "Tran", "TRA100004"))
    office.do(batches.build)
    with at_work(office) as work:
        work.session.execute(update(Claim).where(Claim.id == bad).values(place_of_service=""))
        work.session.commit()
    return bad, good


def test_a_claim_stopped_once_it_is_in_a_file_is_taken_out_of_it(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    bad, good = _batch_with_a_block(file_office)
    page = shown(ClaimsPage)
    page.files._settings = QSettings(str(tmp_path / "look.ini"), QSettings.Format.IniFormat)
    page.files.use_folder(tmp_path / "claims")
    (batch,) = file_office.ask(batches.batches)
    write_file(file_office.ask(batches.file_of, batch_id=batch.id), tmp_path / "claims")
    page.files.open_dialog()
    dialog = page.files.dialog
    assert dialog is not None
    for _ in range(3):
        settle()
    said = dialog.blocks.banner.text.split("\n")
    assert said[0] == "1 claim in it has a problem now that stops it."
    assert said[1].startswith("26-00001 Castillo, Raymond: ")
    assert dialog.sent_button.text() == "It has left already…"
    dialog.blocks.banner.acted.emit()
    for _ in range(6):
        settle()
    assert (_state(file_office, bad), _state(file_office, good)) == (ClaimState.FAILED, ClaimState.BATCHED)
    assert [path.name for path in (tmp_path / "claims").iterdir()] == ["837p-000002.txt"]
    current = dialog.table.current()
    assert current is not None
    assert (current.number, dialog.sent_button.text()) == (2, "Mark as sent")
    dialog.sent_button.click()
    for _ in range(2):
        settle()
    assert _state(file_office, good) is ClaimState.SENT
    dialog.reject()
    settle()


def test_a_file_that_left_is_marked_with_the_reason(shown: Show, file_office: Office, settle: Settle) -> None:
    bad, _ = _batch_with_a_block(file_office)
    page = shown(ClaimsPage)
    page.files.open_dialog()
    dialog = page.files.dialog
    assert dialog is not None
    for _ in range(3):
        settle()
    dialog.sent_button.click()
    asked = page.window().findChild(ReasonDialog)
    assert isinstance(asked, ReasonDialog)
    QTest.keyClicks(asked.reason, "It went out at 9:40")
    QTest.keyClick(asked.reason, Qt.Key.Key_Return)
    for _ in range(3):
        settle()
    assert _state(file_office, bad) is ClaimState.SENT
    assert file_office.ask(batches.batches)[0].sent_despite == "It went out at 9:40"
    dialog.reject()
    settle()


def test_a_held_claim_that_another_desk_changed_is_not_released(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    claim_id = ready(file_office)
    file_office.do(claims.hold, claim_id=claim_id, reason="Later")
    page = shown(ClaimsPage)
    with at_work(file_office) as work:
        record(work, work.get(Claim, claim_id), EventKind.CHANGED, "At another desk")
        work.session.commit()
    page.fix_and_next()
    settle()
    assert page.banner.text.startswith("Another desk changed this claim while you had it open.")
    assert _state(file_office, claim_id) is ClaimState.HELD


def test_dates_and_attachments_are_entered_from_the_keys(
    shown: Show, file_office: Office, failed: int, settle: Settle
) -> None:
    page = shown(ClaimsPage)
    page.enter("dates")
    settle()
    dialog = page.window().findChild(ClaimDatesDialog)
    assert isinstance(dialog, ClaimDatesDialog)
    dialog.onset_on.set_value(date(2026, 3, 1))
    dialog.emergency.setChecked(True)
    dialog.admitted_on.set_value(date(2026, 3, 5))
    dialog.discharged_on.set_value(date(2026, 3, 4))
    dialog.save()
    settle()
    assert dialog.form.row("discharged_on").error == "The discharge is before the admission."
    dialog.discharged_on.set_value(date(2026, 3, 6))
    dialog.save()
    for _ in range(3):
        settle()
    said = file_office.ask(claim_circumstances.circumstances, claim_id=failed)
    assert (said.onset_on, said.lines) == (date(2026, 3, 1), (LineMarks(1, is_emergency=True),))
    page.show_attachments()
    papers = page.attachments.dialog
    assert papers is not None
    settle()
    papers.report.set_value("OB")
    papers.add_button.click()
    for _ in range(2):
        settle()
    row = papers.table.current()
    assert row is not None
    assert (row.words, row.control_number) == ("Operative note", "26-00001-A1")
    papers.sent_button.click()
    for _ in range(2):
        settle()
    assert papers.sent_button.text() == "Not sent after all"
    papers.reject()
    settle()


def test_what_is_still_to_be_mailed_is_said_on_the_page(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    claim_id = ready(file_office)
    paper = AttachmentDraft("OB", Transmission.MAIL)
    file_office.do(claim_attachments.attach, claim_id=claim_id, draft=paper)
    (batch,) = file_office.do(batches.build).batch_ids
    file_office.do(batches.mark_sent, batch_id=batch)
    page = shown(ClaimsPage)
    assert page.attachments.banner.text == "1 attachment of a sent claim is still to be mailed or faxed."
    page.attachments.banner.acted.emit()
    settle()
    papers = page.attachments.dialog
    assert papers is not None
    settle()
    papers.sent_button.click()
    for _ in range(3):
        settle()
    papers.reject()
    for _ in range(2):
        settle()
    assert page.attachments.banner.text == ""


def test_a_note_stands_in_the_history_of_the_claim(
    shown: Show, file_office: Office, failed: int, settle: Settle
) -> None:
    page = shown(ClaimsPage)
    page.add_note()
    asked = page.window().findChild(ReasonDialog)
    assert isinstance(asked, ReasonDialog)
    QTest.keyClick(asked.reason, Qt.Key.Key_Return)
    settle()
    assert asked.banner.text == "Write the note first."
    QTest.keyClicks(asked.reason, "They look for the referral")
    QTest.keyClick(asked.reason, Qt.Key.Key_Return)
    settle()
    said = file_office.ask(claim_detail.detail, claim_id=failed).timeline[-1]
    assert said.detail == "They look for the referral"
