"""Every command around the check of claims, once."""

from dataclasses import replace
from datetime import date

from frontdesk.services.billing import assigned_numbers, claim_parts, code_rules, rule_overrides
from frontdesk.services.billing.assigned_numbers import Holder, NumberDraft, Qualifier
from frontdesk.services.billing.claim_parts import Accident, AccidentKind, Drug, DrugUnit, OtherProvider
from frontdesk.services.billing.claim_parts import ProviderRole as Role
from frontdesk.services.billing.code_rules import Certificate, CodeRuleDraft, CodeRuleKind, LaboratoryDraft
from frontdesk.services.billing.rule_overrides import OverrideDraft, Weight
from tests.builders.claims import drafted, insured
from tests.builders.office import site
from tests.builders.paper_answer import payer_of
from tests.office import Office


def run(office: Office) -> None:
    """Walk through the commands, leaving the office usable and the day open."""
    _parts(office)
    _rules(office)


def _parts(office: Office) -> None:
    claim = drafted(office, insured(office, "Tina", "Nguyen", "NGU100201"))
    accident = Accident(AccidentKind.AUTO, date(2026, 3, 10), "OR")
    office.do(claim_parts.set_accident, claim_id=claim, accident=accident)
    referred = OtherProvider("Farrow", "Celeste", "1234567893")
    office.do(claim_parts.set_provider, claim_id=claim, line=0, role=Role.REFERRING, provider=referred)
    drug = Drug("0409-1171-01", 2500, DrugUnit.MILLILITRE)
    office.do(claim_parts.set_drug, claim_id=claim, line=1, drug=drug)


def _rules(office: Office) -> None:
    draft = OverrideDraft("person", Weight.INFO, "The payer asks for neither", date(2026, 6, 30))
    made = office.do(rule_overrides.make, draft=draft)
    office.do(rule_overrides.end, override_id=made)
    office.do(rule_overrides.put_back, override_id=made)
    ecg = CodeRuleDraft(CodeRuleKind.DIAGNOSIS, "93000", diagnoses="I10 R00")
    kept = office.do(code_rules.keep, draft=ecg)
    a1c = CodeRuleDraft(CodeRuleKind.INTERVAL, "83036", days=90)
    office.do(code_rules.change, code_rule_id=kept, draft=a1c)
    office.do(code_rules.drop, code_rule_id=kept)
    office.do(code_rules.take_up, code_rule_id=kept)
    number = NumberDraft(payer_of(office), Holder.PRACTICE, Qualifier.OF_PAYER, "HP-4411", date(2026, 1, 1))
    given = office.do(assigned_numbers.keep, draft=number)
    office.do(assigned_numbers.change, number_id=given, draft=replace(number, number="HP-4412"))
    office.do(assigned_numbers.drop, number_id=given)
    office.do(assigned_numbers.take_up, number_id=given)
    certificate = LaboratoryDraft("38D2098765", Certificate.WAIVER, date(2027, 9, 30))
    office.do(code_rules.set_laboratory, site_id=site(office), certificate=certificate)
