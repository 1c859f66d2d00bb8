"""CAS: why a payer paid less than was asked, in remittances and in claims to the next payer."""

from msgspec import Struct

from frontdesk.formats.x12.tokens import Segment
from frontdesk.formats.x12.values import amount, cents
from frontdesk.formats.x12.writer import Writer


class Adjustment(Struct, frozen=True, gc=False):
    """One reason in a CAS: why this much was not paid."""

    group: str
    """CO contract, PR patient, OA other, PI payer initiated, CR correction."""
    reason: str
    amount_cents: int
    quantity: str = ""

    @property
    def code(self) -> str:
        """As people say it: CO-45."""
        return f"{self.group}-{self.reason}"


def read_adjustments(segment: Segment, into: list[Adjustment]) -> None:
    """The reasons of one CAS."""
    group = segment[1]
    for place in range(2, len(segment), 3):
        if segment[place]:
            counted = segment[place + 2] if len(segment) > place + 2 else ""
            into.append(Adjustment(group, segment[place], cents(segment[place + 1]), counted))


def write_adjustments(writer: Writer, adjustments: tuple[Adjustment, ...]) -> None:
    """One CAS holds up to six reasons of one group."""
    at = 0
    while at < len(adjustments):
        group = adjustments[at].group
        end = at
        while end < len(adjustments) and end - at < 6 and adjustments[end].group == group:
            end += 1
        reasons = [
            text
            for adjustment in adjustments[at:end]
            for text in (adjustment.reason, amount(adjustment.amount_cents), adjustment.quantity)
        ]
        writer.segment("CAS", group, *reasons)
        at = end
