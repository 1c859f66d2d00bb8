"""Disposal runs: what waits, each entry decided, approved by two, carried out, the certificate."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.text import us_date
from frontdesk.services.records import erasure
from frontdesk.services.visit import disposal, disposal_done, disposal_views
from frontdesk.services.visit.disposal import Decided, Decision
from frontdesk.services.visit.disposal_views import ItemLine, RunLine, RunState
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.column_fit import ColumnFit
from frontdesk.ui.kit.dialog import confirm
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.paper_dialog import PaperDialog
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column, Table, TableModel
from frontdesk.ui.records.disposal_dialogs import CallOff, CarryOut, KeepReason
from frontdesk.ui.records.retention_view import RetentionView, verb
from frontdesk.ui.text import counted, tr

_STATES = {
    RunState.REVIEW: ("in review", "info", "list-checks"),
    RunState.APPROVED_ONCE: ("one approval", "warn", "user-check"),
    RunState.APPROVED: ("approved by two", "warn", "users"),
    RunState.DONE: ("carried out", "ok", "check"),
    RunState.CALLED_OFF: ("called off", "", "ban"),
}
_DECISIONS = {
    Decision.OPEN: ("not decided", "warn", "circle-dashed"),
    Decision.DISPOSE: ("destroy", "block", "flame"),
    Decision.KEEP: ("keep", "ok", "archive-restore"),
}
_REVIEWS = "records.prepare_disposal"


class RunsView(RetentionView[RunLine]):
    """Runs above, the entries of the chosen one below: D destroys, K keeps, A destroys all that is open."""

    topics = frozenset({"disposal_run", "disposal_item"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            [
                Column(tr("Run"), lambda each: Cell(each.number, role="strong"), width=80),
                Column(tr("State"), _state, width=150),
                Column(tr("Collected"), lambda each: _when(each.collected_at, each.collected_by)),
                Column(tr("Entries"), lambda each: str(each.item_count), width=70, align="right"),
                Column(tr("Open"), lambda each: _few(each.open_count), width=60, align="right"),
                Column(tr("Destroy"), lambda each: _few(each.dispose_count), width=70, align="right"),
                Column(tr("Keep"), lambda each: _few(each.keep_count), width=60, align="right"),
            ],
            key=lambda each: each.id,
            first_to_go=(tr("Keep"), tr("Entries"), tr("Destroy"), tr("Open")),
            says=tr("Disposal runs, those under way first"),
            empty=(
                "list-checks",
                tr("No disposal run yet"),
                tr("Turn to Due (Alt+1) and collect a run of what may be destroyed."),
            ),
        )
        columns = (
            Column[ItemLine](tr("No."), lambda each: str(each.number), width=50, align="right"),
            Column[ItemLine](tr("Record"), lambda each: Cell(each.title, role="strong")),
            Column[ItemLine](tr("Patient"), lambda each: each.patient, width=160),
            Column[ItemLine](tr("Dated"), lambda each: us_date(each.dated_on), width=100),
            Column[ItemLine](tr("May go since"), lambda each: us_date(each.disposable_on), width=110),
            Column[ItemLine](tr("Decision"), _decision, width=130),
        )
        self.entries = TableModel[ItemLine](list(columns), key=lambda each: each.id)
        self.items = Table(self.entries, says=tr("Entries of the run"))
        ColumnFit(
            self.items,
            columns,
            least=150,
            first_to_go=(tr("May go since"), tr("Dated"), tr("No."), tr("Patient")),
        )
        self.items.chosen.connect(self._chose_entry)
        self.items.opened.connect(self._open_record)
        self.table.opened.connect(lambda _: self.items.setFocus())
        self.below(self.items)
        self._facts = self.detail.section(tr("Run"))
        self._entry = self.detail.section(tr("Entry"))
        self._destroy = verb("Destroy", self.dispose_of, keys="D")
        self._keep = verb("Keep…", self.keep, keys="K")
        self._rest = verb("Destroy the rest", self.dispose_of_rest, keys="A")
        self._approve = verb("Approve", self.approve, keys="Ctrl+Enter", icon="user-check", main=True)
        self._carry = verb("Carry out…", self.carry_out, keys="Ctrl+Enter", icon="flame", main=True)
        self._paper = verb("Certificate", self.open_certificate, keys="P", icon="file-badge", main=True)
        self._back = verb("Back to review", self.back_to_review, icon="undo-2")
        self._off = verb("Call off…", self.call_off, icon="ban")
        self.detail.verbs(
            (self._destroy, self._keep),
            (self._rest,),
            (self._approve, self._carry, self._paper),
            (self._back, self._off),
        )

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("Return", tr("To the entries, open record")),
            Key("D", tr("Destroy"), self._in_entries(self.dispose_of)),
            Key("K", tr("Keep"), self._in_entries(self.keep)),
            Key("A", tr("Destroy the rest"), self._in_entries(self.dispose_of_rest)),
            Key("U", tr("Not decided"), self._in_entries(self.undecide)),
            Key("P", tr("Certificate"), self._in_lists(self.open_certificate)),
            Key("Ctrl+Return", tr("Approve, carry out"), self.go_on),
        )

    def below_home(self) -> QWidget:
        """The entries, for F6."""
        return self.items

    def reload(self) -> None:
        self.desk.ask(self, self._show, disposal_views.runs)

    # -- what is done ---------------------------------------------------------

    def dispose_of(self) -> None:
        """The chosen entry is to go."""
        self._decide(Decision.DISPOSE)

    def undecide(self) -> None:
        """The chosen entry is open again."""
        self._decide(Decision.OPEN)

    def keep(self) -> None:
        """The chosen entry stays, for a reason."""
        run, item = self.table.current(), self.items.current()
        if run is not None and item is not None and self._may_decide(run):
            KeepReason(self, self.desk, run.id, item, self._go_on_below).open()

    def dispose_of_rest(self) -> None:
        """Every entry that is not decided is to go."""
        run = self.table.current()
        open_ones = [item for item in self.entries.rows() if item.decision is Decision.OPEN]
        if run is not None and open_ones and self._may_decide(run):
            self.desk.do(
                self,
                self._decided,
                disposal.decide,
                run_id=run.id,
                decisions=tuple(Decided(item.id, Decision.DISPOSE) for item in open_ones),
            )

    def go_on(self) -> None:
        """What comes next for the chosen run."""
        run = self.table.current()
        if run is None:
            return
        if run.state in (RunState.REVIEW, RunState.APPROVED_ONCE):
            self.approve()
        elif run.state is RunState.APPROVED:
            self.carry_out()
        else:
            self.open_certificate()

    def approve(self) -> None:
        """The first approval, or the second."""
        run = self.table.current()
        if run is None or not self.desk.may(disposal.DESTROY):
            return
        self.clear_complaints()
        confirm(
            self,
            tr("Approve {number}?", number=run.number),
            counted(
                run.dispose_count,
                "1 record is to be destroyed. Two people must approve it, and you are one of them.",
                "{count} records are to be destroyed. Two people must approve it, and you are one of them.",
            ),
            verb=tr("Approve"),
            keep=tr("Not yet"),
            then=lambda: self._do_approve(run),
            icon="user-check",
        )

    def carry_out(self) -> None:
        """Ask how, then destroy."""
        run = self.table.current()
        if run is not None and self.desk.may(disposal.DESTROY):
            self.clear_complaints()
            CarryOut(self, self.desk, run, self.told.emit, self._scrub).open()

    def back_to_review(self) -> None:
        """Take the approvals back."""
        run = self.table.current()
        if run is not None and self.desk.may(_REVIEWS):
            self.clear_complaints()
            self.desk.do(
                self,
                lambda _: self.told.emit(tr("Sent {number} back to review", number=run.number)),
                disposal.back_to_review,
                run_id=run.id,
                version=run.version,
            )

    def call_off(self) -> None:
        """End it without destroying anything."""
        run = self.table.current()
        if run is not None and self.desk.may(_REVIEWS):
            self.clear_complaints()
            CallOff(self, self.desk, run, self.told.emit).open()

    def open_certificate(self) -> None:
        """The certificate of destruction as it was made."""
        run = self.table.current()
        if run is not None and run.has_certificate:
            name = f"certificate-{run.number}.pdf"
            paper = PaperDialog(self, self.desk, tr("Certificate of destruction {n}", n=run.number), name)
            self.desk.ask(paper, paper.show_pdf, disposal_done.certificate_bytes, run_id=run.id)
            paper.open()

    # -- what is shown --------------------------------------------------------

    def show_chosen(self, line: RunLine | None) -> None:
        set_shown(self.items, line is not None)
        if line is None:
            self.entries.show(())
            return
        words, _, _ = _STATES[line.state]
        self.detail.show_head(line.number, tr(words).capitalize())
        self._facts.show_facts(
            (
                (tr("Collected"), _when(line.collected_at, line.collected_by)),
                (tr("Approved"), _when(line.first_approved_at, line.first_approved_by)),
                (tr("And by"), _when(line.second_approved_at, line.second_approved_by)),
                (tr("Carried out"), _when(line.done_at, line.done_by)),
                (tr("Method"), line.method),
                (tr("Vendor"), line.vendor),
                (tr("Witness"), line.witness),
                (tr("Called off"), line.called_off_because),
            )
        )
        reviews, destroys = self.desk.may(_REVIEWS), self.desk.may(disposal.DESTROY)
        in_review = line.state is RunState.REVIEW
        under_way = line.state not in (RunState.DONE, RunState.CALLED_OFF)
        for button in (self._destroy, self._keep, self._rest):
            set_shown(button, in_review and reviews)
        waits = (in_review and line.open_count == 0) or line.state is RunState.APPROVED_ONCE
        set_shown(self._approve, waits and destroys)
        set_shown(self._carry, line.state is RunState.APPROVED and destroys)
        set_shown(self._paper, line.has_certificate)
        set_shown(self._back, line.state in (RunState.APPROVED_ONCE, RunState.APPROVED) and reviews)
        set_shown(self._off, under_way and reviews)
        self.desk.ask(self, self._show_items, disposal_views.items, run_id=line.id)

    def _show(self, found: tuple[RunLine, ...]) -> None:
        self.model.show(found)
        self.show_rows(len(found))

    def _show_items(self, found: tuple[ItemLine, ...]) -> None:
        self.entries.show(found)
        if found and self.items.current() is None:
            self.items.choose_first()
        self._show_entry(self.items.current())

    def _chose_entry(self, line: ItemLine | None) -> None:
        self._show_entry(line)
        if line is not None:
            self.patient_chosen.emit(line.patient_id)

    def _show_entry(self, line: ItemLine | None) -> None:
        self._entry.show_facts(
            ()
            if line is None
            else (
                (tr("Record"), line.title),
                (tr("Chart"), line.chart_number),
                (tr("Why"), line.because),
                (tr("Kept"), line.keep_reason),
                (tr("Bytes"), tr(line.outcome.value) if line.outcome is not None else ""),
                ("SHA-256", line.sha256[:16] + "…"),
            )
        )

    # -- inside ---------------------------------------------------------------

    def _decide(self, decision: Decision) -> None:
        run, item = self.table.current(), self.items.current()
        if run is not None and item is not None and self._may_decide(run):
            self.desk.do(
                self,
                self._decided,
                disposal.decide,
                run_id=run.id,
                decisions=(Decided(item.id, decision),),
            )

    def _may_decide(self, run: RunLine) -> bool:
        self.clear_complaints()
        return self.desk.may(_REVIEWS) and run.state is RunState.REVIEW

    def _decided(self, _: object) -> None:
        self._go_on_below()

    def _go_on_below(self) -> None:
        """The next entry that is not decided; the list itself follows with the change."""
        rows, current = self.entries.rows(), self.items.current()
        place = rows.index(current) if current in rows else -1
        after = [row for row in (*rows[place + 1 :], *rows[:place]) if row.decision is Decision.OPEN]
        if after:
            self.items.choose(after[0].id)

    def _scrub(self) -> None:
        """What is destroyed leaves the engine's own files as well."""
        self.desk.run(self, lambda _: None, erasure.scrub, self.desk.database)

    def _do_approve(self, run: RunLine) -> None:
        self.desk.do(
            self,
            lambda _: self.told.emit(tr("Approved {number}", number=run.number)),
            disposal.approve,
            run_id=run.id,
            version=run.version,
        )

    def _open_record(self, line: ItemLine) -> None:
        self.go.emit("records", Errand("chart", patient_id=line.patient_id, about_id=line.document_id))

    def _in_entries(self, act: Callable[[], object]) -> Callable[[], None]:
        def acts() -> None:
            if self.items.hasFocus():
                act()

        return acts

    def _in_lists(self, act: Callable[[], object]) -> Callable[[], None]:
        def acts() -> None:
            if self.items.hasFocus() or self.table.hasFocus():
                act()

        return acts


def _state(each: RunLine) -> Cell:
    words, tone, icon = _STATES[each.state]
    return Cell(tr(words), tone=tone, icon=icon) if tone else Cell(tr(words), color="text-3")


def _decision(each: ItemLine) -> Cell:
    words, tone, icon = _DECISIONS[each.decision]
    if each.outcome is not None:
        return Cell(tr("destroyed"), color="text-2", icon="check")
    return Cell(tr(words), tone=tone, icon=icon)


def _when(at: object, by: str) -> str:
    if at is None:
        return ""
    return tr("{day} by {name}", day=f"{at:%m/%d/%Y}", name=by)


def _few(count: int) -> str:
    return str(count) if count else ""
