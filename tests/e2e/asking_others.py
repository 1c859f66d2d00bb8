"""Another office is asked for records, called, and ticked; a record is amended in part."""

from datetime import date

from frontdesk.formats.pdf.letterhead import Letter, Sender
from frontdesk.services.records import amendment_views, content, outbound_views, tray
from frontdesk.services.records.amendments import DenialGround
from frontdesk.services.records.outbound import OutboundState
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.records.amendment_dialogs import DecideDialog, LetterSentDialog
from frontdesk.ui.records.letter_dialog import LetterDialog
from frontdesk.ui.records.outbound_dialog import AskDialog
from frontdesk.ui.records.outbound_dialogs import CallDialog, CameDialog, SendDialog
from frontdesk.ui.records.page import RecordsPage
from frontdesk.ui.records.requests_page import RequestsPage
from tests.e2e.checking_in import shown_pdf
from tests.e2e.tour import Tour

_OFFICE, _WHAT = "Cascade General", "Chest X-ray 03/09/2026, report"


def is_asked(tour: Tour) -> str:
    """From the chart that waits for the culture already: one thing more, before the next visit."""
    hands = tour.driver
    waiting = next(
        line for line in _lines(tour) if line.office == _OFFICE and line.patient_name == "Harris, Walter"
    )
    hands.workplace.go("records", Errand("records", waiting.patient_id))
    chart = hands.page
    assert isinstance(chart, RecordsPage)
    hands.until(lambda: chart.foot.waiting.isVisible(), "the chart does not say what it waits for")
    tour.look("the chart says what it waits for from others")
    errand = Errand("request_records", waiting.patient_id, typed="outbound")
    hands.workplace.go("records_requests", errand)
    dialog = hands.dialog
    assert isinstance(dialog, AskDialog)
    hands.until(lambda: dialog.needed.value() is not None, "the next visit gives no day")
    dialog.office.set_value(next(each.office.id for each in _all(tour) if each.line == waiting))
    dialog.items.setFocus()
    hands.write(_WHAT)
    tour.look("the letter asks for it before the next visit")
    hands.press("Ctrl+Return")
    hands.until(lambda: any(_WHAT in line.waits_for for line in _lines(tour)), "it was not written down")
    asked = next(line for line in _lines(tour) if _WHAT in line.waits_for)
    tour.remembers["asked"] = asked
    return f"{asked.number}, needed by {asked.needed_on:%m/%d}"


def is_sent_and_called(tour: Tour) -> str:
    """The letter as it goes out, noted with its number; a call five days later."""
    hands, page = tour.driver, _choose(tour)
    hands.press("Ctrl+Return")
    send = hands.dialog
    assert isinstance(send, SendDialog)
    hands.click_button("The letter")
    told = tour.keep_paper("request-for-records.pdf", _letter(tour))
    hands.press("Esc")
    hands.press("Ctrl+Return")
    hands.until(lambda: _asked(tour).line.state is OutboundState.WAITING, "it was not noted as sent")
    second = page.kinds["outbound"].second
    hands.until(lambda: second.text().startswith("Log a call"), "no call is offered")
    hands.click(second)
    call = hands.dialog
    assert isinstance(call, CallDialog)
    call.note.setFocus()
    hands.write("Comes by fax this afternoon")
    hands.press("Ctrl+Return")
    hands.until(lambda: len(_asked(tour).history) > 2, "the call is not in the history")
    tour.look("sent by fax, called after, still awaited")
    return told


def what_came_is_ticked(tour: Tour) -> str:
    """The fax lies in the tray with nobody's name on it; the tick gives it its chart."""
    hands = tour.driver
    _choose(tour)
    letter = Letter(Sender(_OFFICE, ("Radiology",)), "Chest X-ray")
    letter.title()
    letter.text("Two views of 03/09/2026. No effusion.")
    seen = content.store_bytes(hands.desk.database, letter.pdf(), "fax.pdf")
    hands.desk.database.do(
        hands.desk.actor, tray.receive, sha256=seen.sha256, arrived_as="fax.pdf", source=_OFFICE
    )
    hands.settle()
    hands.press("Ctrl+Return")
    came = hands.dialog
    assert isinstance(came, CameDialog)
    hands.until(lambda: bool(came.document.value()), "the fax is not offered")
    tour.look("what came from that office is chosen already")
    hands.press("Ctrl+Return")
    hands.until(lambda: _asked(tour).line.state is OutboundState.RECEIVED, "it was not ticked")
    return _asked(tour).line.says


def a_record_is_amended(tour: Tour) -> str:
    """Decided in part, with the ground and how it reads now; the letter stops the clock."""
    hands = tour.driver
    (line,) = hands.desk.database.ask(hands.desk.actor, amendment_views.lines)
    page = _to(tour, "amendment", line.request_id)
    hands.press("Ctrl+Return")
    decide = hands.dialog
    assert isinstance(decide, DecideDialog)
    hands.click_button("In part", decide)
    decide.grounds[DenialGround.CORRECT].toggle()
    decide.basis.setFocus()
    hands.write("Two headaches in 2019 are in the notes.")
    tour.look("an answer in part: how it reads now, and why not more")
    hands.press("Ctrl+Return")
    hands.until(lambda: page.kinds["amendment"].first.text().startswith("Send the answer"), "not decided")
    hands.press("Ctrl+Return")
    sent = hands.dialog
    assert isinstance(sent, LetterSentDialog)
    hands.click_button("The letter")
    told = tour.keep_paper("amended-in-part.pdf", _letter(tour))
    hands.press("Esc")
    hands.press("Ctrl+Return")
    hands.until(lambda: not hands.desk.database.ask(hands.desk.actor, amendment_views.lines), "not answered")
    assert line.due_on > date(2026, 3, 17), "it is answered in time"
    return told


def _letter(tour: Tour) -> bytes:
    """The letter that is looked at before it is sent."""
    hands = tour.driver
    assert isinstance(hands.dialog, LetterDialog), type(hands.dialog).__name__
    hands.settle()
    return shown_pdf(tour)


def _lines(tour: Tour) -> tuple[outbound_views.OutboundLine, ...]:
    desk = tour.driver.desk
    return desk.database.ask(desk.actor, outbound_views.lines)


def _all(tour: Tour) -> list[outbound_views.Outbound]:
    desk = tour.driver.desk
    return [
        desk.database.ask(desk.actor, outbound_views.request, request_id=line.request_id)
        for line in _lines(tour)
    ]


def _asked(tour: Tour) -> outbound_views.Outbound:
    desk, line = tour.driver.desk, tour.remembers["asked"]
    assert isinstance(line, outbound_views.OutboundLine)
    return desk.database.ask(desk.actor, outbound_views.request, request_id=line.request_id)


def _choose(tour: Tour) -> RequestsPage:
    line = tour.remembers["asked"]
    assert isinstance(line, outbound_views.OutboundLine)
    return _to(tour, "outbound", line.request_id)


def _to(tour: Tour, kind: str, request_id: int) -> RequestsPage:
    """The request, chosen on its page, its verbs in sight."""
    hands = tour.driver
    hands.workplace.go("records_requests", Errand("records_requests", about_id=request_id, typed=kind))
    page = hands.page
    assert isinstance(page, RequestsPage)

    def is_there() -> bool:
        chosen = page.table.current()
        return chosen is not None and chosen.id == request_id and page.kinds[kind].first.isVisible()

    hands.until(is_there, "the request is not shown")
    page.table.setFocus()
    hands.settle()
    return page
