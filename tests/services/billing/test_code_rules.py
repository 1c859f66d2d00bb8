"""What payers want with codes, kept by the office; the parts of a claim that only some have."""

from dataclasses import replace
from datetime import date

import pytest

from frontdesk.models.billing.claims import ClaimState
from frontdesk.services.billing import batches, claim_detail, claim_parts, claims, code_ranges, code_rules
from frontdesk.services.billing.claim_parts import Accident, AccidentKind, Drug, DrugUnit, OtherProvider
from frontdesk.services.billing.claim_parts import ProviderRole as Role
from frontdesk.services.billing.code_rules import (
    Certificate,
    CodeRuleDraft,
    CodeRuleKind,
    LaboratoryDraft,
)
from tests.builders.claims import drafted, ready, sent
from tests.builders.office import site
from tests.formats.x12.judges import pyx12_complaints
from tests.office import Office
from tests.refusal import refusal

SHAPE = "Write codes such as 93000, beginnings such as J*, or ranges such as 80000-89999."
ECG = CodeRuleDraft(CodeRuleKind.DIAGNOSIS, "93000", diagnoses="I10")
FARROW = OtherProvider("Farrow", "Celeste", "1234567893")
CRASH = Accident(AccidentKind.AUTO, date(2026, 3, 10), "OR")
HEPARIN = Drug("0409-1171-01", 2500, DrugUnit.MILLILITRE)


def _problems(office: Office, claim_id: int) -> list[str]:
    return [each.rule for each in office.ask(claim_detail.detail, claim_id=claim_id).problems]


@pytest.mark.parametrize(
    ("codes", "code", "is_among"),
    [
        ("93000", "93000", True),
        ("93000", "93005", False),
        ("J*", "J3420", True),
        ("80000-89999", "83036", True),
        ("80000-89999", "8303", False),
        ("99202-99205 99211", "99211", True),
    ],
)
def test_codes_are_named_singly_by_beginning_or_by_range(codes: str, code: str, is_among: bool) -> None:
    assert code_ranges.holds(codes, code) is is_among


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (replace(ECG, codes="eighty"), SHAPE),
        (replace(ECG, codes="89999-80000"), SHAPE),
        (replace(ECG, diagnoses=""), "Enter the diagnoses that it is paid for, such as I10 R00."),
        (
            CodeRuleDraft(CodeRuleKind.INTERVAL, "83036"),
            "Enter how many days must lie between, from 1 to 3660.",
        ),
        (CodeRuleDraft(CodeRuleKind.NOT_WITH, "93005"), SHAPE),
        (replace(ECG, note="x" * 201), "Say it in 200 letters at most."),
        (replace(ECG, source="x" * 121), "Say where it stands in 120 letters at most."),
    ],
)
def test_a_wish_that_cannot_be_checked_is_refused(
    office: Office, draft: CodeRuleDraft, sentence: str
) -> None:
    with refusal(sentence):
        office.do(code_rules.keep, draft=draft)


def test_a_wish_stops_claims_until_it_is_dropped(office: Office) -> None:
    claim = drafted(office)
    kept = office.do(code_rules.keep, draft=CodeRuleDraft(CodeRuleKind.REFERRING, "99*"))
    office.do(claims.check, claim_ids=(claim,))
    assert _problems(office, claim) == ["referring"]
    office.do(claim_parts.set_provider, claim_id=claim, line=0, role=Role.REFERRING, provider=FARROW)
    assert _problems(office, claim) == []
    office.do(code_rules.drop, code_rule_id=kept)
    with refusal("This was dropped. Keep it anew."):
        office.do(code_rules.change, code_rule_id=kept, draft=ECG)


def test_a_clia_number_has_its_shape(office: Office) -> None:
    certificate = LaboratoryDraft("38X2098765", Certificate.FULL, date(2027, 9, 30))
    with refusal("A CLIA number has ten characters, such as 38D2098765."):
        office.do(code_rules.set_laboratory, site_id=site(office), certificate=certificate)


@pytest.mark.parametrize(
    ("typed", "eleven"),
    [
        ("00409-1171-01", "00409117101"),
        ("0409-1171-01", "00409117101"),
        ("50242-041-21", "50242004121"),
        ("60575-4112-1", "60575411201"),
        ("00409117101", "00409117101"),
        ("0409117101", ""),
        ("409-1171-01", ""),
        ("abc", ""),
    ],
)
def test_an_ndc_of_a_package_becomes_eleven_digits(typed: str, eleven: str) -> None:
    assert claim_parts.eleven(typed) == eleven


@pytest.mark.parametrize(
    ("accident", "sentence"),
    [
        (replace(CRASH, happened_on=date(2027, 1, 1)), "The accident is after the visit. Check its date."),
        (replace(CRASH, state="Oregon"), "Enter the state as two letters, such as OR."),
    ],
)
def test_an_accident_that_cannot_be_is_refused(office: Office, accident: Accident, sentence: str) -> None:
    with refusal(sentence):
        office.do(claim_parts.set_accident, claim_id=drafted(office), accident=accident)


@pytest.mark.parametrize(
    ("provider", "sentence"),
    [
        (OtherProvider(" "), "Enter the provider's last name."),
        (replace(FARROW, npi="1234567890"), "This NPI is not valid. Compare its ten digits."),
    ],
)
def test_a_provider_nobody_can_find_is_refused(
    office: Office, provider: OtherProvider, sentence: str
) -> None:
    with refusal(sentence):
        office.do(
            claim_parts.set_provider, claim_id=drafted(office), line=0, role=Role.ORDERING, provider=provider
        )


@pytest.mark.parametrize(
    ("drug", "line", "sentence"),
    [
        (
            replace(HEPARIN, ndc="0409117101"),
            1,
            "Enter the NDC as on the package, with its hyphens, or all eleven digits.",
        ),
        (replace(HEPARIN, thousandths=0), 1, "Enter how much was given, such as 2.5."),
        (HEPARIN, 9, "The claim has no line 9."),
    ],
)
def test_a_drug_that_cannot_be_written_is_refused(
    office: Office, drug: Drug, line: int, sentence: str
) -> None:
    with refusal(sentence):
        office.do(claim_parts.set_drug, claim_id=drafted(office), line=line, drug=drug)


def test_what_was_sent_is_not_changed(office: Office) -> None:
    claim = sent(office)
    with refusal("Claim 26-00001 was sent. Correct the claim instead."):
        office.do(claim_parts.set_accident, claim_id=claim, accident=CRASH)


def test_the_file_says_it_all_and_a_correction_says_it_again(office: Office) -> None:
    claim = ready(office)
    office.do(claim_parts.set_accident, claim_id=claim, accident=CRASH)
    office.do(claim_parts.set_provider, claim_id=claim, line=0, role=Role.REFERRING, provider=FARROW)
    office.do(claim_parts.set_drug, claim_id=claim, line=1, drug=HEPARIN)
    (batch,) = office.do(batches.build, claim_ids=(claim,)).batch_ids
    text = office.ask(batches.file_of, batch_id=batch).text
    assert pyx12_complaints(text) == ""
    for part in ("AA:::OR", "NM1*DN*1*FARROW*CELESTE", "N4*00409117101", "2.5*ML", "DTP*439*D8*20260310"):
        assert part in text
    office.do(batches.mark_sent, batch_id=batch)
    office.do(claims.record_answer, claim_id=claim, is_accepted=True, payer_control_number="BC1")
    new = office.do(claims.correct, claim_id=claim, reason="Wrong units")
    assert office.ask(claim_detail.detail, claim_id=new).row.state is ClaimState.READY
    before = office.ask(claim_parts.parts, claim_id=claim)
    assert office.ask(claim_parts.parts, claim_id=new) == before
    assert before.drugs == {1: replace(HEPARIN, ndc="00409117101")}
