"""Every command of the patient sheet, once."""

from dataclasses import replace
from datetime import date, timedelta

from frontdesk.services.records import content, tied_papers
from frontdesk.services.records.tied_papers import PaperDraft, PaperPurpose
from frontdesk.services.registration import addresses, former_names, required
from frontdesk.services.registration.drafts import AddressDraft, AddressKind
from frontdesk.services.registration.former_names import FormerNameDraft
from frontdesk.services.registration.required import Needed, Occasion
from tests.builders.records import PNG
from tests.builders.registration import patient
from tests.builders.visit import TODAY
from tests.office import Office

COAST = AddressDraft("12 Ocean Way", "Astoria", "OR", "97103")


def run(office: Office) -> None:
    """One patient whose sheet is filled in."""
    vera = patient(office, "Vera", "Novotny", date(1979, 5, 4))
    office.do(
        former_names.change,
        patient_id=vera,
        before=(),
        after=(FormerNameDraft("Kral", used_until=date(2004, 6, 12)), FormerNameDraft("Holt")),
    )
    address = office.do(
        addresses.stay, patient_id=vera, draft=COAST, first_day=TODAY, last_day=TODAY + timedelta(days=60)
    )
    office.do(addresses.end_stay, address_id=address, last_day=TODAY + timedelta(days=7))
    office.do(
        addresses.resume_stay,
        address_id=address,
        patient_id=vera,
        draft=replace(COAST, kind=AddressKind.TEMPORARY),
        first_day=TODAY,
        last_day=TODAY + timedelta(days=60),
    )
    seen = content.store_bytes(office.database, PNG, "photo.png")
    paper = office.do(
        tied_papers.add,
        patient_id=vera,
        sha256=seen.sha256,
        draft=PaperDraft(PaperPurpose.PHOTO),
    )
    office.do(tied_papers.untie, paper_id=paper)
    office.do(tied_papers.tie_again, paper_id=paper)
    office.do(
        required.set_rule,
        field=Needed.PHARMACY,
        occasion=Occasion.CHECK_IN,
        is_must=False,
        is_active=True,
        version=None,
    )
