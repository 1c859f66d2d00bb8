"""A request for amendment under the list: deciding, answering in writing, telling, what follows a no."""

from frontdesk.services.records import amendment_requests, amendment_views, disagreements
from frontdesk.services.records.amendment_requests import DECIDE, LETTER, REBUT, REBUTTAL_LETTER, TELL
from frontdesk.services.records.amendment_views import Amendment
from frontdesk.services.records.amendments import AmendmentState, LetterKind
from frontdesk.services.records.request_row import CheckLine, RequestRow
from frontdesk.ui.records import amendment_dialogs as dialogs
from frontdesk.ui.records.amendment_dialog import AmendmentDialog
from frontdesk.ui.records.request_question import AskingPanels
from frontdesk.ui.text import tr

_AMEND, _DECIDE = "records.amend", "records.decide_amendment"
_YES = (AmendmentState.ACCEPTED, AmendmentState.IN_PART)
_NO = (AmendmentState.DENIED, AmendmentState.IN_PART)


class AmendmentPanels(AskingPanels[Amendment]):
    """The verbs follow the state; Enter on a line of the checklist works on it."""

    new_words = "Request to amend the record"
    new_icon = "file-pen-line"
    checks_words = "Until it is answered"
    topics = frozenset({"amendment_request", "amendment_event", "document"})

    # -- what is shown --------------------------------------------------------------

    def ask_detail(self, row: RequestRow) -> None:
        self.forget_other(row.id)
        self.desk.ask(self, self.show_read, amendment_views.amendment, request_id=row.id)
        self.desk.ask(self, self.show_detail, amendment_requests.detail, request_id=row.id)

    def named_acts(self) -> tuple[str, str]:
        shown = self.shown
        if shown is None or not self.desk.may(_AMEND):
            return ("", "")
        if shown.line.state is AmendmentState.OPEN:
            second = "extend" if shown.may_extend else ""
            return ("decide", second) if self.desk.may(_DECIDE) else (second, "")
        if shown.line.state is AmendmentState.WITHDRAWN:
            return ("", "")
        if shown.answered_on is None:
            return ("send", "name" if shown.line.state in _YES else "")
        if shown.line.state in _YES and any(person.told_on is None for person in shown.people):
            return ("tell", "name")
        if shown.rebuttal and not shown.rebuttal_sent:
            return ("send_rebuttal", "")
        return ("", "disagree" if shown.line.state in _NO and not shown.disagreement else "")

    # -- what people do ---------------------------------------------------------------

    def new(self, patient_id: int | None) -> None:
        AmendmentDialog(self, self.desk, self.told.emit, patient_id=patient_id).open()

    def open_line(self, line: CheckLine) -> None:
        shown = self.shown
        if shown is None or not self.desk.may(_AMEND):
            return
        act = {
            DECIDE: "decide" if shown.decided_on is None else "letter",
            LETTER: "send" if shown.answered_on is None else "sent_letter",
            REBUT: "rebut",
            REBUTTAL_LETTER: "send_rebuttal" if not shown.rebuttal_sent else "",
        }.get(line.item, "")
        if line.item.startswith(TELL):
            self._tell(int(line.item.removeprefix(TELL)))
        elif act:
            self.act_named(act)

    def verbs(self) -> tuple[tuple[str, str, str], ...]:
        shown = self.shown
        if shown is None or not self.desk.may(_AMEND):
            return ()
        state, wanted = shown.line.state, ["sent_letter"] if self._last_letter() is not None else []
        if state is AmendmentState.OPEN:
            wanted += ["withdraw", *(["extend"] if shown.may_extend else [])]
        elif state is not AmendmentState.WITHDRAWN:
            wanted.append("letter")
            if state in _YES:
                wanted.append("name")
            if state in _NO and not shown.disagreement:
                wanted += ["disagree", *([] if shown.includes else ["include"])]
            if shown.disagreement and not shown.rebuttal and self.desk.may(_DECIDE):
                wanted.append("rebut")
        return self.besides(wanted)

    def all_verbs(self) -> tuple[tuple[str, str, str], ...]:
        return (
            ("decide", "scale", tr("Decide…")),
            ("extend", "calendar-plus", tr("Take more time…")),
            ("send", "send", tr("Send the answer…")),
            ("tell", "send", tr("Tell the next…")),
            ("send_rebuttal", "send", tr("Send the rebuttal…")),
            ("name", "user-plus", tr("Who is to be told…")),
            ("letter", "file-text", tr("The letter…")),
            ("sent_letter", "history", tr("Letter as it went out…")),
            ("disagree", "message-square-warning", tr("Statement of disagreement…")),
            ("include", "paperclip", tr("Patient wants it sent along")),
            ("rebut", "message-square-reply", tr("Rebuttal…")),
            ("withdraw", "x", tr("Withdrawn…")),
        )

    def act_named(self, name: str) -> None:
        shown = self.shown
        if shown is None or not name:
            return
        told, request_id = self.told.emit, shown.line.request_id
        if name == "decide":
            if self.desk.may(_DECIDE):
                dialogs.DecideDialog(self, shown, told).open()
        elif name == "extend":
            dialogs.ExtendDialog(self, shown, told).open()
        elif name == "send":
            dialogs.LetterSentDialog(self, shown, told, LetterKind.ANSWER).open()
        elif name == "send_rebuttal":
            dialogs.LetterSentDialog(self, shown, told, LetterKind.REBUTTAL).open()
        elif name == "name":
            dialogs.PersonDialog(self, shown, told).open()
        elif name == "tell":
            self._tell(next(person.person_id for person in shown.people if person.told_on is None))
        elif name == "letter":
            dialogs.open_letter(self, self.desk, request_id)
        elif name == "sent_letter" and (event_id := self._last_letter()) is not None:
            dialogs.open_sent_letter(self, self.desk, event_id)
        elif name == "include":
            version = shown.version
            self.desk.do(
                self, self._included, disagreements.ask_include, request_id=request_id, version=version
            )
        elif name in ("disagree", "rebut", "withdraw"):
            dialogs.TextDialog(self, shown, told, name).open()

    def _tell(self, person_id: int) -> None:
        shown = self.shown
        person = next((each for each in shown.people if each.person_id == person_id), None) if shown else None
        if shown is not None and person is not None and person.told_on is None:
            dialogs.ToldDialog(self, shown, self.told.emit, person).open()

    def _last_letter(self) -> int | None:
        entries = self.shown.history if self.shown is not None else ()
        return next((each.event_id for each in reversed(entries) if each.has_letter), None)

    def _included(self, _: int) -> None:
        self.told.emit(tr("The request and the denial go out with the record"))
