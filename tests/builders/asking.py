"""Offices outside, what is asked of them, and requests that the record be amended."""

from datetime import date

from frontdesk.services.records import amendments, outbound, outside
from frontdesk.services.records.amendments import AmendmentDraft, Received
from frontdesk.services.records.outbound import AskDraft, Asked
from frontdesk.services.records.outside import OfficeDraft
from tests.office import Office

CASCADE = OfficeDraft(
    "Cascade General",
    department="Health information",
    attention="M. Ortiz",
    phone="(503) 555-0177",
    fax="503-555-0178",
    street="100 Cascade Avenue",
    city="Portland",
    state="or",
    zip="97204",
)


def cascade(office: Office) -> int:
    """Cascade General in the directory; the same one each time."""
    if "outside:cascade" not in office.made:
        office.made["outside:cascade"] = office.do(outside.add, draft=CASCADE)
    made: int = office.made["outside:cascade"]
    return made


def asked(
    office: Office,
    patient_id: int,
    *items: str,
    needed_on: date = date(2026, 4, 13),
    visit_id: int | None = None,
) -> Asked:
    """A request to Cascade General, not sent yet."""
    draft = AskDraft(
        patient_id, cascade(office), items or ("Sputum culture, final",), needed_on, visit_id=visit_id
    )
    return office.do(outbound.ask, draft=draft)


def amendment(
    office: Office, patient_id: int, *document_ids: int, received_on: date = date(2026, 3, 10)
) -> Received:
    """A request of Walter Harris, who never smoked."""
    draft = AmendmentDraft(
        patient_id,
        asked_by="Walter Harris",
        what="Current smoker, one pack a day",
        wanted="Never smoked",
        received_on=received_on,
        reason="Mixed up with my brother",
        document_ids=document_ids,
    )
    return office.do(amendments.receive, draft=draft)
