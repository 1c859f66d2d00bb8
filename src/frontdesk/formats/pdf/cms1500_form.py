"""Our own drawing of the CMS-1500 (02/12): rules, box titles and boxes to tick, in black."""

from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from frontdesk.formats.pdf.cms1500_grid import (
    CELL_HEIGHT,
    CELL_WIDTH,
    FIRST_LINE_ROW,
    LAST_COLUMN,
    LAST_ROW,
    LEFT_EDGE,
    LINES,
    PAGE_HEIGHT,
    TICKS,
    Spot,
)
from frontdesk.formats.pdf.fonts import BOLD, REGULAR

FOOT: Final = (
    "Drawn by the office's program for files, fax and copies. Payers that read by machine take the red form."
)
_TITLE: Final = 4.6
_SHADE: Final = HexColor("#E3E3E3")
BLACK: Final = HexColor("#000000")
RED: Final = HexColor("#C22F2F")
"""As the original looks, on the screen."""
_LEFT, _MIDDLE, _RIGHT, _END = 1, 30, 50, LAST_COLUMN + 1


@dataclass(frozen=True, slots=True)
class Area:
    """A box between columns (from, up to) and rows (from, to), with its title at the top."""

    left: int
    right: int
    top: int
    bottom: int
    title: str
    second: str = ""


_AREAS: Final = (
    Area(_LEFT, _RIGHT, 9, 10, ""),
    Area(_RIGHT, _END, 9, 10, "1a. INSURED'S I.D. NUMBER (For Program in Item 1)"),
    Area(_LEFT, _MIDDLE, 11, 12, "2. PATIENT'S NAME (Last Name, First Name, Middle Initial)"),
    Area(_MIDDLE, _RIGHT, 11, 12, "3. PATIENT'S BIRTH DATE (MM DD YY)              SEX"),
    Area(_RIGHT, _END, 11, 12, "4. INSURED'S NAME (Last Name, First Name, Middle Initial)"),
    Area(_LEFT, _MIDDLE, 13, 14, "5. PATIENT'S ADDRESS (No., Street)"),
    Area(_MIDDLE, _RIGHT, 13, 14, "6. PATIENT RELATIONSHIP TO INSURED"),
    Area(_RIGHT, _END, 13, 14, "7. INSURED'S ADDRESS (No., Street)"),
    Area(_LEFT, 26, 15, 16, "CITY"),
    Area(26, _MIDDLE, 15, 16, "STATE"),
    Area(_MIDDLE, _RIGHT, 15, 18, "8. RESERVED FOR NUCC USE"),
    Area(_RIGHT, 74, 15, 16, "CITY"),
    Area(74, _END, 15, 16, "STATE"),
    Area(_LEFT, 14, 17, 18, "ZIP CODE"),
    Area(14, _MIDDLE, 17, 18, "TELEPHONE (Include Area Code)"),
    Area(_RIGHT, 64, 17, 18, "ZIP CODE"),
    Area(64, _END, 17, 18, "TELEPHONE (Include Area Code)"),
    Area(_LEFT, _MIDDLE, 19, 20, "9. OTHER INSURED'S NAME (Last Name, First Name, Middle Initial)"),
    Area(_MIDDLE, _RIGHT, 19, 20, "10. IS PATIENT'S CONDITION RELATED TO:"),
    Area(_RIGHT, _END, 19, 20, "11. INSURED'S POLICY GROUP OR FECA NUMBER"),
    Area(_LEFT, _MIDDLE, 21, 22, "a. OTHER INSURED'S POLICY OR GROUP NUMBER"),
    Area(_MIDDLE, _RIGHT, 21, 22, "a. EMPLOYMENT? (Current or Previous)"),
    Area(_RIGHT, _END, 21, 22, "a. INSURED'S DATE OF BIRTH (MM DD YY)                    SEX"),
    Area(_LEFT, _MIDDLE, 23, 24, "b. RESERVED FOR NUCC USE"),
    Area(_MIDDLE, _RIGHT, 23, 24, "b. AUTO ACCIDENT?                              PLACE (State)"),
    Area(_RIGHT, _END, 23, 24, "b. OTHER CLAIM ID (Designated by NUCC)"),
    Area(_LEFT, _MIDDLE, 25, 26, "c. RESERVED FOR NUCC USE"),
    Area(_MIDDLE, _RIGHT, 25, 26, "c. OTHER ACCIDENT?"),
    Area(_RIGHT, _END, 25, 26, "c. INSURANCE PLAN NAME OR PROGRAM NAME"),
    Area(_LEFT, _MIDDLE, 27, 28, "d. INSURANCE PLAN NAME OR PROGRAM NAME"),
    Area(_MIDDLE, _RIGHT, 27, 28, "10d. CLAIM CODES (Designated by NUCC)"),
    Area(_RIGHT, _END, 27, 28, "d. IS THERE ANOTHER HEALTH BENEFIT PLAN?"),
    Area(
        _LEFT,
        _RIGHT,
        29,
        32,
        "12. PATIENT'S OR AUTHORIZED PERSON'S SIGNATURE  I authorize the release of any medical or other",
        "information necessary to process this claim, and payment of government benefits as assigned below.",
    ),
    Area(
        _RIGHT,
        _END,
        29,
        32,
        "13. INSURED'S OR AUTHORIZED PERSON'S SIGNATURE  I authorize",
        "payment of medical benefits to the physician or supplier below.",
    ),
    Area(_LEFT, _MIDDLE, 33, 34, "14. DATE OF CURRENT ILLNESS, INJURY, or PREGNANCY (LMP)"),
    Area(_MIDDLE, _RIGHT, 33, 34, "15. OTHER DATE (MM DD YY)"),
    Area(_RIGHT, _END, 33, 34, "16. DATES PATIENT UNABLE TO WORK IN CURRENT OCCUPATION"),
    Area(_LEFT, _MIDDLE, 35, 36, "17. NAME OF REFERRING PROVIDER OR OTHER SOURCE"),
    Area(_MIDDLE, _RIGHT, 35, 35, ""),
    Area(_MIDDLE, _RIGHT, 36, 36, ""),
    Area(_RIGHT, _END, 35, 36, "18. HOSPITALIZATION DATES RELATED TO CURRENT SERVICES"),
    Area(_LEFT, _RIGHT, 37, 38, "19. ADDITIONAL CLAIM INFORMATION (Designated by NUCC)"),
    Area(_RIGHT, _END, 37, 38, "20. OUTSIDE LAB?                                   $ CHARGES"),
    Area(
        _LEFT,
        _RIGHT,
        39,
        42,
        "21. DIAGNOSIS OR NATURE OF ILLNESS OR INJURY  Relate A-L to service line below (24E)",
    ),
    Area(_RIGHT, 62, 39, 40, "22. RESUBMISSION CODE"),
    Area(62, _END, 39, 40, "ORIGINAL REF. NO."),
    Area(_RIGHT, _END, 41, 42, "23. PRIOR AUTHORIZATION NUMBER"),
    Area(_LEFT, 17, 57, 58, "25. FEDERAL TAX I.D. NUMBER"),
    Area(17, 23, 57, 58, "SSN EIN"),
    Area(23, 37, 57, 58, "26. PATIENT'S ACCOUNT NO."),
    Area(37, _RIGHT, 57, 58, "27. ACCEPT ASSIGNMENT?"),
    Area(_RIGHT, 61, 57, 58, "28. TOTAL CHARGE  $"),
    Area(61, 71, 57, 58, "29. AMOUNT PAID  $"),
    Area(71, _END, 57, 58, "30. Rsvd for NUCC Use"),
    Area(
        _LEFT,
        23,
        59,
        63,
        "31. SIGNATURE OF PHYSICIAN OR SUPPLIER",
        "INCLUDING DEGREES OR CREDENTIALS",
    ),
    Area(23, _RIGHT, 59, 62, "32. SERVICE FACILITY LOCATION INFORMATION"),
    Area(23, 36, 63, 63, "a."),
    Area(36, _RIGHT, 63, 63, "b."),
    Area(_RIGHT, _END, 59, 62, "33. BILLING PROVIDER INFO & PH #"),
    Area(_RIGHT, 63, 63, 63, "a."),
    Area(63, _END, 63, 63, "b."),
)
_COLUMNS: Final = (
    (1, "24. A. DATE(S) OF SERVICE", "From MM DD YY   To MM DD YY"),
    (19, "B.", "PLACE"),
    (22, "C.", "EMG"),
    (25, "D. PROCEDURES, SERVICES, OR SUPPLIES", "CPT/HCPCS             MODIFIER"),
    (45, "E. DX", "POINTER"),
    (50, "F.", "$ CHARGES"),
    (59, "G. DAYS", "OR UNITS"),
    (63, "H.", "EP."),
    (65, "I. ID", "QUAL."),
    (68, "J. RENDERING", "PROVIDER ID. #"),
)
_TICK_WORDS: Final = {
    "1": {
        "medicare": "MEDICARE",
        "medicaid": "MEDICAID",
        "tricare": "TRICARE",
        "champva": "CHAMPVA",
        "group": "GROUP PLAN",
        "feca": "FECA",
        "other": "OTHER",
    },
    "6": {"self": "Self", "spouse": "Spouse", "child": "Child", "other": "Other"},
    "25": {"ssn": "", "ein": ""},
}


def draw_form(canvas: Canvas, ink: Color = BLACK) -> None:
    """The whole form but what is filled in."""
    canvas.saveState()
    canvas.setStrokeColor(ink)
    canvas.setFillColor(ink)
    canvas.setLineWidth(0.5)
    _shades(canvas)
    for area in _AREAS:
        _area(canvas, area)
    _services(canvas)
    _ticks(canvas)
    _small_words(canvas)
    canvas.setFont(BOLD, 11)
    canvas.drawString(_x(_LEFT), _y(6), "HEALTH INSURANCE CLAIM FORM")
    canvas.setFont(REGULAR, 5)
    canvas.drawString(_x(_LEFT), _y(7) + 4, "1500 (02/12)")
    canvas.drawString(_x(_LEFT), _y(LAST_ROW) - 9, FOOT)
    canvas.restoreState()


def _x(column: float) -> float:
    """The left side of a column, less the half letter that a rule keeps from the letters."""
    return LEFT_EDGE + (column - 1) * CELL_WIDTH - CELL_WIDTH / 2


def _y(row: float) -> float:
    """The lower side of a row."""
    return PAGE_HEIGHT - row * CELL_HEIGHT


def _area(canvas: Canvas, area: Area) -> None:
    bottom = _y(area.bottom)
    top = _y(area.top - 1)
    canvas.rect(_x(area.left), bottom, _x(area.right) - _x(area.left), top - bottom, stroke=1, fill=0)
    canvas.setFont(REGULAR, _TITLE)
    canvas.drawString(_x(area.left) + 2, top - 6, area.title)
    if area.second:
        canvas.drawString(_x(area.left) + 2, top - 12, area.second)


def _shades(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setFillColor(_SHADE)
    width = _x(_END) - _x(_LEFT)
    for place in range(LINES):
        canvas.rect(_x(_LEFT), _y(FIRST_LINE_ROW + 2 * place), width, CELL_HEIGHT, stroke=0, fill=1)
    canvas.restoreState()


def _services(canvas: Canvas) -> None:
    """24: its heads, six lines of two rows, and the rules between the columns."""
    top, bottom = _y(FIRST_LINE_ROW - 3), _y(FIRST_LINE_ROW + 2 * LINES - 1)
    canvas.rect(_x(_LEFT), bottom, _x(_END) - _x(_LEFT), top - bottom, stroke=1, fill=0)
    for place in range(LINES):
        y = _y(FIRST_LINE_ROW - 1 + 2 * place)
        canvas.line(_x(_LEFT), y, _x(_END), y)
        canvas.setFont(REGULAR, _TITLE)
        canvas.drawString(_x(65) + 1, _y(FIRST_LINE_ROW + 1 + 2 * place) + 4, "NPI")
    canvas.setFont(REGULAR, _TITLE)
    for column, title, second in _COLUMNS:
        canvas.drawString(_x(column) + 2, top - 7, title)
        canvas.drawString(_x(column) + 2, top - 18, second)
        if column > _LEFT:
            head = _y(FIRST_LINE_ROW - 1)
            canvas.line(_x(column), top, _x(column), head)
            for place in range(LINES):
                low = head - (2 * place + 2) * CELL_HEIGHT
                canvas.line(_x(column), low, _x(column), low + CELL_HEIGHT)


def _ticks(canvas: Canvas) -> None:
    """The small boxes, their words above, before, or (where a rule is near) behind them."""
    canvas.setFont(REGULAR, _TITLE)
    for box, spots in TICKS.items():
        for what, spot in spots.items():
            left, base = spot.x("X"), spot.y
            canvas.rect(left - 1.2, base - 2.2, CELL_WIDTH + 2.4, CELL_HEIGHT - 1.6, stroke=1, fill=0)
            said = _TICK_WORDS.get(box, {}).get(what, what.upper())
            if box == "1":
                canvas.drawString(left - 1, base + 14, f"1. {said}" if what == "medicare" else said)
            elif box == "27":
                canvas.drawString(left + CELL_WIDTH + 2.5, base + 1, said)
            else:
                canvas.drawRightString(left - 2.5, base + 1, said)


def _small_words(canvas: Canvas) -> None:
    """What stands within a box before the letters."""
    canvas.setFont(REGULAR, _TITLE)
    for spot, said in (
        (Spot(32, 2, 1), "SIGNED"),
        (Spot(32, 33, 1), "DATE"),
        (Spot(32, 51, 1), "SIGNED"),
        (Spot(34, 13, 1), "QUAL."),
        (Spot(34, 30, 1), "QL."),
        (Spot(34, 51, 1), "FROM"),
        (Spot(34, 66, 1), "TO"),
        (Spot(36, 51, 1), "FROM"),
        (Spot(36, 66, 1), "TO"),
        (Spot(39, 38, 1), "ICD Ind."),
        (Spot(63, 11, 1), "DATE"),
    ):
        canvas.drawString(spot.x(" "), spot.y + 1, said)
    canvas.drawString(_x(_MIDDLE) + 1, _y(35) + 7, "17a")
    canvas.drawString(_x(_MIDDLE) + 1, _y(36) + 7, "17b NPI")
    for place, letter in enumerate("ABCDEFGHIJKL"):
        canvas.drawString(_x(1.4 + place % 4 * 13), _y(40 + place // 4) + 4, f"{letter}.")
    canvas.setStrokeColor(_SHADE)
    canvas.line(_x(58), _y(58), _x(58), _y(58) + 10)
    canvas.line(_x(67.5), _y(58), _x(67.5), _y(58) + 10)
