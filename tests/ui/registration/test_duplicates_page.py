"""The list of possible duplicates in the window: a key for each decision, and two persons for a merge."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from frontdesk.models.registration.reach import AlertKind
from frontdesk.services.registration import alerts, duplicate_pairs, merged, panel
from frontdesk.services.registration.duplicate_pairs import PairState
from frontdesk.services.visit import merging
from frontdesk.services.visit.merging import MergeState
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.registration.duplicates_page import DuplicatesPage
from frontdesk.ui.registration.merge_dialog import MergeDialog
from frontdesk.ui.registration.pair_dialog import PairDialog
from frontdesk.ui.registration.patient_panel import PatientPanel
from frontdesk.ui.registration.unmerge_dialog import UnmergeDialog
from tests.builders.merging import MARIA
from tests.builders.merging import merged as merge_of
from tests.builders.registration import patient
from tests.office import DANA, Office

BORN = date(1961, 5, 30)


@pytest.fixture
def charts(file_office: Office) -> tuple[int, int]:
    """One person twice, the second time under another last name."""
    one = patient(file_office, "Ruth", "Ashby", BORN, phone="5035550131")
    return one, patient(file_office, "Ruth", "Coleman", BORN, phone="5035550131")


@pytest.fixture
def page(charts: tuple[int, int], desk: Desk, qtbot: QtBot, settle: Callable[[], None]) -> DuplicatesPage:
    made = DuplicatesPage(desk)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    made.show()
    settle()
    settle()
    made.table.setFocus()
    return made


def dialog(page: DuplicatesPage) -> Dialog:
    return next(each for each in page.window().findChildren(Dialog) if each.isVisible())


def in_state(office: Office, state: PairState) -> int:
    return len(office.ask(duplicate_pairs.pairs, states=(state,)))


@pytest.mark.parametrize(
    ("key", "state"), [(Qt.Key.Key_D, PairState.DIFFERENT), (Qt.Key.Key_L, PairState.LATER)]
)
def test_one_key_decides(
    page: DuplicatesPage, file_office: Office, settle: Callable[[], None], key: Qt.Key, state: PairState
) -> None:
    assert [line.names for line in page.model.rows()] == ["Ruth Ashby / Ruth Coleman"]
    QTest.keyClick(page.table, key)
    settle()
    assert in_state(file_office, state) == 1
    assert in_state(file_office, PairState.OPEN) == 0


def test_enter_compares_and_m_leads_to_the_merge(
    page: DuplicatesPage, settle: Callable[[], None], qtbot: QtBot
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle()
    assert isinstance(dialog(page), PairDialog)
    QTest.keyClick(dialog(page), Qt.Key.Key_M)
    qtbot.waitUntil(lambda: any(isinstance(each, MergeDialog) for each in page.window().findChildren(Dialog)))


def test_space_takes_the_other_value_and_the_other_chart_can_stay(
    page: DuplicatesPage, charts: tuple[int, int], file_office: Office, settle: Callable[[], None]
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_M)
    settle()
    shown = dialog(page)
    assert isinstance(shown, MergeDialog)
    shown.fields.setFocus()
    assert shown.fields.choose("legal_last")
    QTest.keyClick(shown.fields, Qt.Key.Key_Space)
    settle()
    assert shown.draft.take == ("legal_last",)
    shown.reason.set_value("One license")
    QTest.keyClick(shown, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    (waiting,) = file_office.ask(merging.merges)
    assert (waiting.draft.take, waiting.draft.reason) == (("legal_last",), "One license")


def test_a_merge_without_a_reason_is_refused_beside_its_field(
    page: DuplicatesPage, settle: Callable[[], None]
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_M)
    settle()
    shown = dialog(page)
    assert isinstance(shown, MergeDialog)
    QTest.keyClick(shown, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert shown.form.row("reason").error == ("Enter why these two are one person, such as what they showed.")


def test_whoever_prepared_it_cannot_approve_and_a_second_person_can(
    page: DuplicatesPage,
    desk: Desk,
    charts: tuple[int, int],
    file_office: Office,
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_M)
    settle()
    shown = dialog(page)
    assert isinstance(shown, MergeDialog)
    shown.reason.set_value("One license")
    QTest.keyClick(shown, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    page.views.chosen.emit("prepared")
    page.views.set_value("prepared")
    page.reload()
    settle()
    qtbot.waitUntil(lambda: bool(page.model.rows()))
    page.compare()
    settle()
    mine = dialog(page)
    assert isinstance(mine, MergeDialog)
    assert not mine.verb.isEnabled()
    mine.reject()

    desk.sign_in(MARIA)
    page.reload()
    settle()
    page.compare()
    settle()
    hers = dialog(page)
    assert isinstance(hers, MergeDialog)
    qtbot.waitUntil(hers.verb.isEnabled)
    QTest.keyClick(hers, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    (done,) = file_office.ask(merging.merges, states=(MergeState.MERGED,))
    assert (done.prepared_by, done.merged_by) == (DANA.name, MARIA.name)


def test_taken_apart_with_what_came_since(
    page: DuplicatesPage,
    charts: tuple[int, int],
    file_office: Office,
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    merge_of(file_office, *charts)
    file_office.clock.advance(days=20)
    since = file_office.do(alerts.add, patient_id=charts[0], kind=AlertKind.NOTE, sentence="Comes by bus")
    page.views.set_value("merged")
    page.views.chosen.emit("merged")
    qtbot.waitUntil(lambda: [line.chip for line in page.model.rows()] == ["Merged"])
    QTest.keyClick(page.table, Qt.Key.Key_U)
    settle()
    shown = dialog(page)
    assert isinstance(shown, UnmergeDialog)
    qtbot.waitUntil(lambda: shown.since.current() is not None)
    shown.since.setFocus()
    QTest.keyClick(shown.since, Qt.Key.Key_Space)
    settle()
    shown.reason.set_value("Sisters")
    QTest.keyClick(shown, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert file_office.ask(merged.leads_to, patient_id=charts[1]) is None
    assert [each.id for each in file_office.ask(panel.panel, patient_id=charts[1]).alerts] == [since]


def test_an_open_panel_leads_on_when_its_chart_is_merged(
    charts: tuple[int, int], desk: Desk, file_office: Office, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    beside = PatientPanel(desk, actions=())
    qtbot.addWidget(beside)
    beside.resize(280, 700)
    beside.show()
    beside.show_patient(charts[1])
    settle()
    turned: list[int] = []
    beside.patient_chosen.connect(turned.append)
    merge_of(file_office, *charts)
    qtbot.waitUntil(lambda: turned == [charts[0]])
    qtbot.waitUntil(lambda: "was merged into HP-00001" in beside.banner.text)


def test_all_patients_are_looked_through_in_steps(
    page: DuplicatesPage, file_office: Office, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    for day in range(3):
        patient(file_office, "Ida", "Marsh", date(1950, 2, 10 + day), phone="5035550177")
    told: list[str] = []
    page.told.connect(told.append)
    QTest.keyClick(page, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: bool(told))
    assert not page.sweep.is_running
    settle()
    assert page.sweep.words.text().startswith("Looked 10:42 AM")
