"""The list of visits that wait for records of other offices."""

from collections.abc import Callable
from datetime import date, datetime

from pytestqt.qtbot import QtBot

from frontdesk.services.records import outbound
from frontdesk.services.records.outbound import Way
from frontdesk.services.visit import overview
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.visit.records_due_page import RecordsDuePage
from tests.builders.asking import asked
from tests.builders.schedule import book, walter
from tests.office import Office


def test_visits_without_their_records_lead_to_the_request(
    desk: Desk, file_office: Office, qtbot: QtBot, settle: Callable[[], None]
) -> None:
    who = walter(file_office)
    visit = book(file_office, datetime(2026, 3, 25, 10, 0), patient_id=who)
    page = RecordsDuePage(desk)
    qtbot.addWidget(page)
    page.resize(1160, 800)
    page.show()
    settle()
    assert page.nothing.isVisible()
    request = asked(file_office, who, "Sputum culture", needed_on=date(2026, 3, 24), visit_id=visit)
    file_office.do(outbound.note_sent, request_id=request.request_id, way=Way.FAX)
    page.reload()
    settle()
    (due,) = page.model.rows()
    assert (due.visit.patient_name, due.line.says) == ("Harris, Walter", "Waiting: sputum culture")
    assert file_office.ask(overview.waiting)["records_due"] == 1
    with qtbot.waitSignal(page.go) as led:
        page.open_request()
    assert led.args == [
        "records_requests",
        Errand("records_requests", about_id=request.request_id, typed="outbound"),
    ]
