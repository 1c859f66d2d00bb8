"""The routing slip: goes with the patient through the office, and collects the times."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Spacer, TableStyle

from frontdesk.formats.pdf.barcode import Barcode
from frontdesk.formats.pdf.fonts import markup
from frontdesk.formats.pdf.layout import LineToSign, beside
from frontdesk.formats.pdf.letterhead import LINE, STRONG, TEXT_WIDTH, TITLE, Column, Letter, Sender, grid

_NAME: Final = ParagraphStyle("name", TITLE, fontSize=20, leading=25, spaceAfter=4)
_STATIONS: Final = (Column("Station", 2), Column("In", 1), Column("Out", 1), Column("Initials", 1))


@dataclass(frozen=True, slots=True)
class RoutingSlip:
    """One patient's slip."""

    patient: str
    chart_number: str
    """Also what its barcode says."""
    born_on: str
    time: str
    day: str
    provider: str
    room: str
    reason: str
    flags: tuple[str, ...]
    stations: tuple[str, ...] = ("Check-in", "Room", "Provider", "Check-out")


def routing_slips_pdf(sender: Sender, slips: Sequence[RoutingSlip]) -> bytes:
    """The slips as PDF, a page each; a slip keeps to the upper half of its page."""
    letter = Letter(sender, "Routing slip", foot="Give this back at check-out.")
    for place, slip in enumerate(slips):
        if place:
            letter.new_page()
        _put(letter, slip)
    return letter.pdf()


def _put(letter: Letter, slip: RoutingSlip) -> None:
    code = Barcode(slip.chart_number)
    letter.add(
        beside(
            [Paragraph(markup(slip.patient), _NAME)], [code], widths=(TEXT_WIDTH - code.width, code.width)
        ),
        Spacer(1, 6),
    )
    letter.facts(
        (
            ("Visit", f"{slip.time}, {slip.day}"),
            ("Provider", slip.provider),
            ("Room", slip.room or "Not assigned"),
            ("Chart number", slip.chart_number),
            ("Birth date", slip.born_on),
            ("Reason", slip.reason),
        ),
        columns=3,
    )
    if slip.flags:
        letter.text(f"To see to: {' · '.join(slip.flags)}", STRONG)
    stations = grid(_STATIONS, [(station, "", "", "") for station in slip.stations])
    stations.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, LINE)]))
    letter.add(stations, Spacer(1, 14))
    letter.add(beside(*([LineToSign(what)] for what in ("Next visit in", "With", "Reason"))))
