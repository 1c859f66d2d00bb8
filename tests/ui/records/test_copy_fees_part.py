"""The fees for copies in the set-up: changed by Enter, refused beside their fields, said in a line."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.records import release_fee_rules
from frontdesk.services.records.release_fee_rules import FeeRule, Step
from frontdesk.services.records.release_fees import FeeFor, FeeMethod
from frontdesk.ui.desk import Desk
from frontdesk.ui.records.copy_fees_part import CopyFeeDialog, CopyFeesPart
from tests.builders.office import site
from tests.office import Office


def test_a_fee_is_changed(desk: Desk, file_office: Office, qtbot: QtBot, settle: Callable[[], None]) -> None:
    site(file_office)
    part = CopyFeesPart(desk)
    qtbot.addWidget(part)
    part.resize(900, 500)
    part.show()
    qtbot.waitUntil(lambda: len(part.model.rows()) == len(FeeFor))
    part.change(next(each for each in part.model.rows() if each.fee_for is FeeFor.ACCESS))
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, CopyFeeDialog))
    dialog.flat.setText("8.00")
    dialog._save()
    settle()
    assert dialog.form.row("flat_cents").error == "A flat fee for the patient's own copy is $6.50 at most."
    dialog.method.set_value(FeeMethod.PER_PAGE)
    dialog._save()
    settle()
    assert "not so much a page" in dialog.form.row("method").error
    assert dialog.form.row("steps").error == (
        "The last step is for all pages that follow: leave its end empty."
    )
    dialog.reject()

    part.change(next(each for each in part.model.rows() if each.fee_for is FeeFor.ATTORNEY))
    dialog = next(
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, CopyFeeDialog) and each.isVisible()
    )
    dialog.base.setText("20.00")
    dialog.by.setText("M. Hess")
    dialog.on.set_value(date(2026, 3, 1))
    dialog._save()
    settle()
    rule = next(
        each for each in file_office.ask(release_fee_rules.fee_rules) if each.fee_for is FeeFor.ATTORNEY
    )
    assert rule == FeeRule(
        FeeFor.ATTORNEY,
        FeeMethod.PER_PAGE,
        base_cents=2000,
        steps=(Step(10, 0), Step(50, 50), Step(None, 25)),
        paid_first=True,
        reviewed_by="M. Hess",
        reviewed_on=date(2026, 3, 1),
    )
