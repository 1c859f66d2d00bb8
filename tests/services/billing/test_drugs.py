"""Drugs by their package: kept by the office, given on a charge, said on its claim."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from frontdesk.models.billing.claim_parts import ClaimDrug
from frontdesk.models.billing.drugs import ChargeDrug
from frontdesk.services.billing import drugs
from frontdesk.services.billing.drugs import DrugDraft, DrugUnit, Given
from frontdesk.services.billing.sheet import Ticked
from tests.builders.billing import at_work, charged, code_lists
from tests.builders.claims import insured
from tests.office import Office
from tests.refusal import refusal

DEPO = DrugDraft("20610", "0009-0280-02", "Depo-Medrol 40 MG/ML", DrugUnit.MILLILITRE, 250)
OTHER = DrugDraft("20610", "70121-1573-1", "Methylprednisolone", DrugUnit.MILLILITRE, 500)


def test_the_only_package_goes_onto_the_charge_and_its_claim(office: Office) -> None:
    code_lists(office)
    patient = insured(office)
    office.do(drugs.add_drug, draft=DEPO)
    (line,) = charged(office, patient, Ticked("20610", units=4))
    with at_work(office) as work:
        assert drugs.of_lines(work, [line]) == {line: Given("00009028002", DrugUnit.MILLILITRE, 1000)}
        (on_claim,) = work.session.scalars(select(ClaimDrug)).all()
        assert (on_claim.ndc, on_claim.thousandths, on_claim.unit) == (
            "00009028002",
            1000,
            DrugUnit.MILLILITRE,
        )
    with pytest.raises(IntegrityError, match="append_only_charge_drug"), at_work(office) as work:
        work.session.execute(update(ChargeDrug).values(thousandths=1))


def test_of_two_packages_one_is_chosen(office: Office) -> None:
    code_lists(office)
    patient = insured(office)
    office.do(drugs.add_drug, draft=DEPO)
    second = office.do(drugs.add_drug, draft=OTHER)
    with refusal("20610: choose the package that was given."):
        charged(office, patient, Ticked("20610"))
    (line,) = charged(office, patient, Ticked("20610", ndc="70121157301"))
    with at_work(office) as work:
        assert drugs.of_lines(work, [line])[line].ndc == "70121157301"
    office.do(drugs.switch_drug, drug_id=second, active=False)
    with refusal("20610: choose the package that was given."):
        charged(office, patient, Ticked("20610", ndc="70121157301"))


def test_a_package_that_makes_no_sense_is_refused(office: Office) -> None:
    code_lists(office)
    with refusal(
        "J9999 is not among the office's codes. Add or import it first. "
        "Enter the NDC as on the package, with its hyphens, or all eleven digits. "
        "Name the drug as on the package. "
        "Say how much one unit of the code is, such as 0.1."
    ):
        office.do(drugs.add_drug, draft=DrugDraft("J9999", "0009-0280", " ", DrugUnit.EACH, 0))
    made = office.do(drugs.add_drug, draft=DEPO)
    with refusal("This package is kept for this code already."):
        office.do(drugs.add_drug, draft=DEPO)
    office.do(drugs.switch_drug, drug_id=made, active=False)
    assert office.do(drugs.add_drug, draft=DEPO) == made
    (shown,) = office.ask(drugs.drug_codes)
    assert (shown.is_active, drugs.written(shown.package.ndc)) == (True, "00009-0280-02")
