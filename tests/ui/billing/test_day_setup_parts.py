"""The set-up of superbills and drawers, by keyboard."""

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import day_signatures, drawers, superbill_templates
from frontdesk.ui.billing.drawers_part import DrawersPart, FloatDialog
from frontdesk.ui.billing.superbill_templates_part import SuperbillTemplatesPart, TemplateDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.setup_part import SetupPart
from tests.builders.billing import code_lists, paid
from tests.builders.office import provider
from tests.builders.registration import danielle
from tests.office import Office

Settle = Callable[[], None]
D = TypeVar("D", bound=Dialog)
P = TypeVar("P", bound=SetupPart)
Show = Callable[[type[P]], P]


@pytest.fixture
def show(desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle) -> Iterator[Show[SetupPart]]:
    """Shows a part of the set-up of an office with codes, a provider and a drawer."""
    code_lists(file_office)
    provider(file_office)
    paid(file_office, danielle(file_office), 3000)
    made: list[SetupPart] = []

    def shown(kind: type[SetupPart]) -> SetupPart:
        part = kind(desk)
        qtbot.addWidget(part)
        part.resize(1280, 700)
        part.show()
        made.append(part)
        _wait(settle)
        return part

    yield shown
    for part in made:
        part.hide()
    settle()


def _wait(settle: Settle) -> None:
    for _ in range(3):
        settle()


def _opened(kind: type[D]) -> D:
    return next(
        each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()
    )


def test_a_template_is_written_changed_and_withdrawn(
    show: Show[SuperbillTemplatesPart], file_office: Office, settle: Settle
) -> None:
    part = show(SuperbillTemplatesPart)
    part.new()
    dialog = _opened(TemplateDialog)
    dialog.name.set_value("Family medicine")
    dialog.sections.set_value("Office visits 99213")
    dialog.go()
    assert dialog.form.row("sections").error == (
        "Line 1: write a head, a colon, then codes, as in “Office visits: 99213 99214”."
    )
    dialog.sections.set_value("Office visits: 99213 99999")
    dialog.go()
    _wait(settle)
    assert dialog.form.row("sections").error == (
        "99999 is not among the office's codes. Add or import it first."
    )
    dialog.sections.set_value("Office visits: 99213 99214")
    dialog.go()
    _wait(settle)
    (first,) = file_office.ask(superbill_templates.templates)
    assert (first.draft.name, first.whose, first.is_current) == ("Family medicine", "Everybody", True)
    QAbstractItemModelTester(part.table.model())

    part.table.choose_first()
    QTest.keyClick(part.table, Qt.Key.Key_Return)
    following = _opened(TemplateDialog)
    assert following.sections.value() == "Office visits: 99213 99214"
    following.sections.set_value("Office visits: 99214")
    following.go()
    _wait(settle)
    assert [each.is_current for each in file_office.ask(superbill_templates.templates)] == [True, False]
    part.table.choose_first()
    part.withdraw()
    _wait(settle)
    assert [each.id for each in file_office.ask(superbill_templates.templates)] == [first.id]


def test_a_float_is_changed_and_two_people_are_wanted(
    show: Show[DrawersPart], file_office: Office, settle: Settle
) -> None:
    part = show(DrawersPart)
    part.table.choose_first()
    QTest.keyClick(part.table, Qt.Key.Key_Return)
    dialog = _opened(FloatDialog)
    dialog.amount.set_value(15_000)
    dialog.go()
    _wait(settle)
    assert [each.float_cents for each in file_office.ask(drawers.drawers)] == [15_000]
    part.toggle_two()
    _wait(settle)
    assert file_office.ask(day_signatures.needs_two)
    assert part.two.isChecked()
