"""Every component in its states on one page, as in mockup 14: `python -m frontdesk.ui.kit.gallery FOLDER`."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QVBoxLayout, QWidget

from frontdesk.ui.kit import draw
from frontdesk.ui.kit.banner import Banner, EmptyState, FailedState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell, Group
from frontdesk.ui.kit.checklist import Checklist, Step
from frontdesk.ui.kit.chip import Chip
from frontdesk.ui.kit.choice import CheckBox, RadioButton, Segmented, Switch
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import AmountEdit, PhoneEdit, TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.indicators import ReadinessBar, TimerRing
from frontdesk.ui.kit.label import Badge, IconLabel, KeyHint, Label, Rule
from frontdesk.ui.kit.row_list import Item, ListModel, RowList, Words
from frontdesk.ui.kit.search_box import SearchBox
from frontdesk.ui.kit.signature_pad import SignaturePad
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.tabs import SubTabs
from frontdesk.ui.kit.timeline import Moment, Timeline
from frontdesk.ui.kit.toast import Toast
from frontdesk.ui.theme import Role, ThemeName, theme

STATUSES = (
    ("st-sched", "circle", "Scheduled", "Kowalski, Jan"),
    ("st-conf", "circle-check", "Confirmed", "Harris, Walter"),
    ("st-arr", "clipboard-pen", "Checking in", "Foster, Danielle"),
    ("st-ready", "armchair", "Ready, waiting", "Nowak, Edith"),
    ("st-room", "door-closed", "In room", "Tanaka, Keiko"),
    ("st-prov", "stethoscope", "In visit", "Castillo, Raymond"),
    ("st-out", "receipt-text", "Check-out", "Petersen, Carol"),
    ("st-done", "check", "Done", "Jennings, Harold"),
    ("st-noshow", "user-x", "No-show", "Rossi, Matteo"),
    ("st-canc", "ban", "Canceled", "Hollis, Renee"),
)
TYPE: tuple[tuple[Role, str], ...] = (
    ("page", "Page title"),
    ("section", "Section title"),
    ("body", "Body and table text"),
    ("strong", "Name, strong body"),
    ("secondary", "Secondary, form labels"),
    ("caption", "Captions, column heads"),
)


@dataclass(frozen=True, slots=True)
class _Claim:
    number: str
    patient: str
    detail: str
    cents: int


class _StatusBox(QWidget):
    """A visit's stripe, fill and name, as the schedule paints them."""

    def __init__(self, tone: str, name: str) -> None:
        super().__init__()
        self._tone, self._name = tone, name
        self.setFixedSize(theme().px(130), theme().px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill, _, mark = draw.tone_colors(self._tone)
        draw.box(painter, self.rect(), fill, theme().color("line-2"))
        painter.fillRect(0, 1, theme().px(4), self.height() - 2, mark)
        inner = self.rect().adjusted(theme().px(11), 0, 0, 0)
        draw.words(painter, inner, self._name, "strong", f"{self._tone}-tx")
        painter.end()


def _heading(text: str, detail: str = "") -> QWidget:
    box = QWidget()
    box.setLayout(
        column(row(Label(text, "strong"), Label(detail, "secondary", "text-3"), None), Rule(), gap=4)
    )
    return box


def _buttons() -> QVBoxLayout:
    disabled = Button("Post to ledger")
    disabled.setEnabled(False)
    return column(
        _heading("Buttons"),
        row(
            Button("Check in", "primary", icon="clipboard-check"),
            Button("Park", icon="circle-pause", keys="F12"),
            Button("Waive…", "ghost"),
            None,
        ),
        row(disabled, Button("Tonal", "tonal", icon="clipboard-check", keys="F4"), None),
        row(Button("Verifying…", icon="loader"), Button("Destroy record…", "danger", icon="trash-2"), None),
    )


def _form() -> QVBoxLayout:
    mobile = PhoneEdit()
    mobile.set_value("5035550148")
    copay = AmountEdit()
    copay.set_value(3000)
    copay.setReadOnly(True)
    payer = Combo((("bcbs", "BCBS PPO"), ("ohp", "OHP Medicaid")))
    form = Form()
    form.add("mobile", "Mobile", mobile, span=6)
    form.add("city", "City", TextEdit("Beaverton"), span=6)
    form.add("payer", "Payer", payer, span=6)
    form.add("copay", "From the payer", copay, span=6)
    wrong = form.add("member", "Member ID", TextEdit("XQP 884 12"))
    wrong.set_error("12 characters expected. Two are missing at the end.")
    view = Segmented((("day", "Day"), ("week", "Week"), ("resources", "Resources")), says="View")
    card = RadioButton("Card")
    card.setChecked(True)
    marks = (CheckBox("Print", checked=True), CheckBox("E-mail"), card, RadioButton("Cash"))
    switches = (Switch("Reminders", on=True), Switch("Letters"))
    badges = (Badge(3), Badge(9, "warn"), Badge(2, "block"))
    return column(
        _heading("Form rows"),
        form,
        row(*marks, *switches, None),
        row(view, KeyHint("Ctrl+K"), *badges, None),
        SearchBox("Name or birth date", keys="Ctrl+I"),
    )


def _chips() -> QVBoxLayout:
    return column(
        _heading("Chips"),
        row(
            Chip("Active", "ok", "shield-check"),
            Chip("On time", "ok", "check"),
            Chip("18 min late", "warn", "clock-alert"),
            Chip("CO-45"),
            None,
        ),
        row(
            Chip("Auth missing", "block", "file-lock"),
            Chip("Calling", "info", "phone-call"),
            Chip("After 9:00", draw.ACCENT, "x", acts=True),
            Chip("Waiting 3", draw.OUTLINE, acts=True),
            None,
        ),
        _heading("Banner"),
        Banner("block", "Cannot be sent. The form has no signature."),
        Banner("warn", "Eligibility was last checked 15 days ago.", action="Check again"),
        Banner("info", "Terminal 2 is ready."),
        Banner("ok", "Deposit balances. Ready to post."),
    )


def _table() -> QVBoxLayout:
    model = TableModel[_Claim](
        (
            Column("Claim", lambda claim: claim.number, width=70),
            Column("Patient", lambda claim: Cell(claim.patient, "strong", detail=claim.detail)),
            Column("State", lambda claim: Cell("Needs fix", tone="block", icon="circle-alert"), width=104),
            Column("Charge", lambda claim: f"{claim.cents / 100:.2f}", width=70, align="right"),
        ),
        key=lambda claim: claim.number,
    )
    claims = (
        _Claim("04131", "Achebe, Winston", "", 16800),
        _Claim("04119", "Ramos, Yesenia", "second claim", 31200),
        _Claim("04127", "Castillo, Raymond", "selected", 24500),
    )
    model.show_groups(
        ((Group("Needs fix before sending", "3 claims, $725.00", "circle-alert", "block"), claims),)
    )
    table = Table(model, says="Claims")
    table.choose("04127")
    table.setFixedHeight(theme().px(28 + 26 + 90 + 2))
    tabs = SubTabs(
        (("documents", "Documents"), ("requests", "Requests"), ("kept", "Retention")), says="Records"
    )
    tabs.show_count("requests", 3, "warn")
    tabs.setFixedHeight(theme().px(40))
    return column(_heading("Table rows"), table, row(tabs, None))


def _lists() -> QVBoxLayout:
    steps = Checklist(says="Steps")
    steps.show_steps(
        (
            Step("demographics", "Demographics", "Address changed, saved 10:38", "done", "Alt+2"),
            Step("consents", "Consents", "1 of 3 to sign: consent to treat", "problem", "Alt+4"),
        )
    )
    steps.choose("consents")
    steps.setFixedHeight(theme().px(134))
    model = ListModel[Item](lambda item: item, key=lambda item: item.title)
    model.show(
        (
            Item(
                "Walter Harris",
                lines=(
                    (Words("Lee, post-hospital visit"),),
                    (
                        Words("Records release", "warn-tx", "file-pen", "warn"),
                        Words("Wheelchair", icon="accessibility"),
                    ),
                ),
                lead="11:15",
                trailing=Words("27 min late", "block-tx"),
            ),
            Item("Lab results", icon="flask-conical", trailing=Words("22")),
        )
    )
    rows = RowList(model, says="Expected")
    rows.setFixedHeight(theme().px(96))
    moments = (
        Moment("Fax came", "02/15"),
        Moment("Form sent", "02/20", "ahead"),
        Moment("Deadline", "03/16", "problem"),
    )
    return column(
        _heading("Checklist, list, timeline"),
        row(steps, rows),
        Timeline(moments),
        Timeline((*moments, Moment("Paid", state="ahead")), flat=True),
    )


def _status() -> QVBoxLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(theme().px(3))
    for line, (tone, icon, word, name) in enumerate(STATUSES):
        grid.addWidget(IconLabel(icon, tone), line, 0)
        grid.addWidget(Label(word), line, 1)
        grid.addWidget(_StatusBox(tone, name), line, 2)
    readiness = ReadinessBar(("done", "done", "done", "open", "empty"))
    return column(
        _heading("Status", "stripe, icon, word, fill"),
        grid,
        _heading("Timers", "ring fills to the limit"),
        row(TimerRing(6, 15), TimerRing(13, 15), TimerRing(21, 15), None, gap=16),
        _heading("Readiness"),
        readiness,
        _heading("Type", "Inter, tabular figures"),
        *(Label(text, role) for role, text in TYPE),
        None,
    )


def _states() -> QVBoxLayout:
    empty = Frame(
        "card",
        column(
            EmptyState(
                "calendar-check",
                "No one is waiting",
                "The next visit is at 11:00. Check coverage for it now?",
                action="Check 4 patients",
            )
        ),
    )
    pad = SignaturePad(says="Signature")
    pad.show_stamp("03/17/2026 10:42 AM")
    pad.setFixedHeight(theme().px(100))
    failed = FailedState(
        "The payer did not answer",
        "BCBS was asked at 10:40 and gave no reply in 30 s. The last answer, Active, is from 03/03.",
        ("Ask again", "Use 03/03 answer"),
    )
    return column(_heading("Empty, failed, signature"), empty, failed, pad, None)


def build() -> QWidget:
    """The page, 1440 by 900."""
    page = QWidget()
    first = column(Label("Components and states", "page"), _status(), gap=10)
    second = column(_buttons(), _form(), _chips(), None, gap=10)
    third = column(_table(), _lists(), None, gap=10)
    page.setLayout(row(first, second, third, _states(), gap=18, margins=(16, 16, 16, 16)))
    page.resize(theme().px(1440), theme().px(900))
    toast = Toast(page)
    toast.say("Booked Allison Grant, Thu 9:30 AM", lambda: None)
    toast.move(page.width() - toast.width() - 16, page.height() - toast.height() - 16)
    return page


def main(folder: Path) -> None:
    """Writes gallery-light.png, gallery-dark.png and gallery-hc.png."""
    app = QApplication.instance() or QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    for name in get_args(ThemeName):
        theme().use(cast("ThemeName", name))
        page = build()
        app.processEvents()
        page.grab().save(str(folder / f"gallery-{name}.png"))
        page.deleteLater()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery"))
