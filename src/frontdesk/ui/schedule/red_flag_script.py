"""The clinicians' questions, one after another; a yes stops everything and gives the words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.schedule.red_flags import Answer, RedFlagView
from frontdesk.ui.kit.banner import Banner
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, Piece, column, row
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr
from frontdesk.ui.theme import theme

_WIDEST = 620


class RedFlagScript(QStackedWidget):
    """Shows the question that is to be asked, or what to do after a yes."""

    cleared = Signal(object)
    """All were answered with no: the answers, in their order."""
    stopped = Signal(object)
    """One was answered with yes: the answers up to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._script: tuple[RedFlagView, ...] = ()
        self._answers: list[Answer] = []
        self._count = Label("", "caption", "text-3")
        self._question = Label("", "page", wrap=True)
        self._review = Label("", "secondary", "text-2", wrap=True)
        self._unreviewed = Banner("warn")
        self.no = Button(tr("No"), icon="check", keys="N", height="large")
        self.yes = Button(tr("Yes"), "danger", icon="octagon-alert", keys="Y", height="large")
        self.again = Button(tr("Ask again from the first"), "ghost", icon="undo-2")
        self.no.clicked.connect(lambda: self.answer(is_yes=False))
        self.yes.clicked.connect(lambda: self.answer(is_yes=True))
        self.again.clicked.connect(self.start_over)
        self._asked = Label("", "secondary", "text-3", wrap=True)
        self.addWidget(
            _centered(
                self._count,
                self._question,
                row(self.no, self.yes, None),
                self._review,
                self._unreviewed,
                self._asked,
                row(self.again, None),
            )
        )
        self._stop_question = Label("", "body", "text-2", wrap=True)
        self._what_to_do = Label("", "page", "block-tx", wrap=True)
        self._recorded = Label("", "secondary", "text-2", wrap=True)
        self.start_again = Button(tr("Start over"), icon="undo-2")
        self.start_again.clicked.connect(self.start_over)
        self.addWidget(
            _centered(
                row(IconLabel("octagon-alert", "block", 24), Label(tr("Stop. Do this now"), "section"), None),
                self._what_to_do,
                self._stop_question,
                self._recorded,
                row(self.start_again, None),
            )
        )

    @property
    def is_asking(self) -> bool:
        """Whether a question waits for its answer."""
        return self.currentIndex() == 0 and len(self._answers) < len(self._script)

    def show_script(self, script: tuple[RedFlagView, ...]) -> None:
        """Another script begins at its first question; the same one goes on."""
        if [(each.id, each.version) for each in script] != [(each.id, each.version) for each in self._script]:
            self._script = script
            self.start_over()

    def start_over(self) -> None:
        self._answers = []
        self.setCurrentIndex(0)
        self._show_question()

    def answer(self, *, is_yes: bool) -> None:
        """To the question that is shown."""
        if not self.is_asking:
            return
        asked = self._script[len(self._answers)]
        self._answers.append(Answer(asked.id, asked.version, is_yes))
        if is_yes:
            self._what_to_do.setText(asked.draft.what_to_do)
            self._stop_question.setText(tr("Answered with yes: {question}", question=asked.draft.question))
            self._recorded.setText(tr("Nothing is booked. The answer is being recorded."))
            self.setCurrentIndex(1)
            self.start_again.setFocus()
            self.stopped.emit(tuple(self._answers))
        elif len(self._answers) == len(self._script):
            self.cleared.emit(tuple(self._answers))
        else:
            self._show_question()

    def say_recorded(self) -> None:
        self._recorded.setText(tr("Nothing is booked. The answer is on record, with your name and the time."))

    def _show_question(self) -> None:
        if len(self._answers) >= len(self._script):
            return
        place = len(self._answers)
        draft = self._script[place].draft
        self._count.setText(tr("Question {place} of {count}", place=place + 1, count=len(self._script)))
        self._question.setText(draft.question)
        reviewed = draft.reviewed_on is not None
        self._review.setText(
            tr("Reviewed by {who} on {day}", who=draft.reviewed_by, day=us_date(draft.reviewed_on))
            if draft.reviewed_on
            else ""
        )
        set_shown(self._review, reviewed)
        self._unreviewed.say(
            "warn", "" if reviewed else tr("No clinician of the practice has reviewed this question yet.")
        )
        before = [each.draft.question for each in self._script[:place]]
        self._asked.setText("\n".join(tr("No: {question}", question=question) for question in before))
        set_shown(self._asked, bool(before))
        set_shown(self.again, bool(before))


def _centered(*pieces: Piece) -> Frame:
    inner = QWidget()
    inner.setLayout(column(*pieces, gap=12))
    inner.setMaximumWidth(theme().px(_WIDEST))
    inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
    return Frame("surface", column(inner, None, margins=(24, 24, 24, 24)))
