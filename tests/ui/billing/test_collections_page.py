"""Old debts, credits and refunds, worked from the Collections part."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from frontdesk.kernel.text import us_date
from frontdesk.services.billing import agency_file, explain_amount, payments, plans, refunds
from frontdesk.services.billing.collection_calls import PromiseState
from frontdesk.services.billing.collection_steps import Stage
from frontdesk.services.billing.explain_subject import About, Subject
from frontdesk.services.billing.plans import Part, PlanDraft, Rhythm
from frontdesk.ui.billing.agency_dialogs import AgencyListDialog, AgencyPaymentDialog
from frontdesk.ui.billing.assign_dialog import AssignDialog
from frontdesk.ui.billing.collection_dialogs import CallDialog, PlanDialog, PromiseDialog, StepDialog
from frontdesk.ui.billing.collection_panel import _facts
from frontdesk.ui.billing.collections_page import CollectionsPage
from frontdesk.ui.billing.frame import ReasonDialog
from frontdesk.ui.billing.refund_dialogs import AskRefundDialog, PayRefundDialog, WriteOffDialog
from frontdesk.ui.kit.explained import offered_near
from tests.builders.billing import charged, paid
from tests.builders.collections import moved, owing, placed, under_review
from tests.builders.refunds import MANAGER, asked
from tests.builders.registration import danielle
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[CollectionsPage]], CollectionsPage]


def turned(page: CollectionsPage, which: str, settle: Settle) -> None:
    """To another figure of the strip."""
    page.strip.set_value(which)
    page.strip.chosen.emit(which)
    waited(settle)


def waited(settle: Settle) -> None:
    for _ in range(6):
        settle()


def test_an_old_debt_is_begun_called_about_and_promised(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    owing(file_office, danielle(file_office))
    page = shown(CollectionsPage)
    turned(page, "start", settle)
    (row,) = page._accounts.rows()
    assert (row.name, row.stage) == ("Danielle Foster", None)
    page.go_on()
    step = page.window().findChild(StepDialog)
    assert isinstance(step, StepDialog)
    assert step.stage.value() is Stage.FIRST_NOTICE
    waited(settle)
    assert step.next_on.value() == page.desk.today + timedelta(days=14)
    step.next_on.set_value(None)
    step.go()
    waited(settle)
    assert step.form.row("next_on").error == "Say when somebody looks at it again."
    step.next_on.set_value(page.desk.today)
    step.go()
    waited(settle)
    turned(page, "due", settle)
    page.acts.call()
    call = page.window().findChild(CallDialog)
    assert isinstance(call, CallDialog)
    call.words.set_value("Asks for the bill again")
    call.next_on.set_value(page.desk.today)
    call.go()
    waited(settle)
    page.acts.promise()
    promise = page.window().findChild(PromiseDialog)
    assert isinstance(promise, PromiseDialog)
    waited(settle)
    assert promise.due_on.value() == page.desk.today + timedelta(days=7)
    promise.go()
    waited(settle)
    turned(page, "work", settle)
    (row,) = page._accounts.rows()
    assert row.promise is not None
    assert (row.stage, row.promise.state) == (Stage.PROMISE, PromiseState.WAITING)
    assert page.panel.shown is not None
    assert len(page.panel.shown.calls) == 1
    QAbstractItemModelTester(page.account_table.model())


def test_ones_own_review_is_not_approved_and_a_colleagues_is(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    whose = owing(file_office, danielle(file_office))
    under_review(file_office, whose)
    page = shown(CollectionsPage)
    turned(page, "decide", settle)
    assert not page.panel.place_button.isVisible()
    page.desk.sign_in(MANAGER)
    page.reload()
    waited(settle)
    assert page.panel.place_button.isVisible()
    page.acts.place()
    waited(settle)
    turned(page, "placed", settle)
    (row,) = page._accounts.rows()
    assert row.stage is Stage.PLACED
    assert page.panel.recall_button.isVisible()


def test_the_agencys_file_is_written(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    placed(file_office, owing(file_office, danielle(file_office)))
    page = shown(CollectionsPage)
    made = file_office.ask(agency_file.export)
    told: list[str] = []
    page.told.connect(told.append)
    page.acts.save(made, tmp_path / "agency.csv")
    waited(settle)
    assert (tmp_path / "agency.csv").read_bytes() == made.content
    assert told == ["Wrote the agency's file: 1 household, $130.00"]


def test_the_agencys_list_is_looked_at_posted_and_what_is_left_stays_in_sight(
    shown: Show, file_office: Office, settle: Settle, tmp_path: Path
) -> None:
    whose = owing(file_office, danielle(file_office))
    placed(file_office, whose)
    page = shown(CollectionsPage)
    turned(page, "placed", settle)
    (row,) = page._accounts.rows()
    day = us_date(page.desk.today)
    file = tmp_path / "july.csv"
    file.write_text(
        f"Account,Date paid,Amount,Fee\n{row.account_number},{day},60.00,18.00\nA-777777,{day},5.00,1.00\n"
    )
    page.acts.read(file)
    waited(settle)
    dialog = page.window().findChild(AgencyListDialog)
    assert isinstance(dialog, AgencyListDialog)
    assert dialog.figures.text() == "1 ready: $60.00 collected, $18.00 of it the fee. 1 cannot be posted."
    assert [each.line for each in dialog.model.rows()] == [3, 2]
    QAbstractItemModelTester(dialog.table.model())
    QTest.keyClick(dialog.table, Qt.Key.Key_A)
    whose_is_it = dialog.findChild(AssignDialog)
    assert isinstance(whose_is_it, AssignDialog)
    whose_is_it.go()
    said = "Choose somebody, or say that it is another payment."
    assert whose_is_it.form.row("patient_id").error == said
    whose_is_it.another.setChecked(True)
    whose_is_it.go()
    waited(settle)
    current = dialog.table.current()
    assert current is not None
    assert current.line == 3, "an account that nobody has is no other payment of anybody"
    dialog.post()
    waited(settle)
    assert [each.words for each in dialog.model.rows()] == ["No household has the account A-777777."]
    assert not dialog.post_button.isVisible()
    dialog.reject()
    waited(settle)
    (row,) = page._accounts.rows()
    assert row.owed_cents == 7000
    page.acts.agency_paid()
    by_hand = page.window().findChild(AgencyPaymentDialog)
    assert isinstance(by_hand, AgencyPaymentDialog)
    by_hand.amount.set_value(6000)
    by_hand.fee.set_value(1800)
    by_hand.go()
    waited(settle)
    assert by_hand.form.row("is_another").error == (
        "The same payment was posted before, in AR-0001. Say that it is another."
    )
    by_hand.another.setChecked(True)
    by_hand.go()
    waited(settle)
    (row,) = page._accounts.rows()
    assert row.owed_cents == 1000


def test_a_missed_plan_begins_anew_from_the_list(shown: Show, file_office: Office, settle: Settle) -> None:
    dani = danielle(file_office)
    (line,) = charged(file_office, dani)
    today = file_office.clock.now().date()
    draft = PlanDraft(dani, (Part(line, 13000),), 2, Rhythm.MONTH, today + timedelta(days=7))
    file_office.do(plans.agree, draft=draft)
    file_office.clock.advance(days=8)
    page = shown(CollectionsPage)
    turned(page, "due", settle)
    assert page.panel.plan_button.isVisible()
    page.acts.promise()
    promise = page.window().findChild(PromiseDialog)
    assert isinstance(promise, PromiseDialog)
    waited(settle)
    promise.go()
    waited(settle)
    said = dict(_facts(page._accounts.rows()[0]))
    assert said["Promise"].endswith("came in. Promised.")
    assert said["Plan"] == "1 installment missed, $65.00"
    page.acts.plan()
    dialog = page.window().findChild(PlanDialog)
    assert isinstance(dialog, PlanDialog)
    waited(settle)
    dialog.words.set_value("Lost the job")
    dialog.go()
    waited(settle)
    assert page._accounts.rows() == []


def test_a_credit_is_refunded_by_two_persons(shown: Show, file_office: Office, settle: Settle) -> None:
    paid(file_office, danielle(file_office), 5000)
    page = shown(CollectionsPage)
    turned(page, "credits", settle)
    page.go_on()
    dialog = page.window().findChild(AskRefundDialog)
    assert isinstance(dialog, AskRefundDialog)
    dialog.go()
    waited(settle)
    assert dialog.form.row("reason").error == "Give the reason."
    dialog.reason.set_value("Moved away")
    dialog.go()
    waited(settle)
    turned(page, "refunds", settle)
    (row,) = page._refunds.rows()
    assert not row.may_approve
    assert page.credit_panel.primary == ""
    file_office.database.do(MANAGER, refunds.approve, refund_id=row.id, version=1)
    page.reload()
    waited(settle)
    page.go_on()
    pay = page.window().findChild(PayRefundDialog)
    assert isinstance(pay, PayRefundDialog)
    pay.reference.set_value("2071")
    pay.go()
    waited(settle)
    (row,) = page._refunds.rows()
    assert row.reference == "2071"
    QAbstractItemModelTester(page.refund_table.model())


def test_ones_own_refund_cannot_be_approved_at_the_desk(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    asked(file_office, paid(file_office, danielle(file_office), 5000).receipt_id, 2000)
    page = shown(CollectionsPage)
    turned(page, "refunds", settle)
    assert not page.credit_panel.buttons["approve"].isVisible()
    assert page.credit_panel.advice.text == "Another person with the right to refund approves it."


def test_a_refund_that_can_no_longer_be_paid_is_closed(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    receipt = paid(file_office, danielle(file_office), 5000).receipt_id
    file_office.database.do(MANAGER, refunds.approve, refund_id=asked(file_office, receipt, 2000), version=1)
    file_office.do(payments.void, receipt_id=receipt, reason="Wrong patient")
    page = shown(CollectionsPage)
    turned(page, "refunds", settle)
    words = "Receipt R-000001 was voided. Nothing of it is left to pay out."
    assert page.credit_panel.advice.text == words
    assert page.credit_panel.primary == "close"
    assert not page.credit_panel.buttons["pay"].isVisible()
    page.go_on()
    dialog = page.window().findChild(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    assert dialog.reason.value() == words
    dialog._go()
    waited(settle)
    assert page._refunds.rows() == []


def test_small_balances_are_written_off_together(shown: Show, file_office: Office, settle: Settle) -> None:
    dani = danielle(file_office)
    (line,) = charged(file_office, dani)
    paid(file_office, dani, 12700, line=line)
    page = shown(CollectionsPage)
    turned(page, "small", settle)
    page.go_on()
    dialog = page.window().findChild(WriteOffDialog)
    assert isinstance(dialog, WriteOffDialog)
    dialog.reason.set_value("Not worth the stamp")
    dialog.go()
    waited(settle)
    assert page._small.rows() == []
    assert not page.credit_panel.isVisible()


def test_a_day_to_come_is_no_work_yet(shown: Show, file_office: Office, settle: Settle) -> None:
    whose = owing(file_office, danielle(file_office))
    moved(file_office, whose, Stage.OPEN)
    file_office.clock.advance(days=-1)
    page = shown(CollectionsPage)
    assert page._accounts.rows() == []
    file_office.clock.advance(days=2)
    page.reload()
    waited(settle)
    assert [row.next_on for row in page._accounts.rows()] == [page.desk.today - timedelta(days=1)]


def test_what_a_household_owes_and_its_credit_explain_themselves(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    patient_id = danielle(file_office)
    owing(file_office, patient_id)
    page = shown(CollectionsPage)
    turned(page, "start", settle)
    offered = offered_near(page.account_table, page)
    assert [each.name for each in offered] == ["Danielle Foster owes", "Over 90 days"]
    for each in offered:
        assert isinstance(each.subject, Subject)
        assert file_office.ask(explain_amount.amount, subject=each.subject).total_cents == each.cents
    paid(file_office, patient_id, 40_000)
    waited(settle)
    turned(page, "credits", settle)
    (receipt,) = offered_near(page.credit_table, page)
    subject = receipt.subject
    assert isinstance(subject, Subject)
    assert subject.about is About.RECEIPT
    assert file_office.ask(explain_amount.amount, subject=subject).total_cents == receipt.cents == 40_000
