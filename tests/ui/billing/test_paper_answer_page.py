"""A paper remittance typed in with the keys alone, put aside, gone on with, entered and posted."""

from collections.abc import Callable
from dataclasses import replace

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

from frontdesk.services.billing import paper_answers, remittance_views
from frontdesk.services.billing.paper_answer_sums import Decided, Paper, Way
from frontdesk.services.billing.remittance_views import RemittanceState
from frontdesk.services.billing.sheet import Ticked
from frontdesk.ui.billing.paper_answer_page import PaperAnswerPage
from frontdesk.ui.billing.paper_answer_scan import ScanDialog
from frontdesk.ui.billing.remittances_page import RemittancesPage
from frontdesk.ui.kit.page import Errand
from tests.builders.claims import sent
from tests.builders.paper_answer import entered, paper, payer_of, typed
from tests.builders.payer import CONTRACT
from tests.builders.records import received as scanned
from tests.office import Office

Settle = Callable[[], None]
Show = Callable[[type[PaperAnswerPage]], PaperAnswerPage]


def type_in(settle: Settle, *words: str) -> None:
    """Letters into whatever has the focus; a word in brackets is a key."""
    keys = {"[enter]": Qt.Key.Key_Return, "[tab]": Qt.Key.Key_Tab, "[down]": Qt.Key.Key_Down}
    for word in words:
        where = QApplication.focusWidget()
        assert where is not None
        if word in keys:
            QTest.keyClick(where, keys[word])
        else:
            QTest.keyClicks(where, word)
        for _ in range(3):
            settle()


def begin(page: PaperAnswerPage, settle: Settle, amount: str = "91.56") -> None:
    """The check, from the payer on."""
    page.activateWindow()
    page.head.payer.setFocus()
    type_in(settle, "B", "[tab]", "[tab]", "0071064", "[tab]", "03/16/2026", "[tab]", amount, "[tab]")
    assert page.head.payer.value() == page._paper.payer_id is not None


def find(page: PaperAnswerPage, settle: Settle, qtbot_wait: QWidget, number: str) -> None:
    """A claim by its number: type, Enter."""
    page.search.setFocus()
    type_in(settle, number)
    page.search._search()
    for _ in range(3):
        settle()
    type_in(settle, "[enter]")


def test_a_paper_is_typed_in_with_the_keys_alone_and_posted(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    sent(file_office, None, Ticked("99213"), Ticked("93000"))
    page = shown(PaperAnswerPage)
    begin(page, settle, "131.56")
    find(page, settle, page, "00001")
    assert page.entry.number.hasFocus()
    type_in(settle, "ICN77", "[enter]", "121.56", "[enter]", "91.56", "p", "30", "=")
    assert page.entry.lines.field(0, "contract").value() == 844
    type_in(settle, "[enter]", "40", "a", "co-97", "[enter]", "15", "[enter]", "n130")
    assert page.claims.current().is_off  # type: ignore[union-attr] # it stands there
    page.entry.lines.field(1, "paid").setFocus()
    type_in(settle, "=")
    assert page.search.hasFocus()
    assert (page.foot.sums.accessibleName(), page.warning.text) == ("Balanced 0.00", "")
    (claim,) = page._paper.claims
    assert claim.payer_control_number == "ICN77"
    assert [(each.code, each.cents, each.remark) for each in claim.lines[1].reasons] == [
        ("CO-45", 2500, ""),
        ("CO-97", 1500, "n130"),
    ]
    type_in(settle, "[enter]")
    assert page.foot.enter_button.hasFocus()
    page.enter()
    for _ in range(4):
        settle()
    assert page.banner.text == ""
    (row,) = file_office.ask(remittance_views.remittances_in)
    assert (row.state, row.paid_cents) == (RemittanceState.OPEN, 13156)
    assert page._paper == Paper()
    QAbstractItemModelTester(page.side.claim_model)


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    sent(file_office)
    page = shown(PaperAnswerPage)
    begin(page, settle, "100")
    find(page, settle, page, "00001")
    type_in(settle, "[enter]", "91.56", "[enter]", "91.56", "=")
    assert page.search.hasFocus()
    page.enter()
    settle()
    said = "The claims come to $91.56, and the check is for $100.00: $8.44 is missing."
    assert page.head.form.row("paid_cents").error == said
    assert page._paper.claims[0].lines[0].paid_cents == 9156
    assert file_office.ask(remittance_views.remittances_in) == ()


def test_a_paper_left_alone_is_put_aside_and_gone_on_with(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    sent(file_office)
    page = shown(PaperAnswerPage)
    begin(page, settle)
    find(page, settle, page, "00001")
    page.put_aside()
    for _ in range(3):
        settle()
    assert page._paper == Paper()
    page.reload()
    for _ in range(3):
        settle()
    page.side.waiting.setFocus()
    page.side.waiting.choose_first()
    type_in(settle, "[enter]")
    assert (page._paper.trace, len(page._paper.claims)) == ("0071064", 1)
    page.drop()
    for _ in range(4):
        settle()
    assert file_office.ask(paper_answers.waiting) == ()


def test_a_page_that_is_hidden_puts_its_paper_aside(shown: Show, file_office: Office, settle: Settle) -> None:
    sent(file_office)
    page = shown(PaperAnswerPage)
    begin(page, settle)
    page.hide()
    for _ in range(3):
        settle()
    (waits,) = file_office.ask(paper_answers.waiting)
    assert waits.trace == "0071064"


def test_a_paper_is_parked_and_taken_up_as_it_was(shown: Show, file_office: Office, settle: Settle) -> None:
    sent(file_office)
    page = shown(PaperAnswerPage)
    assert page.park() is None
    begin(page, settle)
    find(page, settle, page, "00001")
    before = page._paper
    parked = page.park()
    assert parked is not None
    assert (parked.title, page._paper) == ("Paper remittance 0071064", Paper())
    page.take_up(msgspec.json.decode(msgspec.json.encode(parked.state), type=page.parks))
    for _ in range(3):
        settle()
    assert page._paper == before
    assert page.claims.current() is not None
    assert file_office.ask(paper_answers.waiting) == (), "it is this person's alone"


def test_a_denial_wants_only_its_code(shown: Show, file_office: Office, settle: Settle) -> None:
    sent(file_office)
    page = shown(PaperAnswerPage)
    begin(page, settle)
    page.head.way.set_value(Way.LETTER)
    page.head._edited()
    find(page, settle, page, "00001")
    page.entry._decide(Decided.DENIED)
    type_in(settle, "co-29")
    page.enter()
    for _ in range(4):
        settle()
    assert page.banner.text == ""
    (row,) = file_office.ask(remittance_views.remittances_in)
    assert row.paid_cents == 0


def test_a_check_that_is_here_already_is_said_while_typing(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    entered(file_office, typed(file_office, sent(file_office), [(CONTRACT, 3844)]))
    page = shown(PaperAnswerPage)
    begin(page, settle)
    assert page.head.form.row("trace").error.startswith("BCBS, check 0071064 of 03/16/2026 is here already")


def test_an_earlier_payment_that_never_was_is_not_taken_back(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    sent(file_office)
    page = shown(PaperAnswerPage)
    begin(page, settle)
    find(page, settle, page, "00001")
    page.entry._decide(Decided.TAKEN_BACK)
    settle()
    assert page.entry.banner.text.startswith("Nothing was posted on claim 26-00001")
    assert page.entry.decided.value() is Decided.PROCESSED


def test_a_claim_of_another_payer_says_so(shown: Show, file_office: Office, settle: Settle) -> None:
    sent(file_office)
    page = shown(PaperAnswerPage)
    find(page, settle, page, "26-00001")
    assert page.banner.text == "Choose the payer first."


def test_a_paper_remittance_is_changed_and_gets_its_scan(
    shown: Callable[[type[RemittancesPage]], RemittancesPage], file_office: Office, settle: Settle
) -> None:
    entered(file_office, typed(file_office, sent(file_office), [(CONTRACT, 3844)]))
    scan = scanned(file_office, arrived_as="eob.pdf", source="BCBS")
    page = shown(RemittancesPage)
    went: list[tuple[str, Errand | None]] = []
    page.go.connect(lambda name, errand: went.append((name, errand)))
    page.head.paper.scan()
    for _ in range(3):
        settle()
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, ScanDialog))
    dialog._go()
    for _ in range(4):
        settle()
    (row,) = file_office.ask(remittance_views.remittances_in)
    assert row.document_id == scan
    page.head.paper.change()
    for _ in range(4):
        settle()
    (waits,) = file_office.ask(paper_answers.waiting)
    assert went == [("paper_answers", Errand("paper", about_id=waits.paper_id))]
    assert file_office.ask(remittance_views.remittances_in) == ()


def test_a_paper_that_was_put_aside_opens_by_its_errand(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    told = replace(paper(file_office, typed(file_office, sent(file_office))), paid_on=None)
    saved = file_office.do(paper_answers.save, paper=told)
    page = shown(PaperAnswerPage)
    page.open_with(Errand("paper", about_id=saved.paper_id))
    for _ in range(3):
        settle()
    assert page._paper == told
    assert page.head.payer.value() == payer_of(file_office)


def test_what_two_desks_typed_of_one_paper_is_both_kept(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    told = replace(paper(file_office, typed(file_office, sent(file_office))), paid_on=None)
    saved = file_office.do(paper_answers.save, paper=told)
    page = shown(PaperAnswerPage)
    page.open_with(Errand("paper", about_id=saved.paper_id))
    for _ in range(3):
        settle()
    theirs = replace(told, paid_cents=100)
    file_office.do(paper_answers.save, paper=theirs, paper_id=saved.paper_id, version=saved.version)
    page.head.trace.setFocus()
    type_in(settle, "9")
    page.put_aside()
    for _ in range(3):
        settle()
    assert page.banner.text.startswith("Another desk changed this paper meanwhile.")
    page.put_aside()
    for _ in range(3):
        settle()
    kept = {each.trace: each.paid_cents for each in file_office.ask(paper_answers.waiting)}
    assert kept == {"0071064": 100, "90071064": told.paid_cents}


def test_the_contract_takes_no_more_than_what_was_not_allowed(
    shown: Show, file_office: Office, settle: Settle
) -> None:
    sent(file_office)
    page = shown(PaperAnswerPage)
    begin(page, settle)
    find(page, settle, page, "00001")
    type_in(settle, "[enter]", "121.56", "[enter]", "91.56", "=")
    assert page.entry.lines.field(0, "contract").value() == 844
    assert page.entry.lines.field(0, "deductible").hasFocus()
    type_in(settle, "30")
    assert page.foot.sums.accessibleName() == "Balanced 0.00"
