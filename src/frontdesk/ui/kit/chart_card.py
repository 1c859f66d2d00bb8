"""A card with a chart: what the colours mean, and the same values as a table."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.button import IconButton
from frontdesk.ui.kit.card import Card
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.chart import Chart, Mark, Series
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class ChartCard(Card):
    """The chart, or its values as a table; what is not there is said in a line."""

    def __init__(
        self,
        title: str,
        chart: Chart,
        *,
        row_title: str,
        columns: Sequence[str],
        nothing: str,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, icon, parent)
        self.chart = chart
        self.legend = Legend()
        self.model = TableModel[Mark](self._columns(row_title, columns), key=lambda mark: mark.key)
        self.table = Table(self.model, says=tr("{title}, as a table", title=title))
        self.table.opened.connect(self._open_row)
        self.table_button = IconButton("table-2", tr("Values as a table: {title}", title=title))
        self.table_button.setCheckable(True)
        self.table_button.toggled.connect(self._turn)
        self._nothing = Label(nothing, "body", "text-3", wrap=True)
        self.add_to_head(self.table_button)
        for widget in (self.legend, chart, self.table, self._nothing):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self._turn()

    def show_values(self, title: str, series: Sequence[Series], marks: Sequence[Mark]) -> None:
        """Other values."""
        self.show_title(title)
        self.chart.setAccessibleName(title)
        self.chart.show_marks(series, marks)
        self.legend.show_series(series if len(series) > 1 else ())
        self.model.show(list(marks))
        set_shown(self.table_button, bool(marks))
        self._turn()

    def _turn(self) -> None:
        is_table, is_empty = self.table_button.isChecked(), not self.chart.marks
        set_shown(self._nothing, is_empty)
        set_shown(self.table, is_table and not is_empty)
        set_shown(self.chart, not is_table and not is_empty)
        set_shown(self.legend, not is_table and not is_empty and bool(self.legend.series))

    def _open_row(self, mark: Mark) -> None:
        self.chart.choose(self.chart.marks.index(mark))
        self.chart.open_chosen()

    def _columns(self, row_title: str, columns: Sequence[str]) -> list[Column[Mark]]:
        said = self.chart.said
        parts = [_part(said, name, place) for place, name in enumerate(columns)]
        whole = Column[Mark](
            tr("Total"), lambda mark: Cell(said(sum(mark.values)), "strong"), width=96, align="right"
        )
        first = Column[Mark](row_title, lambda mark: Cell(mark.name, detail=mark.detail))
        return [first, *parts, whole] if len(parts) > 1 else [first, *parts]


def _part(said: Callable[[float], str], name: str, place: int) -> Column[Mark]:
    return Column(name, lambda mark: said(mark.values[place]), width=92, align="right")


class Legend(QWidget):
    """A square of each colour with its meaning, on as many lines as it takes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.series: tuple[Series, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_series(self, series: Sequence[Series]) -> None:
        self.series = tuple(series)
        self.setAccessibleName(", ".join(each.name for each in self.series))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        places = self._places(max(self.width(), theme().px(200)))
        height = max((rect.bottom() + 1 for rect in places), default=0)
        return QSize(theme().px(200), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, px = QPainter(self), theme().px
        for place, (each, rect) in enumerate(zip(self.series, self._places(self.width()), strict=True)):
            square = QRect(rect.x(), rect.y() + (rect.height() - px(11)) // 2, px(11), px(11))
            painter.fillRect(square, theme().color(each.token))
            if theme().is_high_contrast and place % 2:
                draw.hatch(painter, square, theme().color("surface"))
            draw.words(painter, rect.adjusted(px(16), 0, 0, 0), each.name, "secondary", "text-2")
        painter.end()

    def _places(self, width: int) -> list[QRect]:
        px = theme().px
        places, x, y = [], 0, 0
        for each in self.series:
            wide = px(16) + draw.role_width(each.name, "secondary") + px(2)
            if x and x + wide > width:
                x, y = 0, y + px(20)
            places.append(QRect(x, y, wide, px(20)))
            x += wide + px(14)
        return places
