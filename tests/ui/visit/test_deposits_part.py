"""What is asked ahead for a kind of visit is set up."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from frontdesk.services.billing import deposits
from frontdesk.ui.desk import Desk
from frontdesk.ui.visit.deposits_part import DepositDialog, DepositsPart
from tests.builders.billing import visit
from tests.builders.registration import danielle
from tests.office import Office


def test_a_deposit_is_set_and_taken_away(
    desk: Desk, file_office: Office, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    visit(file_office, danielle(file_office))
    part = DepositsPart(desk)
    qtbot.addWidget(part)
    part.show()
    settle()
    for typed, cents in (("20000", 0), ("100", 10000), ("", 0)):
        part.edit()
        asked = next(each for each in part.window().findChildren(DepositDialog) if each.isVisible())
        asked.amount.setText(typed)
        asked.only.setChecked(True)
        asked._save()
        settle()
        (found,) = file_office.ask(deposits.deposits)
        assert found.amount_cents == cents
        if typed == "20000":
            assert asked.form.row("amount_cents").error == "A deposit is from $0.00 to $10,000.00."
            asked.reject()
