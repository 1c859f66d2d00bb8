"""Small questions about a request to others: how it was sent, who answered, what came, when it is needed."""

from PySide6.QtCore import Qt

from frontdesk.kernel.text import us_date, us_phone
from frontdesk.services.records import outbound, outbound_letter, outbound_views
from frontdesk.services.records.outbound import Way
from frontdesk.services.records.outbound_views import Candidate, Outbound, Part
from frontdesk.services.visit import outside_records
from frontdesk.services.visit.outside_records import VisitToCome
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import DateEdit, NoteEdit, TextEdit
from frontdesk.ui.kit.page import Panel
from frontdesk.ui.records.letter_dialog import LetterDialog
from frontdesk.ui.records.request_question import RequestQuestion, Told
from frontdesk.ui.text import tr

_NONE = 0
WAYS = (
    (Way.FAX, "Fax"),
    (Way.MAIL, "Mail"),
    (Way.EMAIL, "Secure e-mail"),
    (Way.HAND, "By hand"),
)


class _OfRequest(RequestQuestion[Outbound]):
    """About one request to others."""

    width_of_it = 520


class SendDialog(_OfRequest):
    """The letter is looked at and printed here; sending is done by hand, and noted."""

    def __init__(self, panel: Panel, shown: Outbound, told: Told) -> None:
        super().__init__(
            panel,
            shown,
            told,
            tr("How does the letter go out?"),
            tr("Print or save it, send it, then note it here. The first call follows from that day."),
            icon="send",
        )
        self.way: Combo[Way] = Combo(tuple((way, tr(words)) for way, words in WAYS))
        self.to = TextEdit()
        self.form.add("way", tr("By"), self.way, span=4)
        self.form.add("sent_to", tr("To"), self.to, span=8)
        self.way.chosen.connect(self._show_to)
        office = shown.office.draft
        self.way.set_value(Way.FAX if office.fax else Way.EMAIL if office.email else Way.MAIL)
        self._show_to()
        self.look = self.add_verb(tr("The letter…"), self.look_at, keys="Alt+L", closes=False)
        self.look.setShortcut("Alt+L")
        self.verb(tr("It was sent"), self._save)
        self.way.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_at(self) -> LetterDialog:
        """The letter as it goes out this way."""
        return open_letter(self, self._desk, self._id, self.way.value())

    def _show_to(self, _: object = None) -> None:
        office = self._shown.office
        self.to.set_value(
            {
                Way.FAX: us_phone(office.draft.fax) if office.draft.fax else "",
                Way.EMAIL: office.draft.email,
                Way.MAIL: office.address,
            }.get(self.way.value() or Way.HAND, "")
        )

    def _save(self) -> None:
        self._desk.do(
            self,
            self.done_with(tr("Noted that {number} was sent")),
            outbound.note_sent,
            request_id=self._id,
            way=self.way.value() or Way.FAX,
            sent_to=self.to.value(),
            version=self._version,
        )


class CallDialog(_OfRequest):
    """Who answered, what they said, when to call again."""

    def __init__(self, panel: Panel, shown: Outbound, told: Told) -> None:
        phone = us_phone(shown.office.draft.phone) if shown.office.draft.phone else shown.office.reach
        super().__init__(
            panel,
            shown,
            told,
            tr("What did they say?"),
            tr("{office}, {phone}", office=shown.office.title, phone=phone),
            icon="phone",
        )
        self.answered = TextEdit(shown.office.draft.attention)
        self.note = NoteEdit(lines=2)
        self.again = DateEdit()
        self.form.add("answered_by", tr("Who answered"), self.answered, span=7)
        self.form.add("chase_on", tr("Call again on"), self.again, span=5, message=tr("Empty: as usual."))
        self.form.add("note", tr("What they said"), self.note)
        self.verb(tr("Log the call"), self._save)
        self.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        if self.form.check():
            self._desk.do(
                self,
                self.done_with(tr("Logged the call for {number}")),
                outbound.note_call,
                request_id=self._id,
                answered_by=self.answered.value(),
                note=self.note.value(),
                chase_on=self.again.value(),
                version=self._version,
            )


class CameDialog(_OfRequest):
    """Ticks one thing: the document that came, or how the answer came, or that they have none."""

    def __init__(self, panel: Panel, shown: Outbound, part: Part, told: Told) -> None:
        super().__init__(
            panel,
            shown,
            told,
            tr("What came of it?"),
            tr("{what}, asked of {office}.", what=part.what, office=shown.office.title),
            icon="inbox",
        )
        self._part = part
        self.document: Combo[int] = Combo(((_NONE, tr("No document")),))
        self.note = TextEdit(hint=tr("Told on the phone, looked at in their portal, …"))
        self.form.add(
            "document_id", tr("The document"), self.document, message=tr("What came since the request.")
        )
        self.form.add("note", tr("Note"), self.note)
        self.none = self.add_verb(tr("They have none"), self._none, keys="Alt+N", closes=False)
        self.none.setShortcut("Alt+N")
        self.verb(tr("It came"), self._save)
        self._desk.ask(self, self._show, outbound_views.candidates, request_id=self._id)
        self.document.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, found: tuple[Candidate, ...]) -> None:
        options = tuple((each.document_id, _candidate(each)) for each in found)
        self.document.set_options(((_NONE, tr("No document")), *options))
        if found and found[0].is_likely:
            self.document.set_value(found[0].document_id)

    def _save(self) -> None:
        self._desk.do(
            self,
            self.done_with(tr("Ticked what came for {number}")),
            outbound.note_came,
            item_id=self._part.item_id,
            document_id=self.document.value() or None,
            note=self.note.value(),
            version=self._part.version,
        )

    def _none(self) -> None:
        self._desk.do(
            self,
            self.done_with(tr("Ticked for {number}: they have none")),
            outbound.note_none_there,
            item_id=self._part.item_id,
            note=self.note.value(),
            version=self._part.version,
        )


class DatesDialog(_OfRequest):
    """Another visit or day, another day to call."""

    def __init__(self, panel: Panel, shown: Outbound, told: Told) -> None:
        super().__init__(
            panel,
            shown,
            told,
            tr("When are they needed?"),
            tr("Visits that wait for them say so."),
            icon="calendar-clock",
        )
        self._visits: tuple[VisitToCome, ...] = ()
        self.visit: Combo[int] = Combo(((_NONE, tr("No visit")),))
        self.needed, self.chase = DateEdit(), DateEdit()
        self.needed.set_value(shown.line.needed_on)
        self.chase.set_value(shown.line.chase_on)
        self.form.add("visit_id", tr("Needed for"), self.visit)
        self.form.add("needed_on", tr("Needed by"), self.needed, span=6)
        self.form.add("chase_on", tr("Next call"), self.chase, span=6)
        self.form.row("chase_on").setEnabled(shown.sent_on is not None)
        self.visit.chosen.connect(self._take_day)
        self.verb(tr("Save the days"), self._save)
        ask, patient_id = self._desk.ask, shown.line.patient_id
        ask(self, self._show, outside_records.visits_to_come, patient_id=patient_id)
        self.needed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, visits: tuple[VisitToCome, ...]) -> None:
        self._visits = visits
        options = tuple((each.appointment_id, each.words) for each in visits)
        self.visit.set_options(((_NONE, tr("No visit")), *options))
        self.visit.set_value(self._shown.line.visit_id or _NONE)

    def _take_day(self, appointment_id: int) -> None:
        for each in self._visits:
            if each.appointment_id == appointment_id:
                self.needed.set_value(each.needed_on)

    def _save(self) -> None:
        if self.form.check():
            self._desk.do(
                self,
                self.done_with(tr("Changed the days of {number}")),
                outbound.set_dates,
                request_id=self._id,
                needed_on=self.needed.value(),
                visit_id=self.visit.value() or None,
                chase_on=self.chase.value(),
                version=self._version,
            )


class GiveUpDialog(_OfRequest):
    """Nothing more is expected."""

    def __init__(self, panel: Panel, shown: Outbound, told: Told) -> None:
        super().__init__(
            panel,
            shown,
            told,
            tr("Why is nothing more expected?"),
            tr("What came stays. The request leaves the open ones; Ctrl+Z brings it back."),
            icon="circle-slash",
        )
        self.reason = NoteEdit(lines=2)
        self.form.add("reason", tr("Reason"), self.reason)
        self.verb(tr("Give it up"), self._save)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save(self) -> None:
        self._desk.do(
            self,
            self.done_with(tr("Gave up {number}")),
            outbound.give_up,
            request_id=self._id,
            reason=self.reason.value(),
            version=self._version,
        )


def open_letter(parent: Panel | Dialog, desk: Desk, request_id: int, way: Way | None = None) -> LetterDialog:
    """The letter as it would go out now."""

    def printed(dialog: LetterDialog) -> None:
        desk.do(dialog, dialog.noted, outbound.note_printed, request_id=request_id)

    dialog = LetterDialog(parent, desk, tr("Request for records"), "request.pdf", printed)
    desk.ask(dialog, dialog.show_pdf, outbound_letter.letter_pdf, request_id=request_id, way=way)
    dialog.open()
    return dialog


def open_sent_letter(parent: Panel, desk: Desk, event_id: int) -> LetterDialog:
    """The letter as it went out."""
    dialog = LetterDialog(parent, desk, tr("Request as it went out"), "request.pdf")
    desk.ask(dialog, dialog.show_pdf, outbound_letter.sent_pdf, event_id=event_id)
    dialog.open()
    return dialog


def _candidate(each: Candidate) -> str:
    where = tr("in the chart") if each.is_filed else tr("in the tray")
    return ", ".join(filter(None, (each.title, each.source, us_date(each.on), where)))
