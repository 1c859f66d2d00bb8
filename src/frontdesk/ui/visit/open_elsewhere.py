"""Says that a check-in is open at another desk, and what is typed there and not saved."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.text import clock_time
from frontdesk.services.visit.presence import OpenAt
from frontdesk.services.visit.unfinished import Unfinished
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class OpenElsewhere(QWidget):
    """Two lines above the cards; hidden while the check-in is nobody else's."""

    take_over_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.where = Banner("warn", icon="monitor")
        self.where.acted.connect(self.take_over_wanted)
        self.unsaved = Banner("info", icon="pencil")
        whole = QVBoxLayout(self)
        px = theme().px
        whole.setContentsMargins(px(12), px(8), px(12), 0)
        whole.setSpacing(px(6))
        whole.addWidget(self.where)
        whole.addWidget(self.unsaved)
        set_shown(self, False)

    def show_opening(self, open_at: OpenAt | None, left: Sequence[Unfinished]) -> None:
        elsewhere = open_at is not None and not open_at.is_here
        words = ""
        if open_at is not None and elsewhere:
            words = tr("{where} You may look on.", where=f"{open_at.words.rstrip('.')}.")
        self.where.say("warn", words, action=tr("Take over (Alt+T)") if words else "", icon="monitor")
        theirs = [each for each in left if not each.is_mine]
        self.unsaved.say(
            "info",
            " ".join(
                tr(
                    "Typed by {by} at {desk}, {at}, and not saved: {fields}.",
                    by=each.by,
                    desk=each.station,
                    at=clock_time(each.at),
                    fields=each.named,
                )
                for each in theirs
            ),
            icon="pencil",
        )
        set_shown(self, bool(words or theirs))
