"""The form library in the set-up: written, kept, published, retired, without the mouse."""

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from frontdesk.services.records.library import FormState
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.records.library_part import LibraryPart
from frontdesk.ui.shell.undo import UndoList
from tests.builders.consents import library_form
from tests.builders.records import library, text_of
from tests.office import Office

Settle = Callable[[], None]


@pytest.fixture
def part(file_office: Office, desk: Desk, qtbot: QtBot, settle: Settle) -> LibraryPart:
    library(file_office)
    made = LibraryPart(desk)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    settle()
    return made


def test_a_form_is_written_kept_and_published(
    part: LibraryPart, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    told: list[str] = []
    part.told.connect(told.append)
    assert part.counsel.text.startswith("6 forms have the words that came with Frontdesk.")
    part.new()
    QTest.keyClicks(part.editor.english.title, "House rules")
    part.keep()
    qtbot.waitUntil(lambda: told == ["Kept the draft of House rules"])
    qtbot.waitUntil(lambda: part._form is not None and part._form.key == "house_rules")
    assert library_form(file_office, "house_rules").state is FormState.DRAFT
    part.publish()
    qtbot.waitUntil(lambda: bool(part.editor.english.form.row("text_en").error))
    assert (
        part.editor.english.form.row("text_en").error == "The English words are missing. Every form has them."
    )
    part.editor.english.text.setPlainText("{practice} asks for no cell phones.")
    part.editor.questions.add_one()
    QTest.keyClicks(part.editor.questions.lines[0].english, "Agreed?")
    part.publish()
    qtbot.waitUntil(lambda: told[-1] == "Published House rules, edition 1")
    qtbot.waitUntil(lambda: library_form(file_office, "house_rules").state is FormState.IN_USE)


def test_the_spanish_is_said_to_be_outdated(
    part: LibraryPart, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    part.table.choose("messages")
    settle()
    editor = part.editor
    assert not editor.spanish.outdated.isVisible()
    editor.english.text.setPlainText("{practice} may text me.")
    assert editor.spanish.outdated.text() == "Outdated: the English is newer"
    part.publish()
    qtbot.waitUntil(lambda: library_form(file_office, "messages").edition == 2)
    assert [each.is_outdated for each in library_form(file_office, "messages").translations] == [False, True]
    settle()
    qtbot.waitUntil(lambda: part._form is not None and part._form.edition == 2)
    assert editor.spanish.outdated.isVisible()
    assert editor.spanish.text.toPlainText()
    editor.spanish.still_right.setChecked(True)
    assert not editor.spanish.outdated.isVisible()
    part.publish()
    qtbot.waitUntil(
        lambda: not any(t.is_outdated for t in library_form(file_office, "messages").translations)
    )
    assert library_form(file_office, "messages").edition == 2


def test_a_form_is_retired_and_brought_back_by_undo(
    part: LibraryPart, desk: Desk, file_office: Office, settle: Settle, qtbot: QtBot
) -> None:
    undo = UndoList(desk, part)
    part.table.choose("messages")
    settle()
    part.turn_use()
    qtbot.waitUntil(lambda: library_form(file_office, "messages").state is FormState.RETIRED)
    settle()
    qtbot.waitUntil(lambda: part.use_button.text() == "Take into use again")
    file_office.clock.advance(minutes=1)
    undo.undo()
    qtbot.waitUntil(lambda: library_form(file_office, "messages").state is FormState.IN_USE)


def test_the_preview_shows_what_is_typed(part: LibraryPart, settle: Settle, qtbot: QtBot) -> None:
    part.table.choose("messages")
    settle()
    part.editor.english.text.setPlainText("{practice} may text me at noon.")
    part.preview("en")
    paper = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PaperDialog) and w.isVisible())
    qtbot.waitUntil(lambda: bool(paper._pdf))
    assert "Harbor Point Family Medicine may text me at noon." in text_of(paper._pdf)
    paper.reject()
