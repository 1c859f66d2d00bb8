"""A payer that takes its claims on paper."""

from frontdesk.services.billing import paper_payers
from frontdesk.services.billing.paper_payers import PaperRule
from frontdesk.services.registration import payers
from frontdesk.services.registration.payers import PayerDraft
from tests.builders.office import site
from tests.office import Office

RED = PaperRule()


def paper_payer(office: Office, name: str = "Tidewater Mutual", rule: PaperRule = RED) -> int:
    """Its plan's id; the payer's is kept in `office.made`."""
    site(office)
    draft = PayerDraft(
        name, payer_id="TIDE1", street="PO Box 9", city="Salem", state="OR", postal_code="97308"
    )
    payer_id = office.do(payers.add_payer, draft=draft)
    plan_id = office.do(payers.add_plan, payer_id=payer_id, name="Indemnity")
    office.made["paper payer"] = payer_id
    office.do(paper_payers.set_paper, payer_id=payer_id, rule=rule)
    return plan_id
