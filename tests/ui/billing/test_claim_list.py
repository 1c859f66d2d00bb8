"""The claims of a figure, in groups by their state."""

from datetime import date

from pytestqt.qtbot import QtBot

from frontdesk.services.billing.claim_views import ClaimCount, ClaimRow, ClaimState
from frontdesk.ui.billing.claim_list import ClaimList, groups


def claim(number: int, state: ClaimState) -> ClaimRow:
    return ClaimRow(
        id=number,
        version=1,
        number=f"26-{number:05d}",
        state=state,
        patient_id=1,
        patient="Foster, Danielle",
        service_on=date(2026, 3, 13),
        payer="Aetna",
        problem_code="",
        problem="",
        problem_count=0,
        charge_cents=13000,
        age_days=4,
    )


REJECTED, PAID = claim(1, ClaimState.REJECTED), claim(2, ClaimState.PAID)
SENT = tuple(claim(number, ClaimState.SENT) for number in (3, 4, 5))


def test_a_group_counts_its_claims_and_says_where_more_are_counted_than_listed(qtbot: QtBot) -> None:
    ((all_of_them, _),) = groups(SENT, (ClaimCount(ClaimState.SENT, 3, 39000),))
    assert all_of_them.detail == "3 claims, $390.00"
    ((some, _),) = groups(SENT, (ClaimCount(ClaimState.SENT, 1204, 15652000),))
    assert some.detail == "the newest 3 of 1,204 claims, $390.00"


def test_the_first_is_of_the_chosen_figure_and_each_knows_the_one_below(qtbot: QtBot) -> None:
    shown = ClaimList()
    qtbot.addWidget(shown)
    shown.show_claims("fix", (claim(9, ClaimState.FAILED), REJECTED), ())
    assert shown.first_of("rejected") == REJECTED.id
    assert shown.first_of("denied") == 9, "none is denied: the first that waits"
    assert (shown.after(9), shown.after(REJECTED.id), shown.after(77)) == (REJECTED.id, None, None)


def test_without_claims_it_says_what_is_so(qtbot: QtBot) -> None:
    shown = ClaimList()
    qtbot.addWidget(shown)
    shown.show_claims("paid", (), ())
    assert shown.currentWidget() is not shown.table
    assert shown.first_of("paid") is None
    shown.show_claims("paid", (PAID,), ())
    assert shown.currentWidget() is shown.table
