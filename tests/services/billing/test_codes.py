"""Codes by words, by code, by day."""

from datetime import date

from frontdesk.models.billing.codes import CodeSet
from frontdesk.services.billing import codes, fees
from frontdesk.services.billing.codes import CodeRow, RefusedRow
from tests.builders.billing import TODAY, code_lists
from tests.builders.office import site
from tests.builders.registration import plan
from tests.office import Office
from tests.refusal import refusal


def test_a_diagnosis_is_found_by_beginnings_of_words_and_by_code(office: Office) -> None:
    code_lists(office)
    by_words = office.ask(codes.find_diagnoses, typed="migr unsp not intract", on=TODAY)
    assert "G43.909" in [found.code for found in by_words]
    assert by_words[0].is_billable
    by_code = office.ask(codes.find_diagnoses, typed="g43.90", on=TODAY)
    assert [found.code for found in by_code][:2] == ["G43.901", "G43.909"]
    assert by_code[-1].code == "G43.90"
    assert not by_code[-1].is_billable
    assert office.ask(codes.find_diagnoses, typed="  ", on=TODAY) == ()
    assert office.ask(codes.find_diagnoses, typed="'\" AND xq * (", on=TODAY) == ()


def test_an_expired_diagnosis_is_found_only_on_its_days(office: Office) -> None:
    code_lists(office)
    then = office.ask(codes.find_diagnoses, typed="M51.36", on=date(2024, 6, 1))
    assert then[0] == codes.Diagnosis(
        "M51.36", "Other intervertebral disc degeneration, lumbar region", is_billable=True
    )
    now = office.ask(codes.find_diagnoses, typed="M51.36", on=TODAY)
    assert [found.code for found in now if found.is_billable] == ["M51.360", "M51.361", "M51.362", "M51.369"]


def test_the_whole_public_list_loads_once(file_office: Office) -> None:
    site(file_office)
    assert file_office.do(codes.load_public_codes) > 98_000
    assert file_office.do(codes.load_public_codes) == 0
    found = file_office.ask(codes.find_diagnoses, typed="fracture upper end right tibia initial", on=TODAY)
    assert "S82.101A" in [row.code for row in found]
    assert ("11", "Office") in file_office.ask(codes.places_of_service)


def test_an_import_takes_what_is_right_and_names_what_is_not(office: Office) -> None:
    site(office)
    rows = (
        CodeRow(2, "99213", "Visit, low", "2026-01-01", synonyms="checkup"),
        CodeRow(3, "99214", "", "2026-01-01"),
        CodeRow(4, "99215", "Visit, high", "01/01/2026"),
        CodeRow(5, "99213", "Visit again", "2026-02-01"),
        CodeRow(6, "99216", "Visit, other", ""),
    )
    done = office.do(codes.import_codes, code_set=CodeSet.CPT, rows=rows)
    assert done == codes.CodeImport(
        1,
        0,
        (
            RefusedRow(3, "Give the code a short label of your own."),
            RefusedRow(4, "The date is not in the form 2026-01-31."),
            RefusedRow(5, "99213 already has a label for those days."),
            RefusedRow(6, "The first valid day is missing."),
        ),
    )
    assert office.do(codes.import_codes, code_set=CodeSet.CPT, rows=rows).unchanged == 1
    (found,) = office.ask(codes.find_procedures, typed="checkup", on=TODAY)
    assert (found.code, found.code_set) == ("99213", CodeSet.CPT)


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
