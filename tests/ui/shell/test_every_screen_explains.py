"""Each amount that the pages of billing and of the visit offer, against its explanation."""

from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

import pytest
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import (
    collection_calls,
    counting,
    deposits,
    drawers,
    explain_amount,
    plans,
    remittances,
    statement_run,
)
from frontdesk.services.billing.counting import Count, Pieces
from frontdesk.services.billing.explain_subject import Subject
from frontdesk.services.billing.plans import PlanDraft, Rhythm
from frontdesk.services.billing.statement_run import RunFilters
from frontdesk.ui.billing.collections_page import CollectionsPage
from frontdesk.ui.billing.statements_page import StatementsPage
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.explained import offered_near
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.shell.preferences import Preferences
from frontdesk.ui.shell.window import Window
from frontdesk.ui.shell.workplace import Workplace
from tests.builders import payer
from tests.builders.billing import charged, paid, visit
from tests.builders.claims import insured, sent
from tests.builders.collections import account, today
from tests.builders.payer import CONTRACT, COPAY
from tests.builders.refunds import MANAGER, asked
from tests.builders.registration import coverage, danielle, patient
from tests.office import Office
from tests.patience import settled
from tests.services.billing.test_payer_accounts import plb

Settle = Callable[[], None]


@pytest.fixture
def to_pay(file_office: Office) -> Errand:
    """A debt with a promise, a plan, a credit with a refund, answered claims, a count; a visit to pay."""
    office, dani, walter = file_office, danielle(file_office), patient(file_office, "Walter", "Harris")
    (line, *_), _ = charged(office, walter), charged(office, dani)
    claims = sent(office), sent(office, insured(office, "Otto", "Stone", "XQP000000002"))
    answers = [payer.answer(office, claim, [(CONTRACT, 3000), (COPAY, 2000)]) for claim in claims]
    posted = payer.received(office, *answers, plb=(plb("WO", "OVER-1", 1500),))
    office.do(remittances.post, remittance_id=posted)
    parts = (plans.Part(line, 9000),)
    office.do(plans.agree, draft=PlanDraft(walter, parts, 3, Rhythm.MONTH, today(office)))
    office.clock.advance(days=130)
    asked(office, paid(office, walter, 20000).receipt_id, 2000)
    owes = account(office, dani)
    office.do(
        collection_calls.promise,
        account_id=owes,
        amount_cents=5000,
        due_on=today(office) + timedelta(days=7),
    )
    office.do(statement_run.issue_all, account_ids=(owes,), filters=RunFilters())
    (drawer,) = office.ask(drawers.drawers)
    office.do(counting.count, count=Count(drawer.id, today(office), (Pieces(2000, 10),), 0, 0))
    coverage(office, walter, member_id="XQP000000009")
    booked = visit(office, walter, datetime.combine(today(office), time(11)))
    kind = office.made["visit_type"]
    office.do(deposits.set_deposit, visit_type_id=kind, amount_cents=10000, self_pay_only=False)
    return Errand("pay", patient_id=walter, appointment_id=booked)


@pytest.fixture
def workplace(to_pay: Errand, desk: Desk, preferences: Preferences, qtbot: QtBot) -> Iterator[Workplace]:
    """The manager at the desk."""
    window = Window(desk, preferences=preferences)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    window.let_in(MANAGER)
    settled(qtbot, desk)
    assert window.workplace is not None
    yield window.workplace
    window.close()
    settled(qtbot, desk)


def offered(workplace: Workplace, office: Office, settle: Settle) -> set[str]:
    """The names of what the page in front offers; each amount is what its explanation comes to."""
    for _ in range(4):
        settle()
    page = workplace.page
    assert page is not None
    found = offered_near(None, page)
    for each in found:
        assert isinstance(each.subject, Subject)
        told = office.ask(explain_amount.amount, subject=each.subject)
        summed = sum(sentence.amount_cents for sentence in told.sentences)
        assert summed == told.total_cents, each
        assert each.said or told.total_cents == each.cents, (each, told)
        assert told.title
        assert told.conclusion
    return {each.name for each in found}


def test_each_amount_on_the_pages_is_what_its_sentences_sum_to(
    workplace: Workplace, to_pay: Errand, file_office: Office, settle: Settle
) -> None:
    def go(page: str, errand: Errand | None = None) -> set[str]:
        workplace.go(page, errand)
        return offered(workplace, file_office, settle)

    names = go("reports")
    assert {"A/R", "Days in A/R", "First-pass rate", "Net collection", "Claims not sent"} <= names, names
    names = go("statements")
    page = workplace.page
    assert isinstance(page, StatementsPage)
    page.strip.set_value("left_out")
    page.strip.chosen.emit("left_out")
    names = offered(workplace, file_office, settle)
    assert {"Danielle Foster owes", "Over 90", "S-000001 of 07/25/2026"} <= names, names
    page.strip.set_value("runs")
    page.strip.chosen.emit("runs")
    page.run_table.choose_first()
    assert offered(workplace, file_office, settle) == {"Run SR-00001"}
    go("collections")
    collections = workplace.page
    assert isinstance(collections, CollectionsPage)
    for which, wanted in (
        ("work", {"Danielle Foster owes", "Over 90 days", "Promised by 08/01/2026"}),
        ("credits", {"Receipt R-000001, left"}),
        ("refunds", {"Refund RF-000001"}),
    ):
        collections.strip.set_value(which)
        collections.strip.chosen.emit(which)
        names = offered(workplace, file_office, settle)
        assert wanted <= names, names
    names = go("payer_accounts")
    assert {"Account of BCBS"} <= names, names
    names = go("day_close")
    assert {"Cash expected", "Cash counted", "To the bank", "Opening, together"} <= names, names
    names = go("payment", to_pay)
    assert {
        "Copay, visit today",
        "Deposit, visit today",
        "The household's credit",
        "Plan P-000001, still open",
        "Plan P-000001, agreed",
    } <= names, names
    names = go("check_in_visit", to_pay)
    assert {"Copay, visit today", "Copay, BCBS PPO"} <= names, names
