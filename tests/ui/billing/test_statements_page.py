"""A balance explained, and the statement that asks for it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from frontdesk.models.registration.patient import ReminderWay
from frontdesk.services.billing import statements
from frontdesk.ui.billing.explain import ExplainDialog
from frontdesk.ui.billing.statement_hold import HoldDialog
from frontdesk.ui.billing.statements_page import StatementsPage
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.page import Errand
from tests.builders.billing import charged, paid
from tests.builders.registration import danielle
from tests.builders.statement_mail import by_email, owing_reader
from tests.message_servers import mail_server
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[StatementsPage]], StatementsPage]


def _owing(office: Office) -> int:
    """Danielle owes $100.00 of a visit of $130.00, herself."""
    dani = danielle(office)
    (line,) = charged(office, dani)
    paid(office, dani, 3000, line=line)
    return dani


def test_a_balance_is_explained_in_sentences_that_sum_to_it(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    dani = _owing(file_office)
    page = shown(StatementsPage)
    page.open_with(Errand("explain_balance", patient_id=dani))
    settle()
    dialog = page.window().findChild(ExplainDialog)
    assert isinstance(dialog, ExplainDialog)
    explanation = dialog.explained.explanation
    assert explanation is not None
    assert explanation.conclusion == "The patient owes $100.00."
    assert sum(sentence.amount_cents for sentence in explanation.sentences) == explanation.total_cents
    dialog.reject()
    settle()


def test_the_household_is_listed_with_why_it_owes(shown: Show, file_office: Office, settle: Settle) -> None:
    _owing(file_office)
    page = shown(StatementsPage)
    account = page.table.current()
    assert account is not None
    assert (account.name, account.due_cents) == ("Danielle Foster", 10_000)
    assert page.panel.explained.explanation is not None
    assert page.make_button.text() == "Make 1 statement"
    QAbstractItemModelTester(page.table.model())


def test_a_statement_goes_into_the_archive_and_its_paper_is_shown(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    _owing(file_office)
    page = shown(StatementsPage)
    account = page.table.current()
    assert account is not None
    page.make_one()
    for _ in range(4):
        settle()
    (made,) = file_office.ask(statements.of_account, account_id=account.account_id)
    assert (made.number, made.balance_cents) == ("S-000001", 10_000)
    assert page.table.current() is None


def test_only_old_debts_are_listed_when_asked_so(shown: Show, file_office: Office, settle: Settle) -> None:
    _owing(file_office)
    page = shown(StatementsPage)
    page.filters.age.set_value(3)
    page.filters.age.chosen.emit(3)
    settle()
    assert page._model.rows() == []
    assert not page.make_button.isEnabled()


def test_a_held_household_moves_to_those_left_out_and_back(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    _owing(file_office)
    page = shown(StatementsPage)
    page.hold()
    dialog = page.window().findChild(HoldDialog)
    assert isinstance(dialog, HoldDialog)
    dialog._hold()
    settle()
    assert dialog.form.row("because").error == "Say why it gets no statement."
    dialog.because.set_value("Moves house")
    dialog._hold()
    for _ in range(4):
        settle()
    page.strip.set_value("left_out")
    page.strip.chosen.emit("left_out")
    account = page.table.current()
    assert account is not None
    assert account.left_out == "On hold: Moves house"
    assert page.panel.left_out.text == "Left out of runs: On hold: Moves house."
    page.hold()
    for _ in range(4):
        settle()
    assert page.table.current() is None


def test_what_cannot_be_taken_back_is_not_what_enter_does(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    _owing(file_office)
    page = shown(StatementsPage)
    page.make_all()
    dialog = page.window().findChild(Dialog)
    assert dialog is not None
    verbs = {button.text(): button.isDefault() for button in dialog.findChildren(Button) if button.text()}
    assert verbs == {"Make 1 statement": False, "Not yet": True}
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle()
    assert page.table.current() is not None


def test_a_run_is_made_and_stays_in_the_list_of_runs(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    _owing(file_office)
    page = shown(StatementsPage)
    page._make_listed()
    for _ in range(6):
        settle()
    page.strip.set_value("runs")
    page.strip.chosen.emit("runs")
    (run,) = page._runs.rows()
    assert (run.number, run.statements, run.total_cents) == ("SR-00001", 1, 10_000)
    QAbstractItemModelTester(page.run_table.model())


def test_a_run_goes_by_email_where_it_is_wanted_and_its_paper_is_what_is_left(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    owing_reader(file_office, "Ida")
    owing_reader(file_office, "Otto", ReminderWay.LETTER)
    with mail_server() as mailbox:
        by_email(file_office, mailbox.host, mailbox.port)
        page = shown(StatementsPage)
        assert [row.by_email for row in page._model.rows()] == [True, False]
        page._make_listed()
        for _ in range(12):
            settle()
        assert [letter["To"] for letter in mailbox.letters] == ["ida@example.com"]
    (run,) = page._runs.rows()
    assert (run.mailed.sent, run.on_paper) == (1, 1)
    QAbstractItemModelTester(page.run_table.model())
