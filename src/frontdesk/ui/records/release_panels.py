"""A request for copies under the list: what comes next, and everything else that can be done with it."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import clock_time, us_date
from frontdesk.services.records import release_desk, release_detail, release_fees, release_steps
from frontdesk.services.records.release_detail import FORM, PAGES, REVIEW, ReleaseDetail
from frontdesk.services.records.release_forms import CheckItem
from frontdesk.services.records.release_words import ReleaseState
from frontdesk.services.records.request_row import CheckLine, RequestRow
from frontdesk.services.visit import release_signing
from frontdesk.services.visit.release_signing import SigningVisit
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.records import release_dialogs
from frontdesk.ui.records.release_dialog import ReleaseDialog
from frontdesk.ui.records.release_form_dialog import ReleaseFormDialog
from frontdesk.ui.records.request_panels import RequestPanels
from frontdesk.ui.text import tr

_RELEASE, _REVIEW = "records.release", "records.review_release"
_OPEN = release_steps.OPEN
_CHECKS = {
    item.value: f"check_{item.value}"
    for item in (CheckItem.AUTHORITY, CheckItem.ASSURANCE, CheckItem.MINIMUM)
}
"""What is looked at before the pages, and its act."""
_PREPARING = (ReleaseState.IDENTITY_CHECKED, ReleaseState.COLLECTING)


class ReleasePanels(RequestPanels):
    """The verbs follow the state; each is also in the menu of Alt+M where it can be done at all."""

    new_words = "Request for copies"
    topics = frozenset(
        {
            "release_request",
            "release_event",
            "release_fact",
            "release_form",
            "release_review",
            "consent",
            "document",
            "patient_contact",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.detail: ReleaseDetail | None = None
        self._visit: SigningVisit | None = None

    # -- what is shown --------------------------------------------------------------

    def ask_detail(self, row: RequestRow) -> None:
        self.desk.ask(self, self._show, release_detail.detail, request_id=row.id)
        self.desk.ask(self, self._show_visit, release_signing.next_visit, request_id=row.id)

    def _show(self, detail: ReleaseDetail) -> None:
        if self.row is None or detail.panels.row.id != self.row.id:
            return
        if self._visit is not None and self._visit.request_id != self.row.id:
            self._visit = None
        self.detail = detail
        self.show_panels(detail.panels)
        self.show_acts()

    def _show_visit(self, visit: SigningVisit | None) -> None:
        self._visit = visit
        self.show_acts()

    def named_acts(self) -> tuple[str, str]:
        detail = self.detail
        if detail is None:
            return ("", "")
        if not self.desk.may(_RELEASE):
            return ("review", "pages") if self._may_review() else ("", "")
        state = detail.state
        back = "" if detail.is_access else "return"
        if state is ReleaseState.NEW:
            return ("check_identity", back)
        if state is ReleaseState.WAITING_SIGNATURE:
            return ("sign_at_visit" if self._can_sign_at_visit() else "form", back)
        if state in _PREPARING:
            return (self._preparing(), "")
        if state is ReleaseState.UNDER_REVIEW:
            return ("review" if self._may_review() else "", "take_back")
        if state is ReleaseState.READY:
            return ("send", "take_back")
        return ("close" if state is ReleaseState.SENT else "reopen", "") if self._can_end(state) else ("", "")

    def _preparing(self) -> str:
        """The first thing of the checklist that is still open, then the pages."""
        assert self.detail is not None
        for line in self.detail.panels.checks:
            if line.item in _CHECKS and line.mark.value in ("open", "missing"):
                return _CHECKS[line.item]
        return "prepare" if self.detail.panels.row.state_words.startswith("Being collected") else "pages"

    def _can_end(self, state: ReleaseState) -> bool:
        return state is not ReleaseState.CLOSED

    def _may_review(self) -> bool:
        return (
            self.detail is not None
            and self.detail.state is ReleaseState.UNDER_REVIEW
            and self.desk.may(_REVIEW)
        )

    def _can_sign_at_visit(self) -> bool:
        return self._visit is not None and self.detail is not None and self.detail.asked_for_visit_on is None

    # -- what people do ---------------------------------------------------------------

    def verbs(self) -> tuple[tuple[str, str, str], ...]:
        if self.detail is None or not self.desk.may(_RELEASE):
            return ()
        state, detail = self.detail.state, self.detail
        wanted: list[str] = []
        if state in _OPEN:
            wanted = ["take_on", "note", "pages", "change", "check_identity", "form"]
            if detail.has_form:
                wanted.append("end_form")
            if detail.may_extend:
                wanted.append("extend")
            wanted += ["return"] if not detail.is_access else []
            wanted += ["deny", "withdraw"]
        else:
            wanted = ["note", "sent"] if state in (ReleaseState.SENT, ReleaseState.CLOSED) else ["note"]
        return self.besides(wanted)

    def all_verbs(self) -> tuple[tuple[str, str, str], ...]:
        owner = self.row.owner if self.row is not None else ""
        mine = owner == self.desk.actor.name
        take_on = tr("Take it over from {name}", name=owner) if owner else tr("Take it on")
        at = _at(self._visit.starts, self.desk.local_now) if self._visit is not None else ""
        chooses = self.desk.may(_RELEASE) and self.detail is not None and self.detail.state in _PREPARING
        pages = tr("Choose pages…") if chooses else tr("See the pages…")
        return (
            ("take_on", "hand", tr("Let go of it") if mine else take_on),
            ("note", "notebook-pen", tr("Note in the history…")),
            ("change", "pencil", tr("Change the request…")),
            ("check_identity", "user-check", tr("Check identity…")),
            ("check_authority", "file-badge", tr("Check authority…")),
            ("check_assurance", "bell", tr("Check notice to the patient…")),
            ("check_minimum", "scissors", tr("Say what is enough…")),
            ("form", "file-pen", tr("Record signed form…")),
            ("sign_at_visit", "file-pen", tr("Sign at check-in {at}", at=at)),
            ("end_form", "file-x", tr("Form revoked or ended…")),
            ("extend", "calendar-plus", tr("Extend the time…")),
            ("pages", "list-checks", pages),
            ("prepare", "check", tr("Finish preparing")),
            ("send", "send", tr("Send copies…")),
            ("sent", "package-check", tr("What was sent…")),
            ("review", "book-check", tr("Read and decide…")),
            ("take_back", "undo-2", tr("Take back into preparation")),
            ("return", "corner-up-left", tr("Return to sender…")),
            ("deny", "ban", tr("Deny…")),
            ("withdraw", "x", tr("Withdrawn…")),
            ("close", "check-check", tr("Close request…")),
            ("reopen", "rotate-ccw", tr("Take up again…")),
        )

    def panel_keys(self) -> tuple[Key, ...]:
        return (Key("Ctrl+H", tr("Note in the history"), lambda: self.act_named("note")),)

    def new(self, patient_id: int | None) -> None:
        ReleaseDialog(self, self.desk, self.told.emit, patient_id=patient_id).open()

    def open_line(self, line: CheckLine) -> None:
        if line.item == FORM:
            self.act_named("form")
        elif line.item == REVIEW:
            self.act_named("review")
        elif line.item in (PAGES, release_fees.CHECK):
            self.act_named("pages")
        elif line.item in {item.value for item in CheckItem}:
            self._check(CheckItem(line.item))

    def act_named(self, name: str) -> None:
        detail = self.detail
        if detail is None or not name or self.row is None:
            return
        request_id, version = self.row.id, detail.panels.version
        if name == "take_on":
            self._take_on(request_id, version)
        elif name == "change":
            ReleaseDialog(self, self.desk, self.told.emit, request_id=request_id, version=version).open()
        elif name.startswith("check_"):
            self._check(CheckItem(name.removeprefix("check_")))
        elif name == "form":
            ReleaseFormDialog(self, self.desk, self.told.emit, request_id, version).open()
        elif name == "sign_at_visit" and self._visit is not None:
            self.desk.do(
                self,
                self._asked_for_visit,
                release_signing.ask_at_visit,
                request_id=request_id,
                appointment_id=self._visit.appointment_id,
                version=version,
            )
        elif name in ("pages", "send", "sent"):
            self.go.emit("release_packet", Errand(name, patient_id=self.row.patient_id, about_id=request_id))
        elif name == "prepare":
            self.desk.do(self, self._prepared, release_steps.prepare, request_id=request_id, version=version)
        elif name == "take_back":
            self.desk.do(
                self, self._prepared, release_steps.take_back, request_id=request_id, version=version
            )
        else:
            release_dialogs.open_for(name, self, detail, self.told.emit)

    def _check(self, item: CheckItem) -> None:
        if self.detail is not None and self.detail.state in _OPEN and self.desk.may(_RELEASE):
            release_dialogs.CheckDialog(self, self.detail, item, self.told.emit).open()

    def _take_on(self, request_id: int, version: int) -> None:
        owner = self.row.owner if self.row is not None else ""
        if owner == self.desk.actor.name:
            self.desk.do(self, self._owned, release_desk.let_go, request_id=request_id, version=version)
        else:
            self.desk.do(
                self,
                self._owned,
                release_desk.take_on,
                request_id=request_id,
                take_over=bool(owner),
                version=version,
            )

    def _owned(self, _: None) -> None:
        self.told.emit(tr("Changed who works on the request"))

    def _prepared(self, _: None) -> None:
        self.told.emit(tr("Changed how far the request is"))

    def _asked_for_visit(self, _: object) -> None:
        self.told.emit(tr("The form is asked for at check-in"))


def _at(starts: datetime, now: datetime) -> str:
    """ "11:15" today, else "03/20 11:15"."""
    return (
        clock_time(starts)
        if starts.date() == now.date()
        else f"{us_date(starts.date())[:5]} {clock_time(starts)}"
    )
