"""What payers send wrong, and two desks at one claim: a sentence on the page, and nothing kept or lost."""

from collections.abc import Callable
from pathlib import Path

import pytest

from frontdesk.formats.x12.remittance import Organization
from frontdesk.models.billing.claims import Claim
from frontdesk.services.billing import balances, claim_detail, claims, remittance_views
from frontdesk.services.billing.claim_views import ClaimState
from frontdesk.services.billing.remittance_views import RemittanceState
from frontdesk.ui.billing.claims_page import ClaimsPage
from frontdesk.ui.billing.remittances_page import RemittancesPage
from tests.builders.billing import at_work
from tests.builders.claims import ready, sent
from tests.builders.payer import CONTRACT, answer, written
from tests.office import Office

Settle = Callable[[], None]

LAKE_VIEW = Organization("LAKE VIEW CLINIC", "XX", "1993999998")


def _took_in(page: RemittancesPage, settle: Settle, folder: Path, data: bytes) -> None:
    path = folder / "payment.835"
    path.write_bytes(data)
    page.take_in(path)
    for _ in range(5):
        settle()


@pytest.mark.parametrize(
    ("broken", "sentence"),
    [
        (lambda data: data[: data.index(b"CLP*") + 6], "the file ends here."),
        (lambda data: data.decode("ascii").encode("utf-16"), "Nothing was kept."),
    ],
    ids=["cut off in the middle", "in another character set"],
)
def test_a_file_that_cannot_be_read_whole_leaves_nothing(
    shown: Callable[[type[RemittancesPage]], RemittancesPage],
    file_office: Office,
    settle: Settle,
    tmp_path: Path,
    broken: Callable[[bytes], bytes],
    sentence: str,
) -> None:
    claim = sent(file_office)
    page = shown(RemittancesPage)
    _took_in(page, settle, tmp_path, broken(written(answer(file_office, claim, [(CONTRACT, 3844)]))))
    assert sentence in page.banner.text
    assert file_office.ask(remittance_views.remittances_in) == ()
    assert file_office.ask(claim_detail.detail, claim_id=claim).row.state is ClaimState.SENT


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        (
            {"paid_cents": 10000},
            (
                "The claims do not add up to the payment: the payer says $100.00, its amounts come to $91.56."
                " Nothing of it is posted. Ask the payer for a corrected file."
            ),
        ),
        (
            {"payee": LAKE_VIEW},
            (
                "The payment is for another practice: LAKE VIEW CLINIC, number 1993999998."
                " Nothing of it is posted. Tell the payer, and discard it."
            ),
        ),
    ],
    ids=["does not balance", "pays another practice"],
)
def test_what_is_held_cannot_be_posted_and_says_why(
    shown: Callable[[type[RemittancesPage]], RemittancesPage],
    file_office: Office,
    settle: Settle,
    tmp_path: Path,
    other: dict[str, int],
    sentence: str,
) -> None:
    claim = sent(file_office)
    before = file_office.ask(balances.receivable)
    data = written(answer(file_office, claim, [(CONTRACT, 3844)]), **other)  # type: ignore[arg-type]
    page = shown(RemittancesPage)
    _took_in(page, settle, tmp_path, data)
    assert page.head.why_not.text() == sentence
    assert not page.head.post_button.isEnabled()
    page.post()
    for _ in range(3):
        settle()
    (row,) = file_office.ask(remittance_views.remittances_in)
    assert row.state is RemittanceState.HELD
    assert file_office.ask(balances.receivable) == before


def test_the_same_file_twice_is_said_and_changes_nothing(
    shown: Callable[[type[RemittancesPage]], RemittancesPage],
    file_office: Office,
    settle: Settle,
    tmp_path: Path,
) -> None:
    data = written(answer(file_office, sent(file_office), [(CONTRACT, 3844)]))
    page = shown(RemittancesPage)
    for _ in range(2):
        _took_in(page, settle, tmp_path, data)
    assert page.banner.text == "This remittance was taken in before. Nothing was changed."
    assert len(file_office.ask(remittance_views.remittances_in)) == 1


def test_a_claim_that_another_desk_put_right_is_not_changed_again(
    shown: Callable[[type[ClaimsPage]], ClaimsPage], file_office: Office, settle: Settle
) -> None:
    claim = ready(file_office)
    file_office.do(claims.set_place_of_service, claim_id=claim, code="")
    page = shown(ClaimsPage)
    (use_11,) = page.panel.fix_buttons
    # The other desk is first, and this window has not heard of it.
    file_office.do(claims.set_place_of_service, claim_id=claim, code="22")
    use_11.click()
    for _ in range(3):
        settle()
    assert page.banner.text, "it was changed over the other desk's head"
    with at_work(file_office) as work:
        assert work.get(Claim, claim).place_of_service == "22"
