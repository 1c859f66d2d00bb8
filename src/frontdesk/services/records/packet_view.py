"""Everything that the page for choosing and sending shows of a request beside its pages."""

from dataclasses import dataclass

from frontdesk.kernel.errors import Finding
from frontdesk.models.records.release import (
    CopyForm,
    Delivery,
    ReleaseRequest,
    ReleaseState,
)
from frontdesk.services.command import query
from frontdesk.services.records import (
    release_deliveries,
    release_fee_rules,
    release_fees,
    release_sending,
    release_steps,
)
from frontdesk.services.records.release_deliveries import Sending
from frontdesk.services.records.release_fee_quote import Quote, fee_for, quoted
from frontdesk.services.records.release_fees import NO_COSTS, Fee
from frontdesk.services.records.release_words import BASES, SOURCES, STATES
from frontdesk.services.records.request_row import number_words
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class PacketView:
    """A request as somebody who sends its copies sees it."""

    request_id: int
    version: int
    number: str
    patient_id: int
    state: ReleaseState
    state_words: str
    to: str
    attention: str
    address: str
    fax: str
    email: str
    deliver_to: str
    way: Delivery
    is_paper: bool
    authority: str
    purpose: str
    is_open: bool
    is_ready: bool
    is_with_reader: bool
    is_prepared: bool
    stands_in_the_way: tuple[Finding, ...]
    """All that keeps the copies here, the preparation itself included."""
    fee: Fee | None
    quote: Quote
    sendings: tuple[Sending, ...]

    def address_for(self, way: Delivery) -> str:
        """Where a packet goes by this way, as far as it is known."""
        if self.deliver_to and way is self.way:
            return self.deliver_to
        return {
            Delivery.MAIL: self.address,
            Delivery.FAX: self.fax,
            Delivery.EMAIL: self.email,
            Delivery.SECURE_EMAIL: self.email,
        }.get(way, "")


@query(permission="records.view")
def packet_view(work: Work, *, request_id: int) -> PacketView:
    """The request, what stands in the way, the fee, and each time copies went out."""
    row = work.get(ReleaseRequest, request_id)
    whom = fee_for(row)
    return PacketView(
        request_id=row.id,
        version=row.version,
        number=number_words(row.number),
        patient_id=row.patient_id,
        state=row.state,
        state_words=STATES[row.state],
        to=row.requester_name,
        attention=row.attention,
        address=row.requester_address,
        fax=row.requester_fax,
        email=row.requester_email,
        deliver_to=row.deliver_to,
        way=row.delivery,
        is_paper=row.copy_form is not CopyForm.ELECTRONIC,
        authority=f"{BASES[row.basis]} ({SOURCES[row.basis]})",
        purpose=row.purpose,
        is_open=row.state in release_steps.OPEN,
        is_ready=row.state is ReleaseState.READY,
        is_with_reader=row.state is ReleaseState.UNDER_REVIEW,
        is_prepared=row.state in (ReleaseState.READY, ReleaseState.UNDER_REVIEW),
        stands_in_the_way=(
            release_sending.stands_in_the_way(work, request_id=request_id)
            if row.state in release_steps.OPEN
            else ()
        ),
        fee=release_fees.fee(work, request_id=request_id),
        quote=quoted(whom, release_fee_rules.rule_of(work, whom), row.pages_chosen, NO_COSTS),
        sendings=release_deliveries.sendings(work, request_id=request_id),
    )
