"""What the claim would be stopped for is said at the desk, and at charge entry as it is typed."""

from collections.abc import Callable
from datetime import date

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from frontdesk.services.billing import code_rules, superbills
from frontdesk.services.billing.code_rules import CodeRuleDraft, CodeRuleKind
from frontdesk.services.billing.codes import Diagnosis
from frontdesk.services.billing.service_lines import ServiceLine
from frontdesk.ui.billing.outlook_banner import OutlookBanner
from frontdesk.ui.billing.superbill_entry import EntryDraft
from frontdesk.ui.billing.superbills_page import SuperbillsPage
from frontdesk.ui.desk import Desk
from tests.builders.billing import visit
from tests.builders.claims import billing_office, insured
from tests.builders.office import provider
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[SuperbillsPage]], SuperbillsPage]
MIGRAINE = Diagnosis("G43.909", "Migraine", is_billable=True)
ECG = ServiceLine(
    code="93000", label="ECG", unit_cents=8000, modifiers="", pointers="A", units=1, amount_cents=None
)
BORN = "Claim: The visit is before the patient's birth. Check the date of birth."


@pytest.fixture
def banner(qtbot: QtBot) -> OutlookBanner:
    made = OutlookBanner()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def unborn(file_office: Office) -> int:
    """An insured patient whose date of birth cannot be."""
    billing_office(file_office)
    patient_id = insured(file_office)
    with file_office.database.engines.write.begin() as connection:
        connection.execute(text("UPDATE patient SET born_on = '2027-01-01'"))
    return patient_id


def test_it_speaks_at_booking_and_is_quiet_when_nothing_is_picked(
    banner: OutlookBanner, file_office: Office, desk: Desk, unborn: int, settle: Settle
) -> None:
    banner.at_booking(desk, unborn, provider(file_office), date(2026, 3, 24))
    settle()
    assert banner.text == BORN
    banner.nothing()
    assert banner.text == ""


def test_an_answer_that_comes_after_another_pick_says_nothing(
    banner: OutlookBanner, file_office: Office, desk: Desk, unborn: int, settle: Settle
) -> None:
    banner.at_booking(desk, unborn, provider(file_office), date(2026, 3, 24))
    banner.nothing()
    settle()
    assert banner.text == ""


def test_it_speaks_at_check_in(
    banner: OutlookBanner, file_office: Office, desk: Desk, unborn: int, settle: Settle
) -> None:
    banner.at_check_in(desk, visit(file_office, unborn))
    settle()
    assert banner.text == BORN


def test_charge_entry_says_it_before_anything_is_entered(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    billing_office(file_office)
    wish = CodeRuleDraft(CodeRuleKind.DIAGNOSIS, "93000", diagnoses="I10", note="BCBS pays it for the heart.")
    file_office.do(code_rules.keep, draft=wish)
    appointment = visit(file_office, insured(file_office))
    bill = file_office.do(superbills.issue, appointment_id=appointment)
    entry = shown(SuperbillsPage).entry
    entry.keep(bill, EntryDraft((MIGRAINE,), (ECG,), "11"))
    entry.services.changed.emit()
    for _ in range(2):
        settle()
    assert entry.claim.text == (
        "Claim: Line 1: 93000 is not supported by G43.909. BCBS pays it for the heart."
        " None of the claim's diagnoses does. Ask the provider, or take the line off."
    )
    entry.keep(bill, EntryDraft((), (), "11"))
    entry.services.changed.emit()
    settle()
    assert entry.claim.text == ""
