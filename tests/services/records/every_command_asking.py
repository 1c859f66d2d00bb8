"""Asking other offices, prior providers, and requests for amendment: every command, once."""

from datetime import date

from frontdesk.services.records import (
    amendment_entries,
    amendments,
    asking_rules,
    disagreements,
    outbound,
    outbound_views,
    outside,
    prior_providers,
)
from frontdesk.services.records.amendments import AmendmentState, Decision, DenialGround
from frontdesk.services.records.asking_rules import Asking
from frontdesk.services.records.filing import Category
from frontdesk.services.records.outbound import Way
from frontdesk.services.records.outside import OfficeDraft
from frontdesk.services.records.prior_providers import PriorDraft
from tests.builders.asking import CASCADE, amendment, asked, cascade
from tests.builders.records import filed, received
from tests.builders.registration import patient
from tests.office import Office


def run(office: Office) -> None:
    """Walk through the commands, leaving the office usable."""
    walter = patient(office, "Walter", "Harris", date(1951, 2, 9))
    _directory(office, walter)
    _outbound(office, walter)
    _amendments(office, walter)


def _directory(office: Office, walter: int) -> None:
    office.do(asking_rules.set_asking, asking=Asking(first_after_days=7, complaints_to="M. Hess"))
    general = cascade(office)
    office.do(outside.change, office_id=general, draft=CASCADE)
    spare = office.do(outside.add, draft=OfficeDraft("Rose City Imaging", phone="5035550190"))
    office.do(outside.retire, office_id=spare)
    office.do(outside.bring_back, office_id=spare)
    prior = office.do(
        prior_providers.add,
        patient_id=walter,
        draft=PriorDraft(general, "L. Whitcomb, MD", date(2026, 3, 9), date(2026, 3, 12)),
    )
    better = PriorDraft(general, "L. Whitcomb, MD", date(2026, 3, 9), None, (Category.HOSPITAL,))
    office.do(prior_providers.change, prior_id=prior, draft=better)
    office.do(prior_providers.remove, prior_id=prior)
    office.do(prior_providers.put_back, prior_id=prior)


def _outbound(office: Office, walter: int) -> None:
    request = asked(
        office, walter, "Sputum culture, final", "Chest X-ray report", "Discharge list"
    ).request_id
    office.do(outbound.note_printed, request_id=request)
    office.do(outbound.note_sent, request_id=request, way=Way.FAX)
    office.do(outbound.note_call, request_id=request, answered_by="M. Ortiz", note="Lab is not done yet")
    office.do(
        outbound.set_dates,
        request_id=request,
        needed_on=date(2026, 4, 10),
        visit_id=None,
        chase_on=date(2026, 3, 20),
    )
    culture, x_ray, _ = office.ask(outbound_views.request, request_id=request).parts
    scan = received(office, arrived_as="culture.pdf")
    office.do(outbound.note_came, item_id=culture.item_id, document_id=scan)
    none = office.do(outbound.note_none_there, item_id=x_ray.item_id, note="M. Ortiz: none was taken")
    office.do(outbound.take_back, event_id=none)
    office.do(outbound.give_up, request_id=request, reason="The rest is not needed")


def _amendments(office: Office, walter: int) -> None:
    note = filed(office, walter, "Cough, 3 weeks", category=Category.VISIT_NOTE)
    denied = amendment(office, walter, note).request_id
    office.do(
        amendments.extend, request_id=denied, reason="Dr. Lee is away", until=date(2026, 6, 8), way=Way.MAIL
    )
    grounds = (DenialGround.CORRECT,)
    office.do(
        amendments.decide,
        request_id=denied,
        decision=Decision(AmendmentState.DENIED, grounds=grounds, basis="You said so at the visit."),
    )
    office.do(amendments.note_printed, request_id=denied)
    office.do(amendments.note_letter, request_id=denied, way=Way.MAIL)
    office.do(disagreements.ask_include, request_id=denied)
    statement = office.do(disagreements.disagree, request_id=denied, text="I never said that.")
    office.do(amendment_entries.take_back, event_id=statement)
    office.do(disagreements.disagree, request_id=denied, text="I have never smoked.")
    office.do(disagreements.rebut, request_id=denied, text="The note stands as it was dictated.")

    accepted = amendment(office, walter, note).request_id
    office.do(
        amendments.decide,
        request_id=accepted,
        decision=Decision(AmendmentState.ACCEPTED, accepted="Never smoked."),
    )
    person = office.do(amendments.name_person, request_id=accepted, name="Cascade General")
    office.do(amendments.note_told, request_id=accepted, person_id=person, way=Way.FAX)
    office.do(
        amendments.withdraw,
        request_id=amendment(office, walter).request_id,
        reason="Asked twice by mistake",
    )
