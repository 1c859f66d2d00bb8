"""The table of actions, and the models and sentences made from it."""

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from frontdesk.ui.shell import pages
from frontdesk.ui.shell.actions import ACTIONS, offered
from frontdesk.ui.shell.palette_rows import PaletteDelegate, PaletteModel, PaletteRow, RowVerb
from frontdesk.ui.shell.palette_sources import underlines
from frontdesk.ui.theme import theme


def test_no_two_actions_share_a_name_or_a_key() -> None:
    names = [action.name for action in ACTIONS]
    keys = [QKeySequence(action.keys).toString() for action in ACTIONS if action.keys]
    assert len(names) == len(set(names))
    assert len(keys) == len(set(keys))
    assert all(keys)


def test_every_action_leads_somewhere_and_has_its_icon(qtbot: QtBot) -> None:
    for action in ACTIONS:
        assert bool(action.page) != (action.run is not None), action.name
        assert not theme().pixmap(action.icon).isNull()


def test_an_action_is_offered_where_its_page_is_and_the_person_may() -> None:
    names = {
        action.name
        for action in offered(lambda permission: permission != "visit.check_in", ("schedule", "find_slot"))
    }
    assert {"book", "find_slot", "lock"} <= names
    assert not {"check_in", "pay", "chart"} & names


def test_every_page_can_be_opened() -> None:
    for entry in pages.PAGES:
        assert entry.load().title, entry.name


def test_the_lines_of_the_command_field_are_a_sound_model(qtbot: QtBot) -> None:
    view = QListView()
    qtbot.addWidget(view)
    model = PaletteModel(view)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view.setModel(model)
    delegate = PaletteDelegate(model, view)
    view.setItemDelegate(delegate)
    did: list[str] = []
    verbs = (
        RowVerb("Check in", "F4", lambda: did.append("check in")),
        RowVerb("Pay", "", lambda: did.append("pay")),
    )
    model.show(
        (
            PaletteRow("Patients", detail="name"),
            PaletteRow(
                "Danielle Foster", lambda: None, ((9, 4),), below="06/14/1982", icon="user-round", verbs=verbs
            ),
            PaletteRow("Commands"),
            PaletteRow(
                "Lock", lambda: did.append("lock"), icon="lock", keys="Ctrl+L", chip="Now", chip_tone="warn"
            ),
        )
    )
    view.show()
    assert not view.grab().isNull()
    assert model.chosen == 1
    assert model.next_verb()
    assert model.verb == 0
    model.step(1)
    assert (model.chosen, model.verb) == (3, -1)
    model.step(1)
    assert model.chosen == 3
    assert not model.next_verb()


def test_what_was_typed_is_underlined_where_words_begin() -> None:
    assert underlines("Foster-Boyd, Ellis", "el boyd") == ((7, 4), (13, 2))
    assert underlines("Take a payment", "pay") == ((7, 3),)
    assert underlines("Take a payment", "ment") == ()
