"""Codes by code and by day, and what the office asks for them."""

from datetime import date

from frontdesk.models.billing.codes import CodeSet
from frontdesk.services.billing import code_search, codes, fees, shipped_codes
from tests.builders.billing import TODAY, at_work, code_lists
from tests.builders.office import site
from tests.builders.registration import plan
from tests.office import Office
from tests.refusal import refusal


def test_the_whole_public_list_loads_once(file_office: Office) -> None:
    site(file_office)
    assert file_office.do(shipped_codes.load_public_codes) > 104_000
    assert file_office.do(shipped_codes.load_public_codes) == 0
    found = file_office.ask(
        code_search.find_diagnoses, typed="fracture upper end right tibia initial", on=TODAY
    )
    assert "S82.101A" in [row.code for row in found]
    assert ("11", "Office") in file_office.ask(codes.places_of_service)
    (found_drug, *_) = file_office.ask(code_search.find_procedures, typed="dexamethasone sodium", on=TODAY)
    assert (found_drug.code, found_drug.code_set) == ("J1100", CodeSet.HCPCS)
    with at_work(file_office) as work:
        assert codes.procedure_on(work, "j1100", TODAY).code_set is CodeSet.HCPCS


def test_a_fee_follows_the_day_and_the_payer(office: Office) -> None:
    code_lists(office)
    plan(office)
    payer: int = office.made["payer:BCBS"]
    office.do(
        fees.set_fee,
        fee_schedule_id=office.made["codes"],
        code="99213",
        amount_cents=14000,
        effective_on=date(2026, 4, 1),
    )
    own = office.do(fees.add_schedule, name="BCBS list", effective_on=date(2026, 1, 1), payer_id=payer)
    contract = office.do(
        fees.add_schedule,
        name="BCBS contract",
        effective_on=date(2026, 1, 1),
        payer_id=payer,
        is_contract=True,
    )
    for schedule, cents in ((own, 12500), (contract, 9156)):
        office.do(
            fees.set_fee, fee_schedule_id=schedule, code="99213", amount_cents=cents, effective_on=TODAY
        )
    assert office.ask(fees.amount, code="99213", on=TODAY) == 13000
    assert office.ask(fees.amount, code="99213", on=date(2026, 4, 1)) == 14000
    assert office.ask(fees.amount, code="99213", on=TODAY, payer_id=payer) == 12500
    assert office.ask(fees.amount, code="99214", on=TODAY, payer_id=payer) == 16500
    assert office.ask(fees.allowed, code="99213", on=TODAY, payer_id=payer) == 9156
    assert office.ask(fees.amount, code="00000", on=TODAY) is None


def test_a_fee_that_makes_no_sense_is_refused(file_office: Office) -> None:
    code_lists(file_office)
    for cents, sentence in (
        (0, "Enter an amount above zero."),
        (-1, "Enter an amount above zero."),
        (10**9, "$10,000,000.00 is more than the ledger takes. Check the amount."),
        (5000, "99213 already has a fee from 01/01/2024. Choose a later day."),
    ):
        with refusal(sentence):
            file_office.do(
                fees.set_fee,
                fee_schedule_id=file_office.made["codes"],
                code="99213",
                amount_cents=cents,
                effective_on=date(2024, 1, 1),
            )
    with refusal("A contract is with a payer. Choose the payer."):
        file_office.do(fees.add_schedule, name="C", effective_on=TODAY, is_contract=True)
