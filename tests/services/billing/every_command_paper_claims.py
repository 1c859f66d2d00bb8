"""Every command of claims on paper, once."""

from frontdesk.services.billing import batches, paper_claims, paper_payers
from frontdesk.services.billing.paper_payers import PaperForm, PaperRule
from tests.builders.claims import insured, ready
from tests.builders.paper_claims import paper_payer
from tests.office import Office


def run(office: Office) -> None:
    """Walk through the commands, leaving the office usable and the day open."""
    plan_id = paper_payer(office)
    claim = ready(office, insured(office, "Ida", "Marsh", "MAR100301", plan_id=plan_id))
    office.do(batches.dissolve, batch_ids=office.do(paper_claims.build, claim_ids=(claim,)).batch_ids)
    office.do(paper_claims.build)  # stays as it was made, and can be taken apart
    payer_id = office.made["paper payer"]
    office.do(paper_payers.set_paper, payer_id=payer_id, rule=PaperRule(PaperForm.PLAIN, 10, -5))
