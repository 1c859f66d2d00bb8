"""The status bar offers what can be done now: in an office without bills, no act on a bill."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from frontdesk.ui.billing.claims_page import ClaimsPage
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.shell.preferences import Preferences
from frontdesk.ui.shell.window import Window
from frontdesk.ui.shell.workplace import Workplace
from tests.builders import claims
from tests.builders.office import provider
from tests.office import DANA, Office
from tests.patience import settled

Settle = Callable[[], None]
EMPTY = {
    "superbills": ("Find, or scan a number", "Missing superbills", "Issue the superbills of a day"),
    "claims": ("Find a claim", "Import answers of payers"),
    "remittances": ("Import 835", "Enter paper", "Payers' accounts", "Below contract"),
    "underpaid": ("What nobody minds", "Remittances"),
    "payer_accounts": ("Remittances",),
    "ledger": ("Back",),
    "statements": (),
    "collections": ("File for the agency", "Post the agency's payments from its file"),
    "day_close": ("Seal the day", "Deposits at the bank", "Day before"),
    "reports": (),
}


@pytest.fixture
def workplace(file_office: Office, desk: Desk, preferences: Preferences, qtbot: QtBot) -> Iterator[Workplace]:
    provider(file_office)
    window = Window(desk, preferences=preferences)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.let_in(DANA)
    settled(qtbot, desk)
    assert window.workplace is not None
    yield window.workplace
    window.close()
    settled(qtbot, desk)


def _offered(workplace: Workplace, page: str, settle: Settle) -> tuple[str, ...]:
    workplace.go(page, Errand("show"))
    for _ in range(4):
        settle()
    *keys, last = workplace.status.offered_keys
    assert last == ("F1", "All keys")
    return tuple(words for _, words in keys if not words.startswith(("Part", "Next part", "All parts")))


def test_without_bills_no_act_on_one_is_offered(workplace: Workplace, settle: Settle) -> None:
    assert {page: _offered(workplace, page, settle) for page in EMPTY} == EMPTY


def test_a_claim_that_is_ready_is_checked_not_fixed(
    workplace: Workplace, file_office: Office, settle: Settle
) -> None:
    claims.billing_office(file_office)
    claims.ready(file_office)
    _offered(workplace, "claims", settle)
    page = workplace.page
    assert isinstance(page, ClaimsPage)
    page.strip.set_value("ready")
    page.strip.chosen.emit("ready")
    assert _offered(workplace, "claims", settle) == (
        "Claim",
        "Find a claim",
        "Check again",
        "Import answers of payers",
    )
