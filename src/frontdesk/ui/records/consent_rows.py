"""A line for each consent form: its state in an icon and in words, and what can be opened."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.records.standing import FormStanding, Standing
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.label import IconLabel, Label, Rule
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme


def words_for(stands: FormStanding, today: date) -> str:
    """ "Expired 03/02/2026", "Signed 01/14/2025"."""
    on = us_date(stands.answered_on) if stands.answered_on else ""
    if stands.standing is Standing.MISSING:
        return tr("Not signed")
    if stands.standing is Standing.EXPIRED:
        if stands.expires_on is not None and stands.expires_on < today:
            return tr("Expired {on}", on=us_date(stands.expires_on))
        return tr("New wording, sign again")
    if stands.standing is Standing.REFUSED:
        return tr("Refused {on}", on=on)
    if stands.standing is Standing.REVOKED:
        return tr("Revoked {on}", on=on)
    return tr("Signed on paper {on}", on=on) if stands.on_paper else tr("Signed {on}", on=on)


class ConsentRows(QWidget):
    """Tells which form is to be opened, and which answer to be looked at."""

    form_wanted = Signal(object)
    answer_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Consent forms"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_forms(self, forms: tuple[FormStanding, ...], today: date) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for stands in forms:
            self._column.addWidget(self._line(stands, today))
            self._column.addWidget(Rule())

    def _line(self, stands: FormStanding, today: date) -> QWidget:
        answered = stands.standing is Standing.SIGNED
        icon = "circle-check" if answered else "file-pen" if stands.is_open else "circle-slash"
        color = "ok" if answered else "warn" if stands.is_open else "text-3"
        title = Label(stands.title, "strong" if stands.is_open else "body")
        state = Label(
            words_for(stands, today),
            "medium" if stands.is_open else "secondary",
            "warn-tx" if stands.is_open else "text-3",
        )
        line = QWidget()
        line.setFixedHeight(theme().px(30))
        pieces = row(IconLabel(icon, color), title, None, state, gap=8)
        if stands.is_open:
            opener = Button(tr("Open form"), height="small")
            opener.clicked.connect(lambda: self.form_wanted.emit(stands))
            pieces.addWidget(opener)
            opener.setAccessibleName(tr("Open form: {title}", title=stands.title))
        elif stands.consent_id is not None:
            consent_id = stands.consent_id
            viewer = Button(tr("View"), "ghost", height="small")
            viewer.clicked.connect(lambda: self.answer_wanted.emit(consent_id))
            pieces.addWidget(viewer)
            viewer.setAccessibleName(tr("View: {title}", title=stands.title))
        line.setLayout(pieces)
        return line
