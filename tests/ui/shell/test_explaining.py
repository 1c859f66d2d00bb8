"""F8: any amount in sight explains itself."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.services.billing import charges
from frontdesk.services.billing.explain_subject import About, Part, Subject
from frontdesk.ui.billing.explain import Conclusion, ExplainDialog
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import column
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.explained import Amount, Offer, explains, offered_near
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Page
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.shell.preferences import Preferences
from frontdesk.ui.shell.which_amount import WhichAmount
from frontdesk.ui.shell.window import Window
from frontdesk.ui.shell.workplace import Workplace
from tests.builders.billing import TODAY, charged, paid
from tests.builders.registration import danielle
from tests.office import DANA, Office
from tests.patience import settled

Settle = Callable[[], None]


@pytest.fixture
def workplace(file_office: Office, desk: Desk, preferences: Preferences, qtbot: QtBot) -> Iterator[Workplace]:
    """Somebody at the desk; Danielle owes $100.00 of $130.00."""
    dani = danielle(file_office)
    (line,) = charged(file_office, dani)
    paid(file_office, dani, 3000, line=line)
    window = Window(desk, preferences=preferences)
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    window.activateWindow()
    window.let_in(DANA)
    settled(qtbot, desk)
    assert window.workplace is not None
    yield window.workplace
    window.close()
    settled(qtbot, desk)


def test_f8_on_a_row_explains_it(workplace: Workplace, qtbot: QtBot, settle: Settle) -> None:
    workplace.go("statements")
    for _ in range(4):
        settle()
    page = workplace.page
    assert page is not None
    page.panes()[-1].setFocus()
    workplace.explain_amount()
    settle()
    dialog = workplace.window().findChild(ExplainDialog)
    assert isinstance(dialog, ExplainDialog)
    told = dialog.explained.explanation
    assert told is not None
    assert (told.total_cents, told.conclusion) == (10000, "The patient owes $100.00.")
    dialog.print_paper()
    for _ in range(3):
        settle()
    paper = workplace.window().findChild(PaperDialog)
    assert isinstance(paper, PaperDialog)
    assert paper.save_button.isEnabled()
    paper.reject()


def test_where_several_are_in_sight_they_are_there_to_choose_from(
    workplace: Workplace, qtbot: QtBot, settle: Settle
) -> None:
    workplace.go("day_close")
    for _ in range(4):
        settle()
    workplace.setFocus()
    workplace.explain_amount()
    which = workplace.window().findChild(WhichAmount)
    assert isinstance(which, WhichAmount)
    names = [each.name for each in which.model.rows()]
    place = next(n for n, each in enumerate(which.model.rows()) if each.cents == 13000)
    assert names[0] == "Opening, patients"
    assert names[place] == "Charges, patients"
    which.table.keeper.choose(place)
    QTest.keyClick(which.table, Qt.Key.Key_Return)
    settle()
    dialog = workplace.window().findChild(ExplainDialog)
    assert isinstance(dialog, ExplainDialog)
    assert dialog.explained.explanation is not None
    assert dialog.explained.explanation.total_cents == 13000
    assert len(workplace.window().findChildren(ExplainDialog)) == 1
    dialog.reject()


def test_f8_in_a_dialog_means_the_dialog(workplace: Workplace, qtbot: QtBot, settle: Settle) -> None:
    workplace.go("statements")
    for _ in range(4):
        settle()
    asked: list[object] = []
    page = workplace.page
    assert page is not None
    page.why_wanted.connect(asked.append)
    dialog = Dialog(page, "Pay it?")
    label = explains(Label("$100.00"), Amount("Line", 10000, Subject(About.SMALL)))
    dialog.body.addWidget(label)
    dialog.add_verb("Close", keys="Esc")
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_F8)
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert asked == [Subject(About.SMALL), Subject(About.SMALL)]
    settle()
    found = workplace.window().findChildren(ExplainDialog)
    assert [each.explained.explanation is not None for each in found] == [True, True]
    for each in found:
        each.reject()
    dialog.reject()


def test_a_few_sentences_are_all_in_sight_and_the_sum_always(
    workplace: Workplace, file_office: Office, settle: Settle
) -> None:
    page = workplace.page
    assert page is not None
    dani = danielle(file_office)
    for total in ("$100.00", "$130.00"):
        dialog = ExplainDialog(page, workplace.desk, Subject(About.PATIENT, dani))
        dialog.open()
        settle()
        settle()
        areas = dialog.findChildren(QScrollArea)
        area = next(each for each in areas if each.widget() is dialog.explained.parent())
        assert (area.verticalScrollBar().maximum() > 0) is (total == "$130.00")
        (end,) = dialog.findChildren(Conclusion)
        assert total in [label.text() for label in end.findChildren(QLabel)]
        assert dialog.rect().contains(QRect(end.mapTo(dialog, QPoint()), end.size()))
        dialog.reject()
        for _ in range(30):
            file_office.do(charges.add_fee, patient_id=dani, label="Form", amount_cents=100, on=TODAY)


def test_where_no_amount_is_in_sight_it_says_so(workplace: Workplace, settle: Settle) -> None:
    workplace.go("reminders")
    settle()
    workplace.explain_amount()
    said = [label.text() for label in workplace.status.findChildren(QLabel)]
    assert "No amount is in sight here that the ledger could explain." in said
    assert workplace.window().findChild(WhichAmount) is None


def test_a_label_asks_by_click_and_menu(desk: Desk, qtbot: QtBot) -> None:
    page = Page(desk)
    qtbot.addWidget(page)
    subject = Subject(About.LINE, 7, Part.PATIENT)
    label = explains(Label("$1.00"), Amount("Line", 100, subject))
    table = Label("two")
    offer = Offer(table, lambda: (Amount("One", 1, 1), Amount("Two", 2, 2)))
    inner = QWidget()
    inner.setLayout(column(label, table))
    page.set_content(inner)
    page.show()
    asked: list[object] = []
    page.why_wanted.connect(asked.append)
    QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    QTest.mouseClick(table, Qt.MouseButton.LeftButton)  # which of the two nobody knows
    assert asked == [subject]
    menu = offer.menu()
    assert [action.text() for action in menu.actions()] == ["Explain One: $0.01", "Explain Two: $0.02"]
    menu.actions()[1].trigger()
    assert asked == [subject, 2]
    assert [each.name for each in offered_near(None, page)] == ["Line", "One", "Two"]
    assert [each.name for each in offered_near(label, page)] == ["Line"]
