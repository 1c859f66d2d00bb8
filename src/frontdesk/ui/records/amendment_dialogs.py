"""Small questions about a request for amendment: more time, the decision, letters, people, statements."""

from PySide6.QtCore import Qt

from frontdesk.services.records import amendment_letters, amendments, disagreements
from frontdesk.services.records.amendment_letters import GROUNDS
from frontdesk.services.records.amendment_views import Amendment, Person
from frontdesk.services.records.amendments import AmendmentState, Decision, DenialGround, LetterKind
from frontdesk.services.records.outbound import Way
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import CheckBox, Segmented
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NoteEdit, TextEdit
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.records.letter_dialog import LetterDialog
from frontdesk.ui.records.outbound_dialogs import WAYS
from frontdesk.ui.records.request_question import RequestQuestion, Told
from frontdesk.ui.text import tr


class _OfAmendment(RequestQuestion[Amendment]):
    """About one request for amendment."""


class DecideDialog(_OfAmendment):
    """Accepted, in part, or denied; the law's grounds only."""

    def __init__(self, panel: Panel, shown: Amendment, told: Told) -> None:
        super().__init__(
            panel,
            shown,
            told,
            tr("What does the office answer?"),
            tr("Nothing is changed in a document: what you write is linked to it. The letter comes next."),
            icon="scale",
        )
        self.state: Segmented[AmendmentState] = Segmented(
            (
                (AmendmentState.ACCEPTED, tr("Accept")),
                (AmendmentState.IN_PART, tr("In part")),
                (AmendmentState.DENIED, tr("Deny")),
            ),
            says=tr("The answer"),
        )
        self.reads = NoteEdit(shown.wanted, lines=3)
        self.basis = NoteEdit(hint=tr("In plain language: it stands in the letter"), lines=3)
        self.grounds = {ground: CheckBox(tr(words)) for ground, words in GROUNDS.items()}
        self.body.insertWidget(self.body.count() - 1, self.state)
        self.form.add("accepted", tr("How the record reads from now on"), self.reads)
        for box in self.grounds.values():
            self.form.add_wide(box)
        self.form.add("basis", tr("Why not"), self.basis)
        self.state.chosen.connect(self._show_fields)
        self.verb(tr("This is the answer"), self._save)
        self._show_fields(AmendmentState.ACCEPTED)
        self.state.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_fields(self, state: object) -> None:
        set_shown(self.form.row("accepted"), state is not AmendmentState.DENIED)
        for widget in (*self.grounds.values(), self.form.row("basis")):
            set_shown(widget, state is not AmendmentState.ACCEPTED)
        self.adjustSize()

    def _save(self) -> None:
        state = self.state.value()
        decision = Decision(
            state,
            "" if state is AmendmentState.DENIED else self.reads.value(),
            self._chosen() if state is not AmendmentState.ACCEPTED else (),
            "" if state is AmendmentState.ACCEPTED else self.basis.value(),
        )
        self._desk.do(
            self,
            self.done_with(tr("Decided {number}; the letter is to be sent")),
            amendments.decide,
            request_id=self._id,
            decision=decision,
            version=self._version,
        )

    def _chosen(self) -> tuple[DenialGround, ...]:
        return tuple(ground for ground, box in self.grounds.items() if box.isChecked())


class ExtendDialog(_OfAmendment):
    """The one extension; its letter goes out with it."""

    def __init__(self, panel: Panel, shown: Amendment, told: Told) -> None:
        super().__init__(
            panel,
            shown,
            told,
            tr("Why does it take longer?"),
            tr("Once, for 30 days at most. The patient is told the reason and the day in writing."),
            icon="calendar-plus",
        )
        self.reason, self.until = NoteEdit(lines=2), DateEdit()
        self.until.set_value(shown.last_day)
        self.way: Combo[Way] = Combo(tuple((way, tr(words)) for way, words in WAYS))
        self.way.set_value(Way.MAIL)
        self.form.add("reason", tr("Reason"), self.reason)
        self.form.add("until", tr("Answer by"), self.until, span=6)
        self.form.add("way", tr("The letter goes by"), self.way, span=6)
        self.verb(tr("Take the time, letter sent"), self._save)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self.form.check():
            self._desk.do(
                self,
                self._extended,
                amendments.extend,
                request_id=self._id,
                reason=self.reason.value(),
                until=self.until.value(),
                way=self.way.value() or Way.MAIL,
                version=self._version,
            )

    def _extended(self, event_id: int) -> None:
        self.done_with(tr("Extended {number}; print the letter"))(event_id)
        open_sent_letter(self._panel, self._desk, event_id)


class LetterSentDialog(_OfAmendment):
    """The answer or the rebuttal is looked at, printed, sent by hand, and noted."""

    def __init__(self, panel: Panel, shown: Amendment, told: Told, kind: LetterKind) -> None:
        super().__init__(
            panel,
            shown,
            told,
            tr("How does the letter go out?"),
            tr("Print or save it, send it, then note it here.")
            if kind is LetterKind.REBUTTAL
            else tr("Print or save it, send it, then note it here. The clock stands from then on."),
            icon="send",
        )
        self._kind = kind
        self.way: Combo[Way] = Combo(tuple((way, tr(words)) for way, words in WAYS))
        self.way.set_value(Way.MAIL)
        self.to = TextEdit(hint=tr("empty: where the patient's mail goes"))
        self.form.add("way", tr("By"), self.way, span=4)
        self.form.add("sent_to", tr("To"), self.to, span=8)
        look = self.add_verb(tr("The letter…"), self.look_at, keys="Alt+L", closes=False)
        look.setShortcut("Alt+L")
        self.verb(tr("It was sent"), self._save)
        self.way.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_at(self) -> LetterDialog:
        """The letter as it goes out."""
        return open_letter(self, self._desk, self._id, self._kind)

    def _save(self) -> None:
        self._desk.do(
            self,
            self.done_with(tr("Noted that the letter of {number} was sent")),
            amendments.note_letter,
            request_id=self._id,
            way=self.way.value() or Way.MAIL,
            kind=self._kind,
            sent_to=self.to.value(),
            version=self._version,
        )


class PersonDialog(_OfAmendment):
    """Who has the old record and must know."""

    def __init__(self, panel: Panel, shown: Amendment, told: Told) -> None:
        super().__init__(
            panel,
            shown,
            told,
            tr("Who is to be told?"),
            tr("Whom the patient names, and whoever has the old record and may rely on it."),
            icon="user-plus",
        )
        self.name, self.to = TextEdit(), TextEdit(hint=tr("address, fax or e-mail"))
        self.form.add("name", tr("Person or office"), self.name, span=6)
        self.form.add("sent_to", tr("Reached by"), self.to, span=6)
        self.verb(tr("Put on the list"), self._save)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self._desk.do(
            self,
            self.done_with(tr("Named who is told of {number}")),
            amendments.name_person,
            request_id=self._id,
            name=self.name.value(),
            sent_to=self.to.value(),
            version=self._version,
        )


class ToldDialog(_OfAmendment):
    """The notice to one of them went out."""

    def __init__(self, panel: Panel, shown: Amendment, told: Told, person: Person) -> None:
        super().__init__(
            panel,
            shown,
            told,
            tr("How is {name} told?", name=person.name),
            tr("Print or save the notice, send it, then note it here."),
            icon="send",
        )
        self._person = person
        self.way: Combo[Way] = Combo(tuple((way, tr(words)) for way, words in WAYS))
        self.form.add("way", tr("By"), self.way, span=5)
        look = self.add_verb(tr("The notice…"), self.look_at, keys="Alt+L", closes=False)
        look.setShortcut("Alt+L")
        self.verb(tr("They were told"), self._save)
        self.way.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_at(self) -> LetterDialog:
        """The notice as it goes out."""
        return open_letter(self, self._desk, self._id, LetterKind.NOTICE, self._person.person_id)

    def _save(self) -> None:
        self._desk.do(
            self,
            self.done_with(tr("Noted who was told of {number}")),
            amendments.note_told,
            request_id=self._id,
            person_id=self._person.person_id,
            way=self.way.value() or Way.FAX,
            version=self._version,
        )


_TEXTS = {
    "disagree": (
        "What does the patient's statement say?",
        "It stays with the record and goes out with it from now on.",
        "Keep the statement",
        "message-square-warning",
        "Entered the statement for {number}",
    ),
    "rebut": (
        "What does the office reply?",
        "It goes out with the statement. The patient gets a copy.",
        "Keep the rebuttal",
        "message-square-reply",
        "Wrote the rebuttal for {number}",
    ),
    "withdraw": (
        "What did the patient say?",
        "The request leaves the open ones; Ctrl+Z brings it back.",
        "It is withdrawn",
        "x",
        "Withdrew {number}",
    ),
}


class TextDialog(_OfAmendment):
    """A statement, a rebuttal, or why the request is withdrawn."""

    def __init__(self, panel: Panel, shown: Amendment, told: Told, act: str) -> None:
        question, words, verb, icon, self._over = _TEXTS[act]
        super().__init__(panel, shown, told, tr(question), tr(words), icon=icon)
        self._act = act
        self.text = NoteEdit(lines=2 if act == "withdraw" else 6)
        self.form.add("reason" if act == "withdraw" else "text", tr("In words"), self.text)
        self.verb(tr(verb), self._save)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        do, then = self._desk.do, self.done_with(tr(self._over))
        text, request_id, version = self.text.value(), self._id, self._version
        if self._act == "disagree":
            do(self, then, disagreements.disagree, request_id=request_id, text=text, version=version)
        elif self._act == "rebut":
            do(self, then, disagreements.rebut, request_id=request_id, text=text, version=version)
        else:
            do(self, then, amendments.withdraw, request_id=request_id, reason=text, version=version)


def open_letter(
    parent: Panel | Dialog,
    desk: Desk,
    request_id: int,
    kind: LetterKind = LetterKind.ANSWER,
    person_id: int | None = None,
) -> LetterDialog:
    """A letter as it would go out now."""

    def printed(dialog: LetterDialog) -> None:
        desk.do(dialog, dialog.noted, amendments.note_printed, request_id=request_id, kind=kind)

    dialog = LetterDialog(parent, desk, tr("Letter about an amendment"), "amendment.pdf", printed)
    desk.ask(
        dialog,
        dialog.show_pdf,
        amendment_letters.letter_pdf,
        request_id=request_id,
        kind=kind,
        person_id=person_id,
    )
    dialog.open()
    return dialog


def open_sent_letter(parent: Panel | Dialog, desk: Desk, event_id: int) -> LetterDialog:
    """The letter as it went out."""
    dialog = LetterDialog(parent, desk, tr("Letter as it went out"), "amendment.pdf")
    desk.ask(dialog, dialog.show_pdf, amendment_letters.sent_pdf, event_id=event_id)
    dialog.open()
    return dialog
