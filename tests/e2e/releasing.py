"""Copies leave: pages chosen, the packet looked at, sent under a password, opened again, accounted for."""

import io

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from frontdesk.ui.kit.page import Errand
from frontdesk.ui.records.disclosures_page import DisclosuresPage, Which
from frontdesk.ui.records.packet_page import PacketPage
from frontdesk.ui.records.packet_send import SentPacket
from frontdesk.ui.records.requests_page import RequestsPage
from tests.e2e.tour import Tour

_REQUEST, _GUARDED = "ROI-0264", "Consult letter, cardiology"


def pages_are_chosen(tour: Tour) -> str:
    """From the request to its pages: all that was asked for, but what a second person would have to read."""
    hands = tour.driver
    hands.workplace.go("records_requests")
    hands.until(lambda: isinstance(hands.page, RequestsPage), "the requests did not open")
    page = hands.page
    assert isinstance(page, RequestsPage)
    hands.until(lambda: bool(page.model.rows()), "nobody asks for copies")
    asked = next(each for each in page.model.rows() if f"ROI-{each.number:04d}" == _REQUEST)
    hands.workplace.go("release_packet", Errand("pages", asked.patient_id, about_id=asked.id))
    tour.remembers["request"] = asked.id
    packet = _page(tour)
    hands.until(lambda: packet.choice is not None and packet.side.view is not None, "no pages are shown")
    hands.press("Ctrl+Shift+A")
    hands.until(lambda: packet.choice is not None and packet.choice.decided == packet.choice.to_decide)
    hands.click_row(_GUARDED, packet)
    hands.click(packet.none_button)
    hands.until(lambda: _goes(packet, _GUARDED) == (), "it still goes")
    hands.click_row("Annual wellness visit", packet)
    packet.grid.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press("Space")
    tour.look("a page is taken out by Space")
    hands.press("Space")
    hands.settle()
    assert packet.choice is not None
    tour.look("the pages that go, and what is beside them")
    return f"{packet.choice.number}: {packet.choice.pages_chosen} of {packet.choice.pages_found} pages"


def the_packet_goes_out(tour: Tour) -> str:
    """Looked at, and sent under a password; the file is opened again with it, and its pages counted."""
    hands = tour.driver
    packet = _page(tour)
    hands.press("Ctrl+Return")
    hands.until(lambda: packet.side.main_act() == "send", "it is not ready")
    hands.press("Ctrl+P")
    hands.until(lambda: QApplication.activeModalWidget() is not None, "the packet is not shown")
    tour.look("the packet as it would go")
    hands.press("Escape")
    hands.press("Ctrl+Return")
    hands.until(lambda: QApplication.activeModalWidget() is not None, "nobody asks how it goes")
    tour.look("to whom, by which way, and how the password is told")
    hands.press("Ctrl+Return")
    hands.until(lambda: isinstance(QApplication.activeModalWidget(), SentPacket), "it was not sent")
    sent = hands.dialog
    assert isinstance(sent, SentPacket)
    hands.until(lambda: bool(sent.password.text()) and sent.save_button.isEnabled())
    hands.settle()
    tour.look("sent: the password is shown once")
    path = tour.out / f"{_REQUEST}.pdf"
    hands.answer_file_question(path, lambda: hands.click(sent.save_button))
    hands.until(path.exists, "the file was not written")
    hands.settle()
    password = sent.password.text()
    locked = PdfReader(io.BytesIO(path.read_bytes()))
    assert locked.is_encrypted
    assert locked.decrypt("not this one") == 0
    opened = PdfReader(io.BytesIO(path.read_bytes()), password=password)
    pages = len(opened.pages)
    assert f"Page {pages} of {pages}" in opened.pages[-1].extract_text()
    hands.press("Escape")
    return f"{pages} pages, AES-256, opened again with its password"


def the_accounting_wrote_itself(tour: Tour) -> str:
    """The entry of the release, what was sent once more, and the letter to a patient who asked."""
    hands = tour.driver
    hands.workplace.go("disclosures")
    hands.until(lambda: isinstance(hands.page, DisclosuresPage), "the disclosures did not open")
    page = hands.page
    assert isinstance(page, DisclosuresPage)
    hands.until(lambda: bool(page.entries.rows()), "nothing was disclosed")
    entry = next(each for each in page.entries.rows() if each.request == _REQUEST)
    assert not entry.is_accounted, "copies for treatment are exempt"
    page.table.choose(entry.disclosure_id)
    hands.settle()
    tour.look("the release wrote its entry")
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press("Return")
    hands.until(lambda: isinstance(QApplication.activeModalWidget(), SentPacket), "it is not shown again")
    hands.press("Escape")
    page.which.set_value(Which.ASKED)
    page.reload()
    hands.until(lambda: bool(page.requests.rows()), "nobody asked for the accounting")
    hands.settle()
    hands.click(page.verbs["report"])
    hands.until(lambda: QApplication.activeModalWidget() is not None, "the letter is not shown")
    tour.look("the accounting that the patient is given")
    hands.press("Escape")
    accounted = sum(each.is_accounted for each in page.entries.rows())
    return f"{entry.request} is exempt, {accounted} others are accounted for"


def _page(tour: Tour) -> PacketPage:
    hands = tour.driver
    hands.until(lambda: isinstance(hands.page, PacketPage), "the pages did not open")
    page = hands.page
    assert isinstance(page, PacketPage)
    return page


def _goes(page: PacketPage, title: str) -> tuple[int, ...]:
    return next(each.chosen for each in page.model.rows() if each.title == title)
