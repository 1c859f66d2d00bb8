"""Estimates: due by when and for whom; written, printed and noted as given with a letter each."""

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.money import dollars
from frontdesk.kernel.text import clock_time, us_date, us_time
from frontdesk.services.billing import estimate_list, estimate_papers, estimates
from frontdesk.services.billing.estimate_list import EstimateLineOfWork, Standing
from frontdesk.services.billing.estimates import EstimateView, EstimateWay, Given
from frontdesk.ui.billing import amounts
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.banner import EmptyState
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import Frame, column, row
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.explained import Offer
from frontdesk.ui.kit.label import Label
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.side_panel import Facts, Section, SidePanel
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.kit.worklist import DetailWidth, ListOrNothing, in_groups
from frontdesk.ui.registration.worklists import FrontWorklistPage
from frontdesk.ui.text import tr
from frontdesk.ui.visit.estimate_dialog import EstimateDialog
from frontdesk.ui.visit.estimate_given import GivenDialog
from frontdesk.ui.visit.estimate_rules_dialog import EstimateRulesDialog

_GIVEN = {EstimateWay.PRINTED: "on paper", EstimateWay.MAILED: "by mail", EstimateWay.EMAILED: "by e-mail"}
_GROUPS = {
    Standing.OVERDUE: ("Overdue", "clock-alert", "block"),
    Standing.DUE: ("Due", "file-text", "warn"),
    Standing.CHANGED: ("Changed since it was given", "repeat", "warn"),
    Standing.EXCEEDED: ("Billed far above the estimate", "triangle-alert", "warn"),
    Standing.GIVEN: ("Given", "check", "text-2"),
}
_MAY = "billing.write_estimate"


class EstimatesPage(FrontWorklistPage):
    """Enter writes what is missing and opens what is written; the other acts have a letter each."""

    title = "Estimates"
    part = "estimates"
    permission = "billing.view"
    topics = frozenset(
        {
            "estimate",
            "estimate_version",
            "estimate_given",
            "estimate_rule",
            "appointment",
            "coverage",
            "self_pay",
            "journal_entry",
            "holiday",
        }
    )

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.with_given = CheckBox(tr("Show what was given"))
        self.with_given.toggled.connect(self.reload)
        self.rules = Button(tr("Rules for estimates"), icon="sliders-horizontal")
        self.rules.clicked.connect(lambda: EstimateRulesDialog(self, desk, self.told.emit).open())
        set_shown(self.rules, desk.may("billing.edit_fees"))
        self.toolbar.add(self.with_given, self.rules)
        self.model = TableModel[EstimateLineOfWork](
            [
                Column("Patient", lambda each: Cell(each.patient, role="strong")),
                Column("Due", self._due, width=150),
                Column("Visit", lambda each: each.visit, width=190),
                Column("When", self._when, width=150),
                Column("Estimate", _written, width=176),
            ],
            key=lambda each: each.key,
        )
        self.table = Table(self.model, says=tr("Estimates to see to, the most pressing first"))
        self.table.chosen.connect(self._chose)
        self.table.opened.connect(self.open_chosen)
        self.detail = EstimateDetail(self)
        ColumnFit(
            self.table, self.model.columns, least=150, first_to_go=(tr("Visit"), tr("Estimate"), tr("When"))
        )
        self.nothing = EmptyState(
            "file-check",
            tr("No estimate is due"),
            tr("Visits without insurance that are booked three business days ahead come here."),
        )
        self.body = ListOrNothing(self.table, self.nothing, self.detail)
        self.set_content(self.body)
        self.bind_keys()

    def keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Line")),
            Key("Return", tr("Write, open")),
            Key("W", tr("New version"), lambda: self._by_letter(self.write)),
            Key("P", tr("Paper"), lambda: self._by_letter(self.open_paper)),
            Key("G", tr("Was given"), lambda: self._by_letter(self.ask_given)),
            Key("Esc", tr("Flow board"), self.to_home),
        )

    def panes(self) -> tuple[QWidget, ...]:
        return (self.detail.act, self.table)

    def open_with(self, errand: Errand) -> None:
        """The patient asks for one, with or without a visit."""
        if errand.act == "estimate" and errand.patient_id is not None and self.desk.may(_MAY):
            EstimateDialog(
                self, self.desk, errand.patient_id, self._was_written, appointment_id=errand.appointment_id
            ).open()

    def reload(self) -> None:
        super().reload()
        self.desk.ask(self, self._show, estimate_list.work_list, with_given=self.with_given.isChecked())

    # -- what is done ---------------------------------------------------------

    def open_chosen(self, _: object = None) -> None:
        """Write what is missing, open what is written."""
        chosen = self.table.current()
        if chosen is not None and chosen.is_written and chosen.standing is not Standing.CHANGED:
            self.open_paper()
        else:
            self.write()

    def write(self) -> None:
        """The first version, or the next."""
        chosen = self.table.current()
        if chosen is None or not self.desk.may(_MAY):
            return
        self.clear_complaints()
        EstimateDialog(
            self,
            self.desk,
            chosen.patient_id,
            self._was_written,
            appointment_id=chosen.appointment_id,
            estimate_id=chosen.estimate_id,
        ).open()

    def open_paper(self) -> None:
        """The newest version as a paper; printing it notes that it was given."""
        chosen = self.table.current()
        if chosen is not None and chosen.estimate_id is not None:
            self._open_paper(chosen.estimate_id)

    def ask_given(self) -> None:
        """How it reached the patient."""
        chosen = self.table.current()
        if chosen is None or not self.desk.may(_MAY):
            return
        if chosen.estimate_id is None:
            self.complain(tr("Write the estimate first, then note how it was given."))
            return
        self.clear_complaints()
        GivenDialog(self, self.desk, chosen.estimate_id, self.told.emit).open()

    def _open_paper(self, estimate_id: int) -> None:
        paper = PaperDialog(self, self.desk, tr("Estimate"), "estimate.pdf")
        paper.view.printed.connect(lambda _pages: self._give(estimate_id, EstimateWay.PRINTED))
        self.desk.ask(paper, paper.show_pdf, estimate_papers.pdf, estimate_id=estimate_id)
        paper.open()

    def _give(self, estimate_id: int, way: EstimateWay) -> None:
        if self.desk.may(_MAY):
            self.desk.do(
                self,
                lambda _: self.told.emit(tr("Noted that the estimate was given")),
                estimates.give,
                estimate_id=estimate_id,
                way=way,
            )

    def _was_written(self, estimate_id: int) -> None:
        self.told.emit(tr("Wrote the estimate"))
        self._open_paper(estimate_id)

    def _by_letter(self, act: object) -> None:
        if self.table.hasFocus() and callable(act):
            act()

    # -- what is shown --------------------------------------------------------

    def _show(self, found: tuple[EstimateLineOfWork, ...]) -> None:
        self.model.show_groups(in_groups(_GROUPS, found, lambda line: line.standing))
        self.body.show_filled(bool(found))
        if not found:
            self._chose(None)
        elif (chosen := self.table.current()) is not None:
            self._chose(chosen)

    def _chose(self, chosen: EstimateLineOfWork | None) -> None:
        self.detail.show_line(chosen)
        self.patient_chosen.emit(chosen.patient_id if chosen else None)
        if chosen is not None and chosen.estimate_id is not None:
            self.desk.ask(self, self.detail.show_estimate, estimates.estimate, estimate_id=chosen.estimate_id)

    def _due(self, each: EstimateLineOfWork) -> str | Cell:
        if each.standing is Standing.EXCEEDED:
            over = (each.billed_cents or 0) - (each.total_cents or 0)
            return Cell(tr("{amount} above", amount=dollars(over)), tone="warn", icon="triangle-alert")
        if each.due_on is None:
            return ""
        if each.standing is Standing.OVERDUE:
            return Cell(us_date(each.due_on), tone="block", icon="clock-alert")
        if each.due_on == self.desk.today and each.standing is not Standing.GIVEN:
            return Cell(tr("today"), tone="warn", icon="clock-alert")
        return us_date(each.due_on)

    def _when(self, each: EstimateLineOfWork) -> str:
        if each.starts is None:
            return tr("not scheduled")
        return f"{each.starts:%a} {each.starts.month}/{each.starts.day}, {clock_time(each.starts)}"


class EstimateDetail(SidePanel):
    """What it is for, why it is due, what was written and how it was given."""

    def __init__(self, page: EstimatesPage) -> None:
        super().__init__()
        DetailWidth(self)
        self._estimate_id: int | None = None
        self._name, self._what = Label("", "section", wrap=True), Label("", "body", "text-2", wrap=True)
        self._facts, self._versions = Facts(), Facts()
        self._shown: EstimateView | None = None
        Offer(self._versions, lambda: amounts.of_estimate(self._shown))
        Offer(page.table, lambda: amounts.of_estimate(self._shown)[:1])
        self.act = Button("", "primary", icon="file-text", keys="Enter")
        self.act.clicked.connect(lambda: page.open_chosen())
        self.anew = Button(tr("New version…"), icon="file-pen", keys="W")
        self.anew.clicked.connect(page.write)
        self.gives = Button(tr("Was given…"), icon="check", keys="G")
        self.gives.clicked.connect(page.ask_given)
        head = QWidget()
        head.setLayout(column(self._name, self._what, gap=2, margins=(14, 12, 14, 12)))
        self.set_head(head)
        facts = Section(tr("Estimate"))
        facts.add(self._facts)
        self._history = Section(tr("Versions"))
        self._history.add(self._versions)
        self.add(facts)
        self.add(self._history)
        self._foot = Frame(
            "foot", column(self.act, row(self.anew, self.gives, gap=6), gap=6, margins=(12, 8, 12, 8))
        )
        set_shown(self._foot, page.desk.may(_MAY))
        self.set_foot(self._foot)

    def show_line(self, line: EstimateLineOfWork | None) -> None:
        """What is known of the chosen line; what was written comes after."""
        if line is None:
            return
        self._estimate_id, self._shown = line.estimate_id, None
        self._name.setText(line.patient)
        self._what.setText(
            tr(
                "{visit} with {provider}, {date} {time}",
                visit=line.visit,
                provider=line.provider,
                date=us_date(line.starts.date()),
                time=us_time(line.starts),
            )
            if line.starts
            else line.visit
        )
        facts = [(tr("Due by"), us_date(line.due_on))] if line.due_on else []
        facts += [(tr("Why"), line.because)] if line.because else []
        facts += [(tr("Number"), line.number)] if line.number else []
        facts += [(tr("Amount"), dollars(line.total_cents))] if line.total_cents is not None else []
        facts += [(tr("Billed"), dollars(line.billed_cents))] if line.billed_cents is not None else []
        self._facts.show_facts(tuple(facts))
        opens = line.is_written and line.standing is not Standing.CHANGED
        self.act.setText(tr("Open paper") if opens else tr("Write estimate…"))
        for button in (self.anew, self.gives):
            set_shown(button, line.is_written)
        set_shown(self._history, False)

    def show_estimate(self, shown: EstimateView) -> None:
        """The versions of the chosen line."""
        if shown.id != self._estimate_id:
            return
        self._shown = shown
        self._versions.show_facts(
            tuple(
                (
                    tr(
                        "{day}, {amount}",
                        day=us_date(each.written_at.date()),
                        amount=dollars(each.total_cents),
                    ),
                    "; ".join(_said(given) for given in each.given) or tr("not given"),
                )
                for each in shown.versions
            )
        )
        set_shown(self._history, True)


def _written(each: EstimateLineOfWork) -> str | Cell:
    if each.total_cents is None:
        return Cell(tr("not written"), color="text-3")
    return f"{each.number}, {dollars(each.total_cents)}"


def _said(given: Given) -> str:
    """ "on paper 03/17/2026 by Dana Brooks"."""
    way, day = tr(_GIVEN[given.way]), us_date(given.at.date())
    return tr("{way} {day} by {name}", way=way, day=day, name=given.by)
