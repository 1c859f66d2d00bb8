"""A payer that takes its claims on paper."""

from frontdesk.models.registration.payer import Plan
from frontdesk.services.billing import paper_payers
from frontdesk.services.billing.paper_payers import PaperRule
from tests.builders.billing import at_work
from tests.builders.registration import plan
from tests.office import Office

RED = PaperRule()


def paper_payer(office: Office, name: str = "Tidewater Mutual", rule: PaperRule = RED) -> int:
    """Its plan's id; the payer's is kept in `office.made`."""
    plan_id = plan(office, name, "Indemnity")
    with at_work(office) as work:
        payer_id = work.get(Plan, plan_id).payer_id
    office.made["paper payer"] = payer_id
    office.do(paper_payers.set_paper, payer_id=payer_id, rule=rule)
    return plan_id
