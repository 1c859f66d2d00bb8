"""Coverage of the next days: questions in files, the payers' answers read, a refusal worked by phone."""

from datetime import datetime

from frontdesk.demo.answering import PPO, Said, answered, refuses
from frontdesk.formats.x12.eligibility import Inquiry
from frontdesk.services.visit.eligibility_list import Standing, ToVerify
from frontdesk.ui.visit.benefits_dialog import BenefitsDialog
from frontdesk.ui.visit.eligibility_page import EligibilityPage
from frontdesk.ui.visit.verify_dialog import VerifyCoverage
from tests.e2e.tour import Tour


def writes_the_questions(tour: Tour) -> str:
    """Shift+W writes what is due into files, one for each payer."""
    hands = tour.driver
    hands.workplace.go("eligibility", None)
    hands.settle()
    page = _page(tour)
    due = [row for row in page.model.rows() if row.standing in (Standing.DUE, Standing.FAILED)]
    assert due, "nobody is to be asked about"
    page.table.setFocus()
    tour.look("coverage to verify")
    page.files.use_folder(tour.out)
    before = set(tour.out.glob("270-*"))
    hands.press("Shift+W")
    hands.until(lambda: not _of(page, Standing.DUE), "questions are left")
    batches = sorted(set(tour.out.glob("270-*")) - before)
    hands.until(lambda: all(path.stat().st_size for path in batches))
    tour.remembers["270"] = batches
    tour.remembers["due"] = due
    return f"{len(due)} questions due, {len(batches)} files"


def reads_the_answers(tour: Tour) -> str:
    """R reads what came back: everybody is active but one, whose member ID the payer does not know."""
    hands, page = tour.driver, _page(tour)
    hands.until(lambda: bool(list(tour.out.glob("270-*"))), "no file was written")
    files = sorted(tour.out.glob("270-*"))
    refused: list[str] = []

    def says(inquiry: Inquiry) -> Said:
        if not refused:
            refused.append(inquiry.trace)
        return refuses("72", "C") if inquiry.trace == refused[0] else PPO

    tour.pass_time(1)
    at = datetime(2026, 3, 17, 10, 45)
    for number, file in enumerate(files, 1):
        answer = tour.out / f"271-{number}.txt"
        answer.write_bytes(answered(file.read_bytes(), says, at=at, number=number))
        page.table.setFocus()
        hands.answer_file_question(answer, lambda: hands.press("R"))
        hands.until(lambda: hands.workplace.status.said.startswith("Read "), "the answer was not read")
    hands.until(lambda: bool(_failed(tour)), "nobody was refused")
    line = _failed(tour)[0]
    page.table.choose(line.key)
    hands.expect("The member ID is not one of the payer's. Check the member ID", page.detail)
    tour.remembers["refused"] = line
    return hands.workplace.status.said


def works_a_refusal_by_phone(tour: Tour) -> str:
    """P: what the payer says on the phone, with a reference number."""
    hands, page = tour.driver, _page(tour)
    line = tour.remembers["refused"]
    assert isinstance(line, ToVerify)
    tour.pass_time(1)
    page.table.setFocus()
    hands.press("P")
    assert isinstance(hands.dialog, VerifyCoverage)
    hands.enter(
        {"Reference number": "R-771204", "Who said so": "Omar, provider line", "Copay": "25"}, hands.dialog
    )
    tour.look("the payer on the phone")
    hands.click_button("Record answer", hands.dialog)
    hands.until(lambda: _line(page, line).standing is Standing.GOOD, "the coverage is still open")
    return "active by phone"


def sees_all_that_was_said(tour: Tour) -> str:
    """B: benefits by service, in and out of network, used and left."""
    hands, page = tour.driver, _page(tour)
    told = next(row for row in page.model.rows() if row.answer and row.answer.deductible_left_cents == 41_200)
    page.table.choose(told.key)
    page.table.setFocus()
    hands.settle()
    hands.press("B")
    assert isinstance(hands.dialog, BenefitsDialog)
    hands.expect("$412.00", hands.dialog)
    tour.look("all that the payer said")
    hands.press("Esc")
    return f"{len(page.model.rows())} coverages on the list"


def _page(tour: Tour) -> EligibilityPage:
    page = tour.driver.page
    assert isinstance(page, EligibilityPage)
    return page


def _of(page: EligibilityPage, standing: Standing) -> list[ToVerify]:
    return [row for row in page.model.rows() if row.standing is standing]


def _failed(tour: Tour) -> list[ToVerify]:
    """Of those who were asked about in this scene."""
    due = tour.remembers["due"]
    assert isinstance(due, list)
    keys = {row.key for row in due}
    return [row for row in _of(_page(tour), Standing.FAILED) if row.key in keys]


def _line(page: EligibilityPage, line: ToVerify) -> ToVerify:
    return next(row for row in page.model.rows() if row.key == line.key)
