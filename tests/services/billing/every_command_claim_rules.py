"""Every command around the check of claims, once."""

from datetime import date

from frontdesk.services.billing import claim_parts
from frontdesk.services.billing.claim_parts import Accident, AccidentKind, Drug, DrugUnit, OtherProvider
from frontdesk.services.billing.claim_parts import ProviderRole as Role
from tests.builders.claims import drafted, insured
from tests.office import Office


def run(office: Office) -> None:
    """Walk through the commands, leaving the office usable and the day open."""
    _parts(office)


def _parts(office: Office) -> None:
    claim = drafted(office, insured(office, "Tina", "Nguyen", "NGU100201"))
    accident = Accident(AccidentKind.AUTO, date(2026, 3, 10), "OR")
    office.do(claim_parts.set_accident, claim_id=claim, accident=accident)
    referred = OtherProvider("Farrow", "Celeste", "1234567893")
    office.do(claim_parts.set_provider, claim_id=claim, role=Role.REFERRING, provider=referred)
    drug = Drug("0409-1171-01", 2500, DrugUnit.MILLILITRE)
    office.do(claim_parts.set_drug, claim_id=claim, line=1, drug=drug)
