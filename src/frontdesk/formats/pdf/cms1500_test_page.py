"""The page that shows how far a printer is off on the pre-printed CMS-1500."""

from typing import Final

from reportlab.pdfgen.canvas import Canvas

from frontdesk.formats.pdf.cms1500_grid import (
    CELL_HEIGHT,
    CELL_WIDTH,
    LEFT_EDGE,
    PAGE_HEIGHT,
    SPOTS,
    TICKS,
    Spot,
)
from frontdesk.formats.pdf.fonts import BOLD, REGULAR

_TENTH: Final = 7.2
_WORDS: Final = (
    "Test page for the CMS-1500 (02/12)",
    "Print this on plain paper in actual size (100%), not fitted to the page.",
    "Lay it behind a blank red form and hold both against the light.",
    "Each X belongs into its small box, each name of a box on that box's line.",
    "The two rulers have a tick for each tenth of an inch.",
    "If everything stands too far left by one tick, enter 10 as hundredths to the right.",
)
_SHOWN: Final = tuple("1a|2|5 street|7 city|9d|11c|17b|19|23|25|26|31|32a|33a".split("|"))


def draw_marks(canvas: Canvas) -> None:
    """Crosses of the boxes to tick, names of boxes where they begin, rulers, and what to do."""
    canvas.setFont("Courier", 12)
    for spots in TICKS.values():
        for spot in spots.values():
            canvas.drawString(spot.x("X"), spot.y, "X")
    for name in _SHOWN:
        spot = SPOTS[name]
        text = name.split()[0].upper().ljust(spot.width, "-")
        canvas.drawString(spot.x(text), spot.y, text)
    _rulers(canvas, Spot(20, 30, 1))
    top = Spot(47, 4, 1).y
    canvas.setFont(BOLD, 11)
    canvas.drawString(LEFT_EDGE + 3 * CELL_WIDTH, top, _WORDS[0])
    canvas.setFont(REGULAR, 9)
    for place, sentence in enumerate(_WORDS[1:], 1):
        canvas.drawString(LEFT_EDGE + 3 * CELL_WIDTH, top - 4 - place * CELL_HEIGHT, sentence)


def _rulers(canvas: Canvas, middle: Spot) -> None:
    """An inch each way from a corner of the grid."""
    x, y = middle.x(" "), PAGE_HEIGHT - middle.row * CELL_HEIGHT
    canvas.setLineWidth(0.4)
    canvas.line(x, y, x + 72, y)
    canvas.line(x, y, x, y + 36)
    for tick in range(11):
        canvas.line(x + tick * _TENTH, y, x + tick * _TENTH, y + (6 if tick % 5 == 0 else 3))
    for tick in range(6):
        canvas.line(x, y + tick * _TENTH, x + (6 if tick % 5 == 0 else 3), y + tick * _TENTH)
