"""Pages, forms and dialogs: refusals in place, reloads by topic, the way out that is safe."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from frontdesk.kernel.errors import Conflict, Finding, Refused
from frontdesk.services.changes import Changes
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column
from frontdesk.ui.kit.dialog import Dialog, confirm
from frontdesk.ui.kit.edits import AmountEdit, TextEdit
from frontdesk.ui.kit.focus import FocusRing, show_focus
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Key, Page
from frontdesk.ui.kit.row_list import Item
from frontdesk.ui.kit.search_box import SearchBox, Suggestion
from frontdesk.ui.kit.signature_pad import SignaturePad


class Deposits(Page):
    topics = frozenset({"receipt"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.reloads = 0
        self.pressed = 0
        self.form = Form()
        self.amount = self.form.add("amount", "Amount", AmountEdit(), span=6)
        self.form.add("note", "Note", TextEdit(), span=6)
        self.set_content(Frame("surface", column(self.form, None)))
        self.bind_keys()

    def reload(self) -> None:
        self.reloads += 1

    def keys(self) -> tuple[Key, ...]:
        return (Key("Ctrl+Return", "Record", self.press),)

    def press(self) -> None:
        self.pressed += 1


def changes(*topics: str) -> Changes:
    return Changes(1, "billing.receipts.take", None, frozenset(topics), frozenset(), frozenset())


def page_of(desk: Desk, qtbot: QtBot) -> Deposits:
    page = Deposits(desk)
    qtbot.addWidget(page)
    page.show()
    return page


def test_a_refusal_goes_beside_its_field_and_the_rest_into_the_banner(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    page.refused(
        Refused(Finding("The amount is more than is due.", "amount"), Finding("The drawer is closed."))
    )
    assert page.amount.error == "The amount is more than is due."
    assert page.banner.text == "The drawer is closed."
    page.clear_complaints()
    assert page.amount.error == ""
    assert not page.banner.isVisible()


def test_a_conflict_is_said_in_the_banner(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    page.refused(Conflict("Another desk changed this."))
    assert page.banner.text == "Another desk changed this."


def test_a_page_reloads_once_for_many_changes_of_its_topics(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    assert page.reloads == 1
    desk.changed.emit(changes("receipt"))
    desk.changed.emit(changes("receipt", "journal_entry"))
    desk.changed.emit(changes("patient"))
    qtbot.waitUntil(lambda: page.reloads == 2)


def test_a_hidden_page_waits_with_its_reload(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    page.hide()
    desk.changed.emit(changes("receipt"))
    QApplication.processEvents()
    assert page.reloads == 1
    page.show()
    assert page.reloads == 2


def test_the_keys_of_a_page_work_while_it_is_on_the_screen(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert page.pressed == 1


def test_a_form_says_what_it_cannot_read_and_goes_there(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    edit = page.amount.control
    assert isinstance(edit, AmountEdit)
    edit.setText("thirty")
    assert not page.form.check()
    assert page.amount.error == "An amount in dollars and cents is expected: 30.00."
    assert edit.property("wrong") is True
    assert edit.accessibleDescription() == page.amount.error
    assert edit.hasFocus()
    edit.setText("30")
    assert page.form.check()


def test_the_safe_way_out_is_the_default(qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(800, 600)
    qtbot.addWidget(window)
    window.show()
    done: list[str] = []
    question = "Destroy the record?"
    dialog = confirm(
        window,
        question,
        "It is gone for good.",
        verb="Destroy record",
        keep="Keep it",
        then=lambda: done.append("x"),
    )
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert not done
    again = confirm(
        window,
        question,
        "It is gone for good.",
        verb="Destroy record",
        keep="Keep it",
        then=lambda: done.append("x"),
    )
    button = next(b for b in again.findChildren(Button) if b.text() == "Destroy record")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["x"]


def test_a_refused_act_of_a_dialog_is_said_in_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = Dialog(window, "Record a deposit")
    form = Form()
    row = form.add("amount", "Amount", AmountEdit())
    dialog.body.addWidget(form)
    dialog.open()
    dialog.refused(Refused(Finding("Too much.", "amount"), Finding("Closed.")))
    assert row.error == "Too much."
    assert dialog.banner.text == "Closed."
    dialog.close()


def test_a_label_stands_above_its_field_however_tall_its_row(qtbot: QtBot) -> None:
    form = Form()
    row = form.add("lines", "Services", QWidget())
    qtbot.addWidget(form)
    form.show()
    row.resize(300, 200)
    assert row.label().height() == row.label().sizeHint().height()


def test_the_ring_follows_the_focus(qtbot: QtBot, qapp: QApplication) -> None:
    show_focus(qapp)
    window = QWidget()
    first, second = TextEdit(), TextEdit()
    window.setLayout(column(first, second, margins=(20, 20, 20, 20)))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    first.setFocus()
    second.setFocus()
    ring = window.findChild(FocusRing)
    assert isinstance(ring, FocusRing)
    assert ring.isVisible()
    assert ring.geometry() == second.geometry().adjusted(-3, -3, 3, 3)


def test_an_answer_to_an_older_question_is_not_shown(qtbot: QtBot, settle: Callable[[], None]) -> None:
    window = QWidget()
    window.resize(500, 400)
    box = SearchBox("Name or birth date")
    window.setLayout(column(box, None))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    box.setFocus()
    with qtbot.waitSignal(box.searched) as searched:
        QTest.keyClicks(box, "fost")
    assert searched.args == ["fost"]
    box.show_found("fo", (Suggestion(1, Item("Old")),))
    box.show_found("fost", (Suggestion(7, Item("Danielle Foster")), Suggestion(8, Item("Ray Foster"))))
    QTest.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.picked) as picked:
        QTest.keyClick(box, Qt.Key.Key_Return)
    assert picked.args == [8]
    settle()


def test_a_signature_is_its_strokes_with_their_times(qtbot: QtBot) -> None:
    pad = SignaturePad(says="Signature")
    pad.resize(400, 120)
    qtbot.addWidget(pad)
    pad.show()
    assert not pad.is_signed()
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=pad.rect().center())
    for step in range(1, 8):
        QTest.mouseMove(pad, pad.rect().center() + pad.rect().topLeft() + type(pad.pos())(4 * step, step))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=pad.rect().center())
    strokes = pad.strokes()
    assert pad.is_signed()
    assert len(strokes) == 1
    assert strokes[0][0][:2] == (498, 148) or strokes[0][0][:2] == (500, 150)
    assert [point[2] for point in strokes[0]] == sorted(point[2] for point in strokes[0])
    pad.clear()
    assert pad.strokes() == ()
