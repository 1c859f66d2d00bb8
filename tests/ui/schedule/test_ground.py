"""What is drawn behind the cards: of an absence, the absence."""

from datetime import date, datetime

from PySide6.QtGui import QImage, QPainter

from frontdesk.kernel.timespan import Span
from frontdesk.services.schedule.day import DayAway, DayBlock
from frontdesk.services.schedule.words import BlockKind
from frontdesk.ui.schedule.geometry import DayGeometry, GridColumn
from frontdesk.ui.schedule.ground import paint_ground

DAY = date(2026, 3, 18)
LUNCH = DayBlock(datetime(2026, 3, 18, 12), datetime(2026, 3, 18, 13), BlockKind.LUNCH, is_released=False)
OUT = DayAway(datetime(2026, 3, 18, 12), datetime(2026, 3, 18, 17), "hospital rounds")


def drawn(away: tuple[DayAway, ...], blocks: tuple[DayBlock, ...]) -> QImage:
    sessions = (Span(datetime(2026, 3, 18, 8), datetime(2026, 3, 18, 17)),)
    column = GridColumn(1, DAY, "Dr. Lee", sessions, away, blocks, (), runs_late=False, visits=())
    day = DayGeometry([column], 300)
    image = QImage(day.width, day.height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_ground(painter, day, image.rect(), None)
    painter.end()
    return image


def test_what_is_kept_is_not_drawn_while_the_provider_is_away(qapp: object) -> None:
    assert drawn((), (LUNCH,)) != drawn((), ())
    assert drawn((OUT,), (LUNCH,)) == drawn((OUT,), ())
