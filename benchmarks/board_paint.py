"""How long the flow board takes to paint 120 cards, against a painter that draws as much."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from benchmarks.measure import Measure, compared
from frontdesk.services.schedule.status import Status
from frontdesk.services.visit.board import LANES, Card
from frontdesk.services.visit.flags import Flag, FlagKind
from frontdesk.ui.schedule import look
from frontdesk.ui.theme import theme
from frontdesk.ui.visit.lane import Lane

NAMES = ("board_paint",)
CARDS = 120
WIDTH, HEIGHT = 210, 2700
"""As tall as a lane's cards, so that each of them is painted."""
NOW = datetime(2026, 3, 17, 10, 42)
TEXTS = ("Danielle Foster", "10:45", "Lee, Migraine follow-up", "6 min", "of 10", "Consent to treat")


def measures(wanted: set[str]) -> Iterator[Measure]:
    """The row, with widgets that nobody sees."""
    if "board_paint" not in wanted:
        return
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme().use("light", 100)
    lanes = [_lane(status) for status in LANES]
    picture = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)

    def ours() -> None:
        for lane in lanes:
            lane.viewport().render(picture)

    yield compared("board_paint", ours, lambda: _bare(picture), goal=2.0)


def _lane(status: Status) -> Lane:
    lane = Lane(status)
    lane.resize(WIDTH, HEIGHT)
    lane.show_cards([_card(number, status) for number in range(CARDS // len(LANES))], NOW)
    return lane


def _card(number: int, status: Status) -> Card:
    return Card(
        appointment_id=number,
        version=1,
        patient_id=number,
        name="Danielle Foster",
        last_name="Foster",
        starts=NOW + timedelta(minutes=3),
        minutes=15,
        provider_id=1,
        provider="Dr. Lee",
        what="Migraine follow-up",
        status=status,
        since=NOW - timedelta(minutes=6),
        limit_minutes=15,
        room_id=None,
        room="",
        expected_in=None,
        flags=(Flag(FlagKind.FORMS, "warn", "Consent to treat"),),
    )


def _bare(picture: QImage) -> None:
    """The same boxes, rings, texts and icons, with nothing to decide."""
    icon = theme().pixmap(look.FLAG_ICON[FlagKind.FORMS], "warn", 14, 1.0)
    ink, line, surface = theme().color("text"), theme().color("line-2"), theme().color("surface")
    fonts = (theme().font("strong"), theme().font("secondary"))
    for status in LANES:
        texts = (*TEXTS, "early") if status in (Status.CHECKING_IN, Status.READY) else TEXTS
        painter = QPainter(picture)
        painter.fillRect(picture.rect(), theme().color("canvas"))
        for number in range(CARDS // len(LANES)):
            box = QRect(8, 8 + number * 90, WIDTH - 17, 82)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(line)
            painter.setBrush(surface)
            painter.drawRoundedRect(box, 6, 6)
            painter.drawEllipse(box.x() + 11, box.y() + 46, 14, 14)
            painter.drawArc(box.x() + 11, box.y() + 46, 14, 14, 90 * 16, -200 * 16)
            painter.setPen(ink)
            for place, text in enumerate(texts):
                painter.setFont(fonts[place % 2])
                row = QRect(box.x() + 10, box.y() + 6 + place * 12, box.width() - 20, 18)
                painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)
            painter.drawPixmap(box.x() + 11, box.y() + 62, icon)
        painter.end()
