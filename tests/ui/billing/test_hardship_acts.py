"""Hardship at Collections: an application, a second person's decision, what becomes of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from frontdesk.services.billing import balances, hardships
from frontdesk.services.billing.collection_steps import Stage
from frontdesk.services.billing.hardships import HardshipState
from frontdesk.ui.billing.act_dialog import ActDialog
from frontdesk.ui.billing.collection_dialogs import ApplicationDialog, InForceDialog
from frontdesk.ui.billing.collections_page import CollectionsPage
from tests.builders.billing import charged
from tests.builders.collections import moved, owing, today
from tests.builders.refunds import MANAGER
from tests.builders.registration import danielle
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[CollectionsPage]], CollectionsPage]
Asked = TypeVar("Asked", bound=ActDialog)


def _asked(page: CollectionsPage, dialog: type[Asked], settle: Settle) -> Asked:
    """A pressed: the dialog that opens."""
    _waited(settle)
    page.acts.hardship()
    found = [each for each in page.window().findChildren(dialog) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def _waited(settle: Settle) -> None:
    for _ in range(6):
        settle()


def test_a_hardship_in_force_lowers_the_bills_since_and_ends(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    dani = danielle(file_office)
    whose = owing(file_office, dani, days=0)
    moved(file_office, whose, Stage.FIRST_NOTICE)
    page = shown(CollectionsPage)
    _waited(settle)
    page.strip.set_value("due")
    page.strip.chosen.emit("due")
    application = _asked(page, ApplicationDialog, settle)
    application.people.set_value(4)
    application.income.set_value(3_200_000)
    application.proof.set_value("Two pay stubs of March")
    application.go()
    _waited(settle)
    (asked,) = file_office.ask(hardships.of_account, account_id=whose)
    file_office.database.do(
        MANAGER,
        hardships.grant,
        hardship_id=asked.id,
        percent=50,
        expires_on=today(file_office) + timedelta(days=180),
        because="Under 150% of the guideline",
        version=asked.version,
    )
    charged(file_office, dani)
    page.reload()
    going_on = _asked(page, InForceDialog, settle)
    going_on.go()
    _waited(settle)
    assert file_office.ask(balances.of_account, account_id=whose).patient_cents == 13_000
    ending = _asked(page, InForceDialog, settle)
    ending.what.set_value(False)
    ending.go()
    _waited(settle)
    assert ending.form.row("because").error == "Say why it is decided so."
    ending.because.set_value("Found work")
    ending.go()
    _waited(settle)
    (ended,) = file_office.ask(hardships.of_account, account_id=whose)
    assert ended.state is HardshipState.ENDED
    _asked(page, ApplicationDialog, settle)
