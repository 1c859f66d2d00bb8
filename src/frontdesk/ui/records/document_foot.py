"""Below the pages: what the chart says about a document, and what can be done with it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.records.viewing import OpenedDocument, ReadingOf
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.records.index_form import IndexForm
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


class DocumentFoot(Frame):
    """The fields, who must read it, and the verbs."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("foot")
        self._desk = desk
        self.form = IndexForm(desk)
        self.wrong_button = Button(tr("Wrong chart…"))
        self.away_button = Button(tr("Put away…"))
        self.later_button = Button(tr("Keep for later"))
        self.send_button = Button(tr("File and next"), "primary", icon="folder-input", keys="Enter")
        self.sign_button = Button(tr("Sign off"), "tonal", icon="check", keys="Ctrl+D", height="small")
        self._reading_icon = IconLabel("eye", "text-2", 14)
        self._reading = Label("", "secondary", "text-2", wrap=True)
        self._readings: tuple[ReadingOf, ...] = ()
        self._read_line = QWidget()
        line = row(self._reading_icon, self._reading, self.sign_button, gap=6, margins=(0, 6, 0, 0))
        line.setStretch(1, 1)
        self._read_line.setLayout(line)
        verbs = row(
            self.wrong_button,
            self.away_button,
            None,
            self.later_button,
            self.send_button,
            margins=(0, 8, 0, 0),
        )
        content = column(_Shrinking(self.form), self._read_line, verbs, gap=0, margins=(12, 8, 12, 10))
        self.setLayout(content)
        self.setAccessibleName(tr("Entry in the chart"))

    @property
    def reading(self) -> ReadingOf | None:
        """The first that waits to be signed off, for whoever may."""
        if not self._desk.may("records.sign_off"):
            return None
        return next((reading for reading in self._readings if reading.read_on is None), None)

    def show_document(self, opened: OpenedDocument, *, is_set_aside: bool) -> None:
        self.form.show_indexing(opened.indexing, asks_patient=opened.patient_id is None)
        self.show_standing(is_filed=opened.is_filed)
        self.wrong_button.setVisible(opened.patient_id is not None)
        self.away_button.setText(tr("Take out of archive") if opened.is_archived else tr("Put away…"))
        self.later_button.setText(tr("Take up again") if is_set_aside else tr("Keep for later"))
        self._readings = opened.readings
        said = [_said(reading) for reading in opened.readings]
        self._reading.setText(" ".join(said))
        set_shown(self._read_line, bool(said))
        set_shown(self.sign_button, self.reading is not None)

    def show_standing(self, *, is_filed: bool) -> None:
        """Which verbs there are for what waits, and for what lies in a chart."""
        self.send_button.setText(tr("Save entry") if is_filed else tr("File and next"))
        self.later_button.setVisible(not is_filed)
        self.away_button.setVisible(is_filed)


def _said(reading: ReadingOf) -> str:
    if reading.read_on is not None:
        return tr("{name} read it on {on}.", name=reading.provider_name, on=us_date(reading.read_on))
    return tr("{name} is to read it since {on}.", name=reading.provider_name, on=us_date(reading.asked_on))


class _Shrinking(QScrollArea):
    """As tall as the form where there is room; scrolls on a low screen."""

    def __init__(self, form: IndexForm) -> None:
        super().__init__()
        self._form = form
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setMinimumHeight(theme().px(48))
        self.setWidget(form)
        self.viewport().setAutoFillBackground(False)
        form.setAutoFillBackground(False)
        form.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._form and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        return self._form.sizeHint() + QSize(0, theme().px(6))
