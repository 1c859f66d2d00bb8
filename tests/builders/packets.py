"""Requests for copies that are ready to leave, and packets that left."""

from datetime import date

from frontdesk.services.records import (
    release_choice,
    release_fees,
    release_forms,
    release_packets,
    release_sending,
    release_steps,
    releases,
)
from frontdesk.services.records.release_fees import Costs
from frontdesk.services.records.release_forms import CheckItem
from frontdesk.services.records.release_packets import BuiltPacket
from frontdesk.services.records.release_sending import Letter, PasswordWay, Sent
from frontdesk.services.records.releases import (
    Basis,
    CameBy,
    CopyForm,
    Delivery,
    ReleaseDraft,
    Requester,
)
from tests.builders.records import filed
from tests.builders.registration import patient
from tests.office import Office

ADDRESS = "500 Rose Street\nPortland, OR 97205"
BY_MAIL = Letter(Delivery.MAIL, "Rose City Legal LLP", ADDRESS, tracking="9400 1000")
ON_A_DRIVE = Letter(
    Delivery.MEDIA, "Rose City Legal LLP", ADDRESS, password_told=PasswordWay.PHONE, note="USB stick"
)
PICKED_UP = Letter(Delivery.PICK_UP, "Danielle Foster", id_seen="Oregon driver license")


def request(
    office: Office,
    patient_id: int,
    *,
    basis: Basis = Basis.ACCESS,
    requester: Requester = Requester.PATIENT,
    name: str = "Danielle Foster",
    covers_from: date | None = None,
    purpose: str = "Own use",
) -> int:
    """A request for copies that came in yesterday."""
    draft = ReleaseDraft(
        patient_id=patient_id,
        requester=requester,
        basis=basis,
        requester_name=name,
        came_by=CameBy.MAIL,
        received_on=date(2026, 3, 16),
        copy_form=CopyForm.PAPER,
        delivery=Delivery.MAIL,
        requester_address=ADDRESS,
        purpose=purpose,
        covers_from=covers_from,
    )
    return office.do(releases.write_down, draft=draft, again=True)


def checked(office: Office, request_id: int, *items: CheckItem) -> None:
    """Identity, and whatever else the ground needs, were looked at."""
    for item in (CheckItem.IDENTITY, *items):
        office.do(
            release_forms.check_item, request_id=request_id, item=item, holds=True, words="license, letter"
        )


def collected(office: Office, *, patient_id: int | None = None, papers: int = 2, **asked: object) -> int:
    """A request with all that was asked for chosen, from a chart with so many papers."""
    patient_id = patient_id or patient(office)
    for number in range(papers):
        filed(office, patient_id, f"Letter {number + 1}", on=date(2026, 3, 1 + number))
    request_id = request(office, patient_id, **asked)  # type: ignore[arg-type]
    checked(office, request_id)
    office.do(release_choice.propose, request_id=request_id)
    return request_id


def waived(office: Office, request_id: int) -> None:
    """Nothing is asked for the copies."""
    stands = office.ask(release_fees.fee, request_id=request_id)
    office.do(
        release_fees.state,
        request_id=request_id,
        costs=Costs(),
        waived="A few pages",
        instead_of=stands.fee_id if stands else None,
    )


def ready(office: Office, **asked: object) -> int:
    """A request of which the copies may leave."""
    request_id = collected(office, **asked)  # type: ignore[arg-type]
    waived(office, request_id)
    chosen = office.ask(release_choice.choice, request_id=request_id).document_ids
    office.do(release_steps.prepare, request_id=request_id, document_ids=chosen)
    return request_id


def built(office: Office, request_id: int) -> BuiltPacket:
    """Its packet as it would be sent today."""
    return office.ask(release_packets.build, request_id=request_id)


def sent(office: Office, request_id: int, letter: Letter = BY_MAIL) -> Sent:
    """The packet made, kept and sent as a person at the desk does it."""
    made = built(office, request_id)
    kept = release_packets.keep(office.database, made, is_locked=letter.password_told is not None)
    return office.do(
        release_sending.send,
        request_id=request_id,
        packet_sha256=kept.sha256,
        fingerprint=made.fingerprint,
        letter=letter,
        locked_sha256=kept.locked_sha256,
    )
