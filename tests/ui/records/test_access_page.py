"""The Access page: the log in words, narrowed, saved and printed, and each of these in the log."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from frontdesk.services.records import access_kinds, viewing
from frontdesk.services.records.access_log import Kind
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.records.access_page import AccessLogPage
from frontdesk.ui.records.page import RecordsPage
from tests.builders.records import filed
from tests.builders.registration import patient
from tests.office import DANA, Office

Settle = Callable[[], None]


def test_the_log_is_narrowed_saved_and_printed(
    desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    walter = patient(file_office, "Walter", "Harris", date(1951, 2, 9))
    marcus = patient(file_office, "Marcus", "Bell")
    for whose, title in ((walter, "Discharge summary"), (marcus, "Lipid panel")):
        file_office.do(viewing.open_document, document_id=filed(file_office, whose, title))
    access_kinds.kinds()  # the first question loads every service, which takes its time here
    page = AccessLogPage(desk)
    qtbot.addWidget(page)
    page.resize(1160, 700)
    page.show()
    settle()
    QAbstractItemModelTester(page._model)
    assert "Opened Lipid panel" in [line.words for line in page._model.rows()]
    assert not page.report_button.isVisible()
    page.filter.kind.set_value(Kind.LOOKED.value)
    page.filter.kind.chosen.emit(Kind.LOOKED.value)
    settle()
    assert [line.words for line in page._model.rows()] == ["Opened Lipid panel", "Opened Discharge summary"]
    page.open_with(Errand("access_log", patient_id=walter))
    settle()
    assert page.filter.patient.text() == "Walter Harris"
    assert [line.words for line in page._model.rows()] == ["Opened Discharge summary"]
    with qtbot.waitSignal(page.go) as gone:
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert gone.args == ["records", Errand("chart", patient_id=walter)]

    target = tmp_path / "log.csv"
    with qtbot.waitSignal(page.told):
        page.save(target)
    settle()
    assert "Opened Discharge summary" in target.read_text(encoding="utf-8-sig")
    page.make_report()
    qtbot.waitUntil(lambda: bool(page.findChildren(PaperDialog)))
    settle()
    dialog = page.findChildren(PaperDialog)[0]
    qtbot.waitUntil(dialog.print_button.isEnabled)
    dialog.reject()
    done = [entry.intent.command for entry in file_office.database.log_after(0)][-2:]
    assert done == ["records.access_log.export", "records.access_log.note_print_report"]

    page.filter.from_on.setText("13/45/2026")
    page.filter.from_on.editingFinished.emit()
    assert page.banner.text == "There is no such day in the calendar."
    page.hide()
    settle()


def test_only_who_may_sees_the_tab_and_the_way_from_a_chart(
    desk: Desk, file_office: Office, qtbot: QtBot, settle: Settle
) -> None:
    walter = patient(file_office, "Walter", "Harris", date(1951, 2, 9))
    made = RecordsPage(desk)
    qtbot.addWidget(made)
    made.show()
    made.open_with(Errand("chart", patient_id=walter))
    settle()
    with qtbot.waitSignal(made.go) as gone:
        made.access_button.click()
    assert gone.args == ["access_log", Errand("access_log", patient_id=walter)]
    made.hide()
    desk.sign_in(type(DANA)(None, "Rosa Vega", "RV", frozenset({"records.*", "registration.view"})))
    other = RecordsPage(desk)
    qtbot.addWidget(other)
    other.show()
    settle()
    tabs = [tab.text() for tab in other.sub_tabs._group.buttons() if tab.isVisible()]
    assert "Access" not in tabs
    assert "Find" in tabs
    other.hide()
    settle()
