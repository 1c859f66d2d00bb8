"""Small questions about a request for copies: what was looked at, why it ends, what the reader decides."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from frontdesk.services.records import release_desk, release_endings, release_forms, release_steps
from frontdesk.services.records.release_detail import ReleaseDetail
from frontdesk.services.records.release_endings import DenialGround
from frontdesk.services.records.release_forms import CheckItem, FormEnd
from frontdesk.services.records.release_words import ACCESS_GROUNDS, GROUNDS, ITEMS
from frontdesk.services.records.request_row import number_words
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import CheckBox, Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NoteEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.text import tr

Told = Callable[[str], object]
_HINTS = {
    CheckItem.IDENTITY: "name, birth date and address on the license",
    CheckItem.AUTHORITY: "letter filed",
    CheckItem.ASSURANCE: "notice to the patient of 03/02, no objection",
    CheckItem.MINIMUM: "fit-for-work letter",
}
_QUESTIONS = {
    CheckItem.IDENTITY: "Is who asks who they say?",
    CheckItem.AUTHORITY: "May this person ask?",
    CheckItem.ASSURANCE: "Was the patient told, or a protective order asked for?",
    CheckItem.MINIMUM: "What is enough for the purpose?",
}
_WHAT = {
    CheckItem.IDENTITY: "What was compared",
    CheckItem.AUTHORITY: "What the authority rests on",
    CheckItem.ASSURANCE: "What was seen",
    CheckItem.MINIMUM: "What is sent",
}


class _RequestDialog(Dialog):
    """About one request, named in its first line."""

    def __init__(
        self, panel: Panel, detail: ReleaseDetail, told: Told, question: str, words: str, *, icon: str
    ) -> None:
        super().__init__(panel, question, words, icon=icon, icon_color="text-2", width=520)
        self._desk: Desk = panel.desk
        self._told = told
        self._detail = detail
        self._id, self._version = detail.panels.row.id, detail.panels.version
        self._number = number_words(detail.panels.row.number)
        self.form = Form()
        self.body.addWidget(self.form)
        self.add_verb(tr("Keep as it was"), keys="Esc")

    def _done(self, _: object) -> None:
        self.accept()
        self._told(tr("{number} changed", number=self._number))


class CheckDialog(_RequestDialog):
    """One thing of the checklist: whether it holds, and what was seen."""

    def __init__(self, panel: Panel, detail: ReleaseDetail, item: CheckItem, told: Told) -> None:
        question = tr(_QUESTIONS.get(item, ITEMS[item]))
        super().__init__(
            panel,
            detail,
            told,
            question,
            tr("It stays in the history with your name."),
            icon="user-check",
        )
        self._item = item
        self.holds = Segmented(
            ((True, tr("It is so")), (False, tr("It is missing"))), says=question, fills=True
        )
        self.words = TextEdit(hint=tr(_HINTS.get(item, "")))
        if item is CheckItem.AUTHORITY:
            self.words.set_value(detail.authority_on_file)
        self.form.add("holds", ITEMS[item], self.holds)
        self.form.add("words", tr(_WHAT.get(item, "Note")), self.words)
        self.add_verb(tr("Save the check"), self._save, kind="primary", keys="Return", closes=False)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self._desk.do(
            self,
            self._done,
            release_forms.check_item,
            request_id=self._id,
            item=self._item,
            holds=self.holds.value(),
            words=self.words.value(),
            version=self._version,
        )


class NoteDialog(_RequestDialog):
    """A line of the history: a call, a reminder."""

    def __init__(self, panel: Panel, detail: ReleaseDetail, told: Told) -> None:
        super().__init__(
            panel, detail, told, tr("What happened?"), tr("It stays in the history."), icon="notebook-pen"
        )
        self.words = TextEdit(hint=tr("Reminder sent to patient"))
        self.on = DateEdit()
        self.on.set_value(panel.desk.today)
        self.asked = CheckBox(tr("Somebody was asked for something"))
        self.form.add("words", tr("Note"), self.words, span=8)
        self.form.add("on", tr("Day"), self.on, span=4)
        self.form.add_wide(self.asked)
        self.add_verb(tr("Add the note"), self._save, kind="primary", keys="Return", closes=False)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self.form.check():
            self._desk.do(
                self,
                self._done,
                release_desk.note,
                request_id=self._id,
                words=self.words.value(),
                on=self.on.value(),
                asked=self.asked.isChecked(),
            )


class ReasonDialog(_RequestDialog):
    """More time, returned, withdrawn, taken up again, closed: a reason, and mostly a letter."""

    def __init__(self, panel: Panel, detail: ReleaseDetail, act: str, told: Told) -> None:
        question, words, label, verb, icon = _REASONS[act]
        super().__init__(panel, detail, told, tr(question), tr(words), icon=icon)
        self._act = act
        self.reason = NoteEdit(lines=3)
        self.form.add("words" if act == "close" else "reason", tr(label), self.reason)
        self.letter = CheckBox(tr("Write a letter that says so"))
        if act == "withdraw":
            self.form.add_wide(self.letter)
        self.save = self.add_verb(tr(verb), self._save, kind="primary", keys="Ctrl+Return", closes=False)
        self.save.setShortcut("Ctrl+Return")
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        reason, id, version = self.reason.value(), self._id, self._version
        do, endings = self._desk.do, release_endings
        if self._act == "extend":
            do(self, self._written, endings.extend, request_id=id, reason=reason, version=version)
        elif self._act == "return":
            do(self, self._written, endings.return_to_sender, request_id=id, reason=reason, version=version)
        elif self._act == "withdraw":
            letter = self.letter.isChecked()
            do(
                self,
                self._written,
                endings.withdraw,
                request_id=id,
                reason=reason,
                with_letter=letter,
                version=version,
            )
        elif self._act == "reopen":
            do(self, self._done, endings.reopen, request_id=id, reason=reason, version=version)
        else:
            do(self, self._done, release_steps.close, request_id=id, words=reason, version=version)

    def _written(self, letter: int | None) -> None:
        self.accept()
        said = tr("{number}: the letter is in the chart") if letter is not None else tr("{number} changed")
        self._told(said.format(number=self._number))


class DenyDialog(_RequestDialog):
    """On which ground of the law; the letter names the right to a review where there is one."""

    def __init__(self, panel: Panel, detail: ReleaseDetail, told: Told) -> None:
        super().__init__(
            panel,
            detail,
            told,
            tr("On what ground is it denied?"),
            tr("A letter with the ground and the ways to object goes into the chart."),
            icon="ban",
        )
        grounds = ACCESS_GROUNDS if detail.is_access else tuple(GROUNDS)
        self.ground: Combo[DenialGround] = Combo(
            tuple((ground, tr(GROUNDS[ground])) for ground in grounds), hint=tr("Choose the ground")
        )
        self.words = NoteEdit(lines=3)
        self.form.add("ground", tr("Ground"), self.ground)
        self.form.add("words", tr("What the letter adds"), self.words)
        self.add_verb(tr("Deny and write the letter"), self._save, kind="danger", closes=False)
        self.ground.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        ground = self.ground.value()
        if ground is None:
            self.form.row("ground").set_error(tr("Choose the ground. The letter names it."))
            return
        self._desk.do(
            self,
            self._written,
            release_endings.deny,
            request_id=self._id,
            ground=ground,
            words=self.words.value(),
            version=self._version,
        )

    def _written(self, _: int) -> None:
        self.accept()
        self._told(tr("{number}: the letter is in the chart", number=self._number))


class EndFormDialog(_RequestDialog):
    """The patient revoked the form, or its event has come."""

    def __init__(self, panel: Panel, detail: ReleaseDetail, told: Told) -> None:
        super().__init__(
            panel,
            detail,
            told,
            tr("Why does the form no longer count?"),
            tr("Nothing leaves on it from that day on. What was sent before stays sent."),
            icon="file-x",
        )
        self.how = Segmented(
            (
                (FormEnd.REVOKED, tr("Revoked by the patient")),
                (FormEnd.EVENT_PASSED, tr("Its event has come")),
            ),
            says=tr("Why"),
            fills=True,
        )
        self.on = DateEdit()
        self.on.set_value(panel.desk.today)
        self.words = TextEdit(hint=tr("letter of 03/10"))
        self.form.add("how", tr("Why"), self.how)
        self.form.add("on", tr("Day"), self.on, span=4)
        self.form.add("words", tr("How it was told"), self.words, span=8)
        self.add_verb(tr("End the form"), self._save, kind="primary", keys="Return", closes=False)
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self.form.check():
            self._desk.do(
                self,
                self._done,
                release_forms.end_form,
                request_id=self._id,
                how=self.how.value(),
                on=self.on.value() or self._desk.today,
                words=self.words.value(),
                version=self._version,
            )


class ReviewDialog(_RequestDialog):
    """The second reader: agrees, or says what must change."""

    def __init__(self, panel: Panel, detail: ReleaseDetail, told: Told) -> None:
        super().__init__(
            panel,
            detail,
            told,
            tr("May these copies leave the office?"),
            tr("You answer for what is sent, together with who prepared it."),
            icon="book-check",
        )
        self.agrees = Segmented(
            ((True, tr("They may leave")), (False, tr("Something must change"))),
            says=tr("Decision"),
            fills=True,
        )
        self.words = NoteEdit(lines=2, hint=tr("What must change, or what was looked at"))
        self.form.add("review", tr("Decision"), self.agrees)
        self.form.add("words", tr("Words"), self.words)
        self.save = self.add_verb(
            tr("Give your word"), self._save, kind="primary", keys="Ctrl+Return", closes=False
        )
        self.save.setShortcut("Ctrl+Return")
        self.agrees.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self._desk.do(
            self,
            self._done,
            release_steps.review,
            request_id=self._id,
            agrees=self.agrees.value(),
            words=self.words.value(),
            round=self._detail.review_round,
            version=self._version,
        )


def open_for(name: str, panel: Panel, detail: ReleaseDetail, told: Told) -> Dialog | None:
    """The dialog of an act by its name in the panels' verbs."""
    made: Dialog | None = None
    if name == "note":
        made = NoteDialog(panel, detail, told)
    elif name == "deny":
        made = DenyDialog(panel, detail, told)
    elif name == "end_form":
        made = EndFormDialog(panel, detail, told)
    elif name == "review":
        made = ReviewDialog(panel, detail, told)
    elif name in _REASONS:
        made = ReasonDialog(panel, detail, name, told)
    if made is not None:
        made.open()
    return made


_REASONS = {
    "extend": (
        "Why does it take longer?",
        "The time can be extended once. The letter gives the reason and the new day.",
        "Reason, as the letter says it",
        "Extend and write the letter",
        "calendar-plus",
    ),
    "return": (
        "What is missing?",
        "The request goes back to its sender with a letter; no copy was sent.",
        "What the letter says",
        "Return with a letter",
        "corner-up-left",
    ),
    "withdraw": (
        "Why is it withdrawn?",
        "The request leaves the open list; its history stays.",
        "Reason",
        "Withdraw it",
        "x",
    ),
    "reopen": (
        "Why is it taken up again?",
        "It is open again, with the deadline that it had.",
        "Reason",
        "Take it up again",
        "rotate-ccw",
    ),
    "close": (
        "How does the office know that the copies arrived?",
        "The request is closed for good.",
        "What was seen",
        "Close it",
        "check-check",
    ),
}
