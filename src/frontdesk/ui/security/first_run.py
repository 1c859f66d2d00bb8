"""The first start: where data lives, the practice, the administrator, the provider; then the office opens."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from frontdesk.kernel.clock import Clock
from frontdesk.kernel.errors import Finding, FrontdeskError, Refused
from frontdesk.kernel.names import first_last
from frontdesk.services import connection, keys, places
from frontdesk.services.connection import Connection
from frontdesk.services.office import opening
from frontdesk.services.office.opening import NewOffice, Opened
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Card, Frame, column, row, scrolled
from frontdesk.ui.kit.label import Label
from frontdesk.ui.security.background import Background
from frontdesk.ui.security.office_steps import AccountStep, PracticeStep, ProviderStep
from frontdesk.ui.security.place_step import PlaceStep
from frontdesk.ui.security.side import Sign
from frontdesk.ui.security.steps import StepPage, StepRail
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_PLACE, _PRACTICE, _ACCOUNT, _PROVIDER, _READY = range(5)
_STEP_OF = {"practice": _PRACTICE, "administrator": _ACCOUNT, "password": _ACCOUNT, "provider": _PROVIDER}
"""Where the fields of `establish_practice` are asked for."""


class FirstRun(QWidget):
    """Fills the window before there is an office; nothing is kept until its last button."""

    opened = Signal(object)
    """Opened: the place and its database, with the administrator where the office is new."""
    sample_wanted = Signal()
    """A synthetic practice instead."""

    def __init__(
        self, *, file: Path | None = None, clock: Clock | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._background = Background(self)
        self._found = ""  # the practice whose data is at the chosen place already
        self._where = PlaceStep(file or places.default_file())
        self._practice, self._account, self._provider = PracticeStep(), AccountStep(), ProviderStep()
        self._ready = ReadyStep()
        self._pages: tuple[StepPage, ...] = (
            self._where,
            self._practice,
            self._account,
            self._provider,
            self._ready,
        )
        self._stack = QStackedWidget()
        for page in self._pages:
            self._stack.addWidget(page)
        self._rail = StepRail(
            (
                tr("Where data lives"),
                tr("Your practice"),
                tr("Your account"),
                tr("First provider"),
                tr("Ready"),
            )
        )
        self._banner = Banner("block")
        self._sample = Button(tr("&Try with a sample office"), "ghost")
        self._back = Button(tr("&Back"), height="large")
        self._next = Button("", "primary", keys="Enter", height="large")
        self._build()
        self._sample.clicked.connect(self.sample_wanted)
        self._back.clicked.connect(self.go_back)
        self._next.clicked.connect(self.go_on)
        self._where.check_wanted.connect(self._check_server)
        self._where.changed.connect(self._forget_place)
        self._show_page(_PLACE)
        self._background.run(keys.keyring_works, self._show_keyring, self.refused)

    def _build(self) -> None:
        px = theme().px
        side = Frame("header")
        side.setFixedWidth(px(300))
        promise = Label(
            tr("About 5 minutes. You can go back at any time; nothing is kept until the last step."),
            "secondary",
            "header-dim",
            wrap=True,
        )
        side.setLayout(column(Sign(), 18, self._rail, None, promise, gap=8, margins=(28, 28, 28, 28)))
        middle = QWidget()
        middle.setMaximumWidth(px(1000))
        middle.setLayout(column(self._banner, self._stack, gap=12))
        content = QWidget()
        holder = row(middle, gap=0, margins=(72, 44, 72, 24))
        holder.setAlignment(middle, Qt.AlignmentFlag.AlignTop)
        content.setLayout(holder)
        foot = Frame("foot", row(self._sample, None, self._back, self._next, margins=(62, 14, 72, 14)))
        right = Frame("canvas")
        layout = QVBoxLayout(right)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scrolled(content), 1)
        layout.addWidget(foot)
        self.setLayout(row(side, right, gap=0))

    # -- on and back ------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() == Qt.Key.Key_Escape and self._back.isEnabled():
            self.go_back()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif isinstance(focused, QPushButton):
            focused.click()
        else:
            self.go_on()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pages[self._stack.currentIndex()].take_focus()

    def go_on(self) -> None:
        """The next step, once nothing stands in the way of this one."""
        page = self._stack.currentIndex()
        self._banner.say("block", "")
        if not (self._next.isEnabled() and self._pages[page].check()):
            return
        if page == _PLACE:
            self._look_at_place()
        elif page == _READY:
            self._open()
        else:
            self._show_page(page + 1)

    def go_back(self) -> None:
        """The step before; what was typed stays."""
        self._banner.say("block", "")
        self._show_page(_PLACE if self._found else max(_PLACE, self._stack.currentIndex() - 1))

    def refused(self, error: FrontdeskError) -> None:
        """Each finding goes to the step that it is about."""
        self._set_busy(is_busy=False)
        if isinstance(error, keys.PassphraseNeeded | keys.WrongPassphrase):
            self._where.ask_for_passphrase(needed=True)
            self._show_page(_PLACE)
            self._where.show_wrong_passphrase(str(error))
            return
        homeless = []
        for finding in error.findings if isinstance(error, Refused) else (Finding(str(error)),):
            part, _, field = finding.field.partition(".")
            if part in _STEP_OF:
                self._show_page(_STEP_OF[part])
                self._pages[_STEP_OF[part]].form.show_findings((Finding(finding.message, field or part),))
            else:
                homeless.append(finding.message)
        self._banner.say("block", " ".join(homeless))

    # -- inside -----------------------------------------------------------------

    def _show_page(self, page: int) -> None:
        if page == _READY:
            self._ready.show_answers(self._answers())
        self._stack.setCurrentIndex(page)
        self._rail.show_current(page)
        self._back.setEnabled(page != _PLACE)
        self._sample.setVisible(page == _PLACE)
        self._next.setText(tr("Open the office") if page == _READY else tr("Continue"))
        if page == _READY:
            self._next.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._pages[page].take_focus()

    def _set_busy(self, *, is_busy: bool) -> None:
        self._next.setEnabled(not is_busy)
        self._back.setEnabled(not is_busy and self._stack.currentIndex() != _PLACE)

    def _show_keyring(self, works: bool) -> None:
        self._where.ask_for_passphrase(needed=not works)

    def _check_server(self) -> None:
        if self._where.check():
            url = self._where.url
            self._where.show_checking()
            self._background.run(lambda: connection.check(url), self._where.show_connection, self.refused)

    def _look_at_place(self) -> None:
        self._set_busy(is_busy=True)
        if self._where.is_server:
            url = self._where.url
            self._where.show_checking()
            self._background.run(lambda: connection.check(url), self._go_to_server, self.refused)
        else:
            place, passphrase = self._where.local_place(), self._where.passphrase
            self._background.run(
                lambda: opening.practice_at(place, passphrase=passphrase), self._go_to_practice, self.refused
            )

    def _go_to_server(self, found: Connection) -> None:
        self._where.show_connection(found)
        if found.works:
            self._go_to_practice(found.practice)
        else:
            self._set_busy(is_busy=False)

    def _go_to_practice(self, already_there: str) -> None:
        self._set_busy(is_busy=False)
        self._found = already_there
        self._show_page(_READY if already_there else _PRACTICE)

    def _forget_place(self) -> None:
        self._found = ""

    def _answers(self) -> tuple[tuple[str, str], ...]:
        where = self._where
        lives = where.server_name if where.is_server else tr("This computer only")
        answers = [(tr("Data lives on"), lives), (tr("This desk"), where.station)]
        if self._found:
            return (
                *answers,
                (tr("Practice"), self._found),
                (tr("Next"), tr("Sign in with your own account.")),
            )
        practice, provider = self._practice.draft(), self._provider.draft()
        return (
            *answers,
            (tr("Practice"), practice.name),
            (tr("Address"), f"{practice.address1}, {practice.city}, {practice.state} {practice.zip}"),
            (tr("Administrator"), self._account.draft().name),
            (tr("First provider"), first_last(provider.first_name, provider.last_name)),
        )

    def _open(self) -> None:
        self._set_busy(is_busy=True)
        self._banner.say("info", tr("The office is being opened. This takes a few seconds."))
        where, clock = self._where, self._clock
        url, passphrase, station = where.url, where.passphrase, where.station
        local = None if where.is_server else where.local_place()
        office = None
        if not self._found:
            office = NewOffice(
                self._practice.draft(), self._account.draft(), self._account.password, self._provider.draft()
            )

        def open_office() -> Opened:
            place = local or places.server(url, station)
            return opening.open_office(place, passphrase=passphrase, office=office, clock=clock)

        self._background.run(open_office, self._tell, self.refused)

    def _tell(self, opened: Opened) -> None:
        self._background.close()
        self.opened.emit(opened)


class ReadyStep(StepPage):
    """Everything once more, before it is kept."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Ready"), tr("Go back to change something. The last button keeps it."), parent)
        self._card = Card()
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(theme().px(10))
        self._grid.setColumnMinimumWidth(0, theme().px(140))
        self._grid.setColumnStretch(1, 1)
        self._card.body.addLayout(self._grid)
        self.body.addWidget(self._card)
        self.body.addStretch(1)

    def show_answers(self, answers: Sequence[tuple[str, str]]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for line, (question, answer) in enumerate(answers):
            self._grid.addWidget(Label(question, "secondary", "text-2"), line, 0)
            self._grid.addWidget(Label(answer, "strong", wrap=True), line, 1)
