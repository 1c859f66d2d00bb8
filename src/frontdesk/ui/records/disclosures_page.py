"""The disclosures page: everything that left, what patients are told of it, and who asked to be told."""

from datetime import timedelta
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from frontdesk.kernel.text import fold, us_date
from frontdesk.services.records import accounting, disclosures, suspensions
from frontdesk.services.records.accounting import Asked
from frontdesk.services.records.disclosures import DisclosureLine
from frontdesk.services.records.suspensions import MAY_SUSPEND, Suspended
from frontdesk.services.registration.search import FoundPatient
from frontdesk.ui.desk import Desk
from frontdesk.ui.finding.patient_box import PatientBox
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.dialog import confirm
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Facts, Section, SidePanel
from frontdesk.ui.kit.table import Table, TableModel
from frontdesk.ui.records import disclosure_dialogs, disclosure_look
from frontdesk.ui.records.frame import RecordsTabPage
from frontdesk.ui.records.packet_send import SentPacket
from frontdesk.ui.text import counted, tr
from frontdesk.ui.theme import theme

_SIDE, _SIDE_NARROW = 320, 280
_NARROW, _VERY_NARROW = 1080, 700
_MOST = 500
_ANY = 16_777_215
"""No limit to a height, as Qt says it."""


class Which(StrEnum):
    """What is listed."""

    ALL = "all"
    ACCOUNTED = "accounted"
    ASKED = "asked"


class DisclosuresPage(RecordsTabPage):
    """Left the entries or the requests, on the right the chosen one whole, with what can be done."""

    title = "Disclosures"
    part = "disclosures"
    topics = frozenset(
        {"disclosure", "accounting_request", "disclosure_suspension", "patient", "release_proof"}
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._patient: FoundPatient | None = None
        self._suspended: Suspended | None = None
        self._may = desk.may("records.release")
        self.toolbar.show_title(tr("Records"), tr("all patients"))
        self.which = Segmented(
            (
                (Which.ALL, tr("All")),
                (Which.ACCOUNTED, tr("Accounted for")),
                (Which.ASKED, tr("Asked to be told")),
            ),
            says=tr("Which entries"),
        )
        self.which.chosen.connect(lambda _: self.reload())
        self.finder = PatientBox(desk, tr("One patient"))
        self.finder.setFixedWidth(theme().px(190))
        self.finder.chosen.connect(self._one_patient)
        self.finder.textEdited.connect(self._all_patients)
        self.add = Button(tr("New entry"), "primary", icon="file-plus", keys="Ctrl+N")
        self.add.clicked.connect(self.new_entry)
        self.ask_button = Button(tr("Accounting asked for…"), icon="file-question-mark", keys="Ctrl+M")
        self.ask_button.clicked.connect(self.new_request)
        for button in (self.add, self.ask_button):
            set_shown(button, self._may)
        self.toolbar.add(self.add)
        self.entries = TableModel[DisclosureLine](
            disclosure_look.entry_columns(), key=lambda each: each.disclosure_id
        )
        self.table = Table(self.entries, says=tr("Disclosures, the newest on top"))
        self.table.chosen.connect(self._show_entry)
        self.table.opened.connect(lambda _: self.act("sent"))
        self.requests = TableModel[Asked](
            disclosure_look.asked_columns(desk.today), key=lambda each: each.accounting_id
        )
        self.asked = Table(self.requests, says=tr("Requests for the accounting"))
        self.asked.chosen.connect(self._show_asked)
        self.asked.opened.connect(lambda _: self.act("report"))
        self._build()
        self.bind_keys()

    # -- the page's contract ------------------------------------------------------

    def reload(self) -> None:
        super().reload()
        patient_id = self._patient.patient_id if self._patient is not None else None
        if self.which.value() is Which.ASKED:
            self.desk.ask(self, self._show_requests, accounting.asked, patient_id=patient_id)
        else:
            self.desk.ask(
                self,
                self._show_entries,
                disclosures.entries,
                patient_id=patient_id,
                only_accounted=self.which.value() is Which.ACCOUNTED,
                limit=_MOST,
            )

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Entry")),
            Key("Enter", tr("What was sent, or the letter")),
            Key("Ctrl+N", tr("New entry"), self.new_entry),
            Key("Ctrl+M", tr("Accounting asked for"), self.new_request),
            Key("Ctrl+Return", tr("What comes next"), self._main),
            Key("/", tr("One patient"), self._find),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.finder, self._shown())

    def open_with(self, errand: Errand) -> None:
        """The accounting of one patient is asked for at their name."""
        if errand.patient_id is not None and errand.act == "account":
            disclosure_dialogs.AskDialog(self, (errand.patient_id, errand.typed)).open()

    # -- what is shown --------------------------------------------------------------

    def _shown(self) -> Table[DisclosureLine] | Table[Asked]:
        return self.asked if self.which.value() is Which.ASKED else self.table

    def _show_entries(self, entries: tuple[DisclosureLine, ...]) -> None:
        if self.which.value() is Which.ASKED:
            return
        self.entries.show(entries)
        more = tr("the newest {count}", count=_MOST) if len(entries) == _MOST else ""
        self._count.setText(more or counted(len(entries), "{count} entry", "{count} entries"))
        self._list.setCurrentWidget(self.table if entries else self.nothing)
        if entries and self.table.current() is None:
            self.table.choose_first()
        self._show_entry(self.table.current())

    def _show_requests(self, asked: tuple[Asked, ...]) -> None:
        if self.which.value() is not Which.ASKED:
            return
        self.requests.show(asked)
        self._count.setText(counted(len(asked), "{count} request", "{count} requests"))
        self._list.setCurrentWidget(self.asked if asked else self.nothing)
        if asked and self.asked.current() is None:
            self.asked.choose_first()
        self._show_asked(self.asked.current())

    def _show_entry(self, entry: DisclosureLine | None) -> None:
        self._suspended = None
        self._facts.show_facts(disclosure_look.facts_of(entry) if entry is not None else ())
        self._head.setText(entry.recipient if entry is not None else "")
        if entry is not None and entry.ground in MAY_SUSPEND:
            self.desk.ask(self, self._show_suspended, suspensions.suspensions, patient_id=entry.patient_id)
        wanted: list[str] = []
        if entry is not None:
            self.patient_chosen.emit(entry.patient_id)
            wanted = ["sent", "request"] if entry.packet_id is not None else []
            wanted += ["correct"] if self._may else []
            wanted += ["strike"] if self._may and entry.sending_id is None else []
            wanted += ["suspend"] if self._may and entry.ground in MAY_SUSPEND else []
        self._show_verbs(wanted)

    def _show_suspended(self, stated: tuple[Suspended, ...]) -> None:
        """Whether the patient is told of the chosen entry now."""
        entry, today = self.table.current(), self.desk.today
        if entry is None or self.which.value() is Which.ASKED:
            return
        self._suspended = next(
            (
                each
                for each in stated
                if each.patient_id == entry.patient_id
                and fold(each.agency) == fold(entry.recipient)
                and each.starts_on <= today <= each.ends_on
            ),
            None,
        )
        if self._suspended is not None:
            until = tr(
                "not told until {day}, {name}",
                day=us_date(self._suspended.ends_on),
                name=self._suspended.stated_by,
            )
            self._facts.show_facts((*disclosure_look.facts_of(entry), (tr("Suspended"), until)))
        set_shown(self.verbs["suspend"], self._may and self._suspended is None)
        set_shown(self.verbs["resume"], self._may and self._suspended is not None)

    def _show_asked(self, asked: Asked | None) -> None:
        self._facts.show_facts(disclosure_look.asked_facts(asked) if asked is not None else ())
        self._head.setText(asked.patient if asked is not None else "")
        wanted: list[str] = []
        if asked is not None:
            self.patient_chosen.emit(asked.patient_id)
            wanted = ["report"]
            if asked.is_open and self._may:
                wanted += ["give", "withdraw"] if asked.is_extended else ["give", "extend", "withdraw"]
        self._show_verbs(wanted)

    def _show_verbs(self, wanted: list[str]) -> None:
        for name, button in self.verbs.items():
            set_shown(button, name in wanted)
        set_shown(self._acts, bool(wanted))

    # -- what people do ---------------------------------------------------------------

    def new_entry(self) -> None:
        if self._may:
            disclosure_dialogs.EntryDialog(self, self._whom()).open()

    def new_request(self) -> None:
        if self._may:
            disclosure_dialogs.AskDialog(self, self._whom()).open()

    def act(self, name: str) -> None:
        """A verb of the side, on what is chosen."""
        if self.verbs[name].isHidden():
            return
        entry, asked = self.table.current(), self.asked.current()
        if self.which.value() is Which.ASKED:
            if asked is not None:
                self._act_on_asked(name, asked)
        elif entry is not None:
            self._act_on_entry(name, entry)

    def _act_on_entry(self, name: str, entry: DisclosureLine) -> None:
        if name == "sent" and entry.packet_id is not None and entry.sending_id is not None:
            SentPacket(
                self, entry.packet_id, entry.locked_sha256, entry.request, sending_id=entry.sending_id
            ).open()
        elif name == "request" and entry.request_id is not None:
            self.go.emit("release_packet", Errand("sent", about_id=entry.request_id))
        elif name == "correct":
            disclosure_dialogs.EntryDialog(self, (entry.patient_id, entry.patient), entry).open()
        elif name == "strike":
            disclosure_dialogs.strike(self, entry)
        elif name == "resume" and self._suspended is not None:
            self.desk.do(
                self,
                self._resumed,
                suspensions.end_suspension,
                suspension_id=self._suspended.suspension_id,
                ends_on=max(self._suspended.starts_on, self.desk.today - timedelta(days=1)),
                version=self._suspended.version,
            )
        elif name == "suspend":
            disclosure_dialogs.SuspendDialog(self, (entry.patient_id, entry.patient), entry.recipient).open()

    def _act_on_asked(self, name: str, asked: Asked) -> None:
        if name == "report":
            self._open_report(asked)
        elif name == "give":
            confirm(
                self,
                tr("Give this accounting?"),
                tr("The letter is kept as it is handed over. It is shown next, to be printed."),
                verb=tr("Give it"),
                keep=tr("Not yet"),
                then=lambda: self._give(asked),
            )
        elif name == "extend":
            disclosure_dialogs.extend(self, asked)
        elif name == "withdraw":
            self.desk.do(
                self,
                self._changed,
                accounting.withdraw,
                accounting_id=asked.accounting_id,
                version=asked.version,
            )

    def _give(self, asked: Asked) -> None:
        self._given = asked
        self.desk.do(
            self, self._was_given, accounting.give, accounting_id=asked.accounting_id, version=asked.version
        )

    def _was_given(self, _: str) -> None:
        self.told.emit(tr("Accounting given"))
        self._open_report(self._given)

    def _open_report(self, asked: Asked) -> None:
        paper = PaperDialog(self, self.desk, tr("Accounting of disclosures"), "accounting.pdf")
        paper.open()
        self.desk.ask(paper, paper.show_pdf, accounting.report, accounting_id=asked.accounting_id)

    def _resumed(self, _: None) -> None:
        self.told.emit(tr("The patient is told of it again"))

    def _changed(self, _: object) -> None:
        self.told.emit(tr("Request for the accounting changed"))

    def _main(self) -> None:
        self.act("give" if self.which.value() is Which.ASKED else "sent")

    def _find(self) -> None:
        self.finder.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _whom(self) -> tuple[int, str] | None:
        return (self._patient.patient_id, self._patient.name) if self._patient is not None else None

    def _one_patient(self, found: FoundPatient) -> None:
        self._patient = found
        self.reload()
        self._shown().setFocus(Qt.FocusReason.OtherFocusReason)

    def _all_patients(self, _: str) -> None:
        if self._patient is not None:
            self._patient = None
            self.reload()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self.width()
        px = theme().px
        is_low = width < px(_VERY_NARROW)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._body.setDirection(down if is_low else across)
        self._side.setFixedWidth(width if is_low else px(_SIDE_NARROW if width < px(_NARROW) else _SIDE))
        self._side.setMaximumHeight(self.height() * 2 // 5 if is_low else _ANY)
        set_shown(self._count, width >= px(_NARROW))
        set_shown(self.ask_button, width >= px(_NARROW) and self._may)
        set_shown(self.finder, not is_low)
        self.asked.setColumnHidden(disclosure_look.ASKED_BY, width < px(_NARROW))
        self.asked.setColumnHidden(disclosure_look.ASKED_ON, width < px(_NARROW))
        self.table.setColumnHidden(disclosure_look.GROUND, width < theme().px(_NARROW))
        self.table.setColumnHidden(disclosure_look.ACCOUNTED, width < theme().px(_VERY_NARROW))
        self.table.setColumnHidden(disclosure_look.RECIPIENT, width < theme().px(_VERY_NARROW))

    def _build(self) -> None:
        self._count = Label("", "secondary", "text-2")
        bar = Frame(
            "bar", row(self.finder, self.which, self._count, None, self.ask_button, margins=(12, 0, 8, 0))
        )
        bar.setFixedHeight(theme().px(40))
        self.nothing = EmptyState(
            "megaphone",
            tr("Nothing was disclosed"),
            tr("Releases write their entries; others are entered here."),
        )
        self._list = QStackedWidget()
        for widget in (self.table, self.asked, self.nothing):
            self._list.addWidget(widget)
        self._facts = Facts()
        self._head = Label("", "section", wrap=True)
        self._side = side = SidePanel()
        whole = Section(ruled=False)
        whole.add(self._head)
        whole.add(self._facts)
        side.add(whole)
        words = (
            ("sent", tr("What was sent"), "file-search"),
            ("request", tr("Its request"), "inbox"),
            ("correct", tr("Correct…"), "pencil"),
            ("strike", tr("Strike…"), "ban"),
            ("suspend", tr("Suspend for this agency…"), "eye-off"),
            ("resume", tr("End the suspension"), "eye"),
            ("report", tr("Look at the letter"), "file-text"),
            ("give", tr("Give the accounting…"), "check"),
            ("extend", tr("Thirty days more…"), "calendar-plus"),
            ("withdraw", tr("Withdrawn"), "x"),
        )
        self.verbs: dict[str, Button] = {}
        for name, said, icon in words:
            button = Button(said, "primary" if name == "give" else "default", icon=icon)
            button.clicked.connect(lambda _=False, name=name: self.act(name))
            self.verbs[name] = button
        self._acts = Section()
        self._acts.body.addLayout(column(*self.verbs.values(), gap=6))
        side.add(self._acts)
        self._body = row(column(bar, self._list, gap=0), side, gap=0)
        self._body.setStretch(0, 1)
        content = QWidget()
        content.setLayout(self._body)
        for part in (content, self.toolbar):  # what has no room is put away below, not pushed aside
            part.setMinimumWidth(1)
        self.set_content(content)
