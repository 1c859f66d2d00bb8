"""Fee schedules shown whole, raised, copied to a new year, imported."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.services.billing import fee_lists, fees
from frontdesk.services.billing.fee_lists import ROUNDINGS, FeeImport, FeeLine, FeeRow, Raise, RefusedFee
from tests.builders.billing import TODAY, code_lists
from tests.builders.registration import plan
from tests.office import Office
from tests.refusal import refusal

JULY, NEXT_YEAR = date(2026, 7, 1), date(2027, 1, 1)


def test_a_list_is_shown_with_the_fee_that_follows(office: Office) -> None:
    code_lists(office)
    own: int = office.made["codes"]
    office.do(fees.set_fee, fee_schedule_id=own, code="99213", amount_cents=13500, effective_on=JULY)
    (shown,) = office.ask(fee_lists.lists, on=TODAY)
    assert (shown.name, shown.payer, shown.is_contract, shown.count) == ("Office fees", "", False, 4)
    lines = office.ask(fee_lists.lines, fee_schedule_id=own, on=TODAY)
    assert [line.code for line in lines] == ["20610", "93000", "99213", "99214"]
    assert lines[2] == FeeLine("99213", "Office visit, low", 13000, date(2024, 1, 1), 13500, JULY)


def test_all_fees_are_raised_as_the_preview_says(office: Office) -> None:
    code_lists(office)
    by = Raise(office.made["codes"], 35, 100, JULY)
    seen = office.ask(fee_lists.raised, by=by)
    assert [(each.code, each.raised_cents) for each in seen] == [
        ("20610", 11900),
        ("93000", 8300),
        ("99213", 13500),
        ("99214", 17100),
    ]
    assert office.do(fee_lists.raise_all, by=by) == 4
    for each in seen:
        assert office.ask(fees.amount, code=each.code, on=JULY) == each.raised_cents
        assert office.ask(fees.amount, code=each.code, on=date(2026, 6, 30)) == each.amount_cents


def test_a_raise_that_makes_no_sense_is_refused(office: Office) -> None:
    code_lists(office)
    own: int = office.made["codes"]
    for by, sentence in (
        (Raise(own, -1000, 1, JULY), "Enter a percentage from -99.9 to 100."),
        (Raise(own, 10, 7, JULY), "Choose how the fees are rounded."),
        (Raise(own, 0, 1, JULY), "No fee would change. Choose another percentage or rounding."),
    ):
        with refusal(sentence):
            office.do(fee_lists.raise_all, by=by)
    with refusal("20610 already has a fee from 01/01/2024. Choose a later day."):
        office.do(fee_lists.raise_all, by=Raise(own, 50, 1, date(2024, 1, 1)))


def test_a_copy_for_the_new_year_ends_the_list_before(office: Office) -> None:
    code_lists(office)
    own: int = office.made["codes"]
    office.do(fee_lists.copy, name="Office fees 2027", by=Raise(own, 100, 100, NEXT_YEAR))
    assert office.ask(fees.amount, code="99213", on=date(2026, 12, 31)) == 13000
    assert office.ask(fees.amount, code="99213", on=NEXT_YEAR) == 14300
    assert [each.name for each in office.ask(fee_lists.lists, on=NEXT_YEAR)] == ["Office fees 2027"]
    with refusal("There is a fee schedule of this name."):
        office.do(fee_lists.copy, name="Office fees", by=Raise(own, 0, 1, date(2026, 12, 1)))
    with refusal("The new list must begin after 01/01/2024."):
        office.do(fee_lists.copy, name="Older", by=Raise(own, 0, 1, date(2024, 1, 1)))


def test_a_file_of_fees_is_taken_line_by_line(office: Office) -> None:
    code_lists(office)
    rows = (
        FeeRow(2, "99213", "$131.50"),
        FeeRow(3, "99214", "165.00"),
        FeeRow(4, "00000", "1"),
        FeeRow(5, "93000", "eighty"),
        FeeRow(6, "99213", "132"),
        FeeRow(7, "20610", "0"),
        FeeRow(8, "93000-26", "20"),
        FeeRow(9, "93000-Z9", "20"),
    )
    done = office.do(
        fee_lists.import_fees, fee_schedule_id=office.made["codes"], effective_on=JULY, rows=rows
    )
    assert done == FeeImport(
        2,
        1,
        (
            RefusedFee(4, "00000 is not among the office's codes of that day."),
            RefusedFee(5, "93000: “eighty” is not an amount."),
            RefusedFee(6, "99213 is listed before, in line 2."),
            RefusedFee(7, "20610: Enter an amount above zero."),
            RefusedFee(9, "Z9 is not a modifier. Check the spelling."),
        ),
    )
    assert office.ask(fees.amount, code="99213", on=JULY) == 13150


def test_a_payers_list_says_whose_it_is(office: Office) -> None:
    code_lists(office)
    plan(office)
    payer: int = office.made["payer:BCBS"]
    office.do(fees.add_schedule, name="BCBS 2026", effective_on=TODAY, payer_id=payer, is_contract=True)
    own, contract = office.ask(fee_lists.lists, on=TODAY)
    assert (own.payer, contract.payer != "", contract.is_contract, contract.count) == ("", True, True, 0)


@given(st.integers(1, 999_999), st.integers(-999, 1_000), st.sampled_from(ROUNDINGS))
def test_a_raised_fee_is_a_whole_step_and_the_nearest(cents: int, tenths: int, step: int) -> None:
    found = fee_lists._stepped(cents, Raise(0, tenths, step, TODAY))
    thousandfold = cents * (1_000 + tenths)
    assert found % step == 0
    assert found >= step
    assert found == step or 2 * abs(found * 1_000 - thousandfold) <= step * 1_000
