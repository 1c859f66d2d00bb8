"""Claims are put right, sent in a file, answered with an 835, and the answer is posted."""

from datetime import timedelta
from pathlib import Path

from frontdesk.ui.billing.claims_page import ClaimsPage
from frontdesk.ui.billing.remittances_page import RemittancesPage
from frontdesk.ui.kit.tabs import SubTabs
from tests.e2e import paying
from tests.e2e.registering import LAST
from tests.e2e.tour import Tour


def finds_what_is_wrong(tour: Tour) -> str:
    """Before anything is sent, the check tells what a payer would refuse, and how to mend it."""
    hands = tour.driver
    hands.click_button("Claims", _sub_tabs(tour))
    page = _claims(tour)
    hands.expect("Place of service is empty.", page.panel)
    hands.expect("Use 11", page.panel)
    tour.look("what would be refused, and how to mend it")
    hands.press("Ctrl+Return")
    hands.expect("Fixed and queued")
    return hands.workplace.status.said


def makes_the_claim(tour: Tour) -> str:
    """The visit of today is among the claims that are ready."""
    hands, page = tour.driver, _claims(tour)
    hands.choose("Payer", "BCBS", page)
    ready = next(button for button in hands.buttons(page.strip) if button.accessibleName().endswith("Ready"))
    hands.click(ready)
    hands.click_row(LAST, page.table)
    hands.expect(f"{LAST}, Amara", page.panel)
    return ready.accessibleName()


def sends_the_file(tour: Tour) -> str:
    """One 837P for all that is ready, in the folder that the clearinghouse's program reads."""
    file = send_ready(tour, _claims(tour))
    tour.remembers["837"] = file
    claims = paying.claims_in(file.read_bytes())
    assert any(claim.policy.subscriber.last.upper() == LAST.upper() for claim in claims), "hers is not in it"
    return f"{file.name}, {len(claims)} claims"


def send_ready(tour: Tour, page: ClaimsPage) -> Path:
    """The claims of the chosen payer that are ready go out; the file."""
    hands = tour.driver
    before = set(tour.out.glob("837p-*"))
    send = hands.button("Send", page)
    hands.answer_file_question(tour.out, lambda: hands.click(send))
    hands.expect("Written: ", hands.dialog)
    tour.look("the claim file is written")
    (file,) = set(tour.out.glob("837p-*")) - before
    hands.click_button("Mark as sent", hands.dialog)
    hands.expect("Sent 03/17", hands.dialog)
    hands.press("Esc")
    return file


def takes_in_the_answer(tour: Tour) -> str:
    """The payer's 835 is imported: every claim of it is matched, and the sums agree."""
    hands = tour.driver
    sent = tour.remembers["837"]
    assert hasattr(sent, "read_bytes")
    tour.pass_time(minutes=95)
    file = tour.out / "answer.835"
    at = hands.desk.local_now - timedelta(minutes=30)
    file.write_bytes(paying.answer(sent.read_bytes(), at))
    hands.click_button("Remittances", _sub_tabs(tour))
    page = _remittances(tour)
    hands.answer_file_question(file, lambda: hands.press("Ctrl+N"))
    hands.expect(LAST.upper(), page.table)
    return hands.workplace.status.said


def posts_it(tour: Tour) -> str:
    """Ctrl+Enter writes the whole remittance into the ledger."""
    hands, page = tour.driver, _remittances(tour)
    hands.click_row(LAST.upper(), page.table)
    tour.look("what the payer says to each service")
    hands.press("Ctrl+Return")
    hands.expect("Posted ")
    return hands.workplace.status.said


def _sub_tabs(tour: Tour) -> SubTabs:
    return tour.driver.one(SubTabs)


def _claims(tour: Tour) -> ClaimsPage:
    assert isinstance(tour.driver.page, ClaimsPage)
    return tour.driver.page


def _remittances(tour: Tour) -> RemittancesPage:
    assert isinstance(tour.driver.page, RemittancesPage)
    return tour.driver.page
