"""A request to others under the list: sending, calling, ticking what came."""

from frontdesk.services.records import outbound_views
from frontdesk.services.records.outbound import OutboundState, PartState
from frontdesk.services.records.outbound_requests import SEND
from frontdesk.services.records.outbound_views import Outbound, Part
from frontdesk.services.records.request_row import CheckLine, RequestRow
from frontdesk.services.visit import outside_records
from frontdesk.ui.finding.outside_office import OfficeDialog
from frontdesk.ui.kit.page import Errand
from frontdesk.ui.records import outbound_dialogs as dialogs
from frontdesk.ui.records.outbound_dialog import AskDialog
from frontdesk.ui.records.request_question import AskingPanels
from frontdesk.ui.text import tr

_ASK = "records.request"


class OutboundPanels(AskingPanels[Outbound]):
    """The checklist holds the letter and each thing that was asked for; Enter works on the line."""

    new_words = "Ask another office"
    new_icon = "mail-question-mark"
    checks_words = "What was asked for"
    topics = frozenset(
        {"outbound_request", "outbound_item", "outbound_event", "outside_office", "document", "appointment"}
    )

    # -- what is shown --------------------------------------------------------------

    def ask_detail(self, row: RequestRow) -> None:
        self.forget_other(row.id)
        self.desk.ask(self, self.show_read, outbound_views.request, request_id=row.id)
        self.desk.ask(self, self.show_detail, outside_records.detail, request_id=row.id)

    def named_acts(self) -> tuple[str, str]:
        shown = self.shown
        if shown is None or not shown.is_open or not self.desk.may(_ASK):
            return ("", "")
        if shown.line.state is OutboundState.TO_SEND:
            return ("send", "letter")
        return ("call", "came") if shown.line.is_chase_due else ("came", "call")

    # -- what people do ---------------------------------------------------------------

    def new(self, patient_id: int | None) -> None:
        AskDialog(self, self.desk, self.told.emit, patient_id=patient_id).open()

    def open_line(self, line: CheckLine) -> None:
        shown = self.shown
        if shown is None or not self.desk.may(_ASK):
            return
        if line.item == SEND:
            self.act_named("send" if shown.line.state is OutboundState.TO_SEND else "sent_letter")
            return
        part = next((each for each in shown.parts if str(each.item_id) == line.item), None)
        if part is not None and part.state is PartState.WAITING:
            dialogs.CameDialog(self, shown, part, self.told.emit).open()
        elif part is not None and part.document_id is not None:
            self.go.emit("records", Errand("records", shown.line.patient_id, about_id=part.document_id))

    def verbs(self) -> tuple[tuple[str, str, str], ...]:
        shown = self.shown
        if shown is None or not self.desk.may(_ASK):
            return ()
        wanted = ["sent_letter"] if self._last_letter() is not None else []
        if shown.is_open:
            wanted += ["letter", "dates", "office", "give_up"]
            wanted += ["send"] if shown.line.state is OutboundState.WAITING else []
        return self.besides(wanted)

    def all_verbs(self) -> tuple[tuple[str, str, str], ...]:
        again = self.shown is not None and self.shown.sent_on is not None
        return (
            ("send", "send", tr("Send again…") if again else tr("Send…")),
            ("call", "phone", tr("Log a call…")),
            ("came", "inbox", tr("Record came…")),
            ("letter", "file-text", tr("The letter…")),
            ("sent_letter", "history", tr("Letter as it went out…")),
            ("dates", "calendar-clock", tr("When it is needed…")),
            ("office", "building-2", tr("Change the office…")),
            ("give_up", "circle-slash", tr("Give up…")),
        )

    def act_named(self, name: str) -> None:
        shown = self.shown
        if shown is None or not name:
            return
        told = self.told.emit
        if name == "send":
            dialogs.SendDialog(self, shown, told).open()
        elif name == "call":
            dialogs.CallDialog(self, shown, told).open()
        elif name == "came":
            part = self._next_part(shown)
            if part is not None:
                dialogs.CameDialog(self, shown, part, told).open()
        elif name == "letter":
            dialogs.open_letter(self, self.desk, shown.line.request_id)
        elif name == "sent_letter" and (event_id := self._last_letter()) is not None:
            dialogs.open_sent_letter(self, self.desk, event_id)
        elif name == "dates":
            dialogs.DatesDialog(self, shown, told).open()
        elif name == "office":
            OfficeDialog(self, self.desk, self._office_changed, office=shown.office).open()
        elif name == "give_up":
            dialogs.GiveUpDialog(self, shown, told).open()

    def _next_part(self, shown: Outbound) -> Part | None:
        """The chosen line of the checklist where it is awaited, else the first that is."""
        chosen = self.checks.current()
        awaited = [each for each in shown.parts if each.state is PartState.WAITING]
        marked = [each for each in awaited if chosen is not None and str(each.item_id) == chosen.item]
        return next(iter(marked or awaited), None)

    def _last_letter(self) -> int | None:
        entries = self.shown.history if self.shown is not None else ()
        return next((each.event_id for each in reversed(entries) if each.has_letter), None)

    def _office_changed(self, _: int) -> None:
        self.told.emit(tr("Changed the office in the directory"))
