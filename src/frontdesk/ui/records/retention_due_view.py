"""What may be destroyed today, why, and the run that is collected of it."""

from frontdesk.kernel.text import us_date
from frontdesk.services.records import retention_class
from frontdesk.services.records.retention_class import Classed, RetentionClass
from frontdesk.services.records.retention_rules import CLASS_WORDS
from frontdesk.services.visit import disposal, retention_due
from frontdesk.services.visit.retention_due import Due, DueLine, Kept
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.cell import Cell
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column
from frontdesk.ui.records.hold_dialogs import PlaceHold
from frontdesk.ui.records.retention_view import RetentionView, verb
from frontdesk.ui.text import counted, tr

_MAY = "records.prepare_disposal"
_PAPER = RetentionClass.PAPER_CHART


class DueView(RetentionView[DueLine]):
    """Ctrl+N collects a run; Enter opens the record in its chart."""

    topics = frozenset(
        {
            "document",
            "disposal_run",
            "disposal_item",
            "legal_hold",
            "legal_hold_release",
            "retention_rule",
            "patient",
        }
    )
    new_words = "Collect run"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            [
                Column(tr("Record"), lambda each: Cell(each.title, role="strong")),
                Column(tr("Patient"), lambda each: each.patient, width=170),
                Column(tr("Chart"), lambda each: each.chart_number, width=90),
                Column(tr("Class"), lambda each: tr(CLASS_WORDS[each.retention_class]), width=130),
                Column(tr("Dated"), lambda each: us_date(each.dated_on), width=100),
                Column(tr("May go since"), lambda each: us_date(each.disposable_on), width=110),
            ],
            key=lambda each: each.key,
            first_to_go=(tr("Class"), tr("Chart"), tr("Dated"), tr("Patient")),
            says=tr("Records that may be destroyed today, the longest over first"),
            empty=(
                "archive",
                tr("Nothing may be destroyed today"),
                tr("Records come here once every rule for them has run out and no legal hold covers them."),
            ),
        )
        self.table.opened.connect(self.open_record)
        self._rules = self.detail.section(tr("Rules that apply, the strictest first"))
        self.collect_button = verb("Collect run", self.new, keys="Ctrl+N", icon="archive", main=True)
        self.detail.verbs(
            (self.collect_button,),
            (
                verb("Place hold…", self.place_hold, keys="H", icon="lock"),
                verb("Counts as…", self.classify, keys="C", icon="tag"),
            ),
        )
        set_shown(self.collect_button, desk.may(_MAY))

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Record")),
            Key("Return", tr("Open in the chart")),
            Key("H", tr("Place hold"), self.by_letter(self.place_hold)),
            Key("C", tr("Counts as"), self.by_letter(self.classify)),
        )

    def reload(self) -> None:
        self.desk.ask(self, self._show, retention_due.due)

    def new(self) -> None:
        """A run of all that is shown."""
        self.clear_complaints()
        if self.desk.may(_MAY):
            self.desk.do(self, self._collected, disposal.collect)

    def open_record(self, line: DueLine) -> None:
        self.go.emit("records", Errand("chart", patient_id=line.patient_id, about_id=line.document_id))

    def place_hold(self) -> None:
        """On the chart of the chosen record."""
        line = self.table.current()
        if line is not None and self.desk.may("records.place_hold"):
            PlaceHold(self, self.desk, self.told.emit, patient_id=line.patient_id, name=line.patient).open()

    def classify(self) -> None:
        """What the chosen record counts as."""
        line = self.table.current()
        if line is not None and line.document_id is not None and self.desk.may(_MAY):
            CountsAs(self, self.desk, line.document_id).open()

    def _show(self, due: Due) -> None:
        self.model.show(due.lines)
        words = counted(due.count, "1 record may be destroyed", "{count} records may be destroyed")
        if due.count > len(due.lines):
            words = tr("{words}, the first {shown} are shown", words=words, shown=len(due.lines))
        if due.held_count:
            held = counted(
                due.held_count, "1 more is held or asked for", "{count} more are held or asked for"
            )
            words = f"{words}, {held}"
        self.say(words if due.count or due.held_count else "")
        self.show_rows(len(due.lines))

    def show_chosen(self, line: DueLine | None) -> None:
        if line is None:
            return
        self.detail.show_head(line.title, line.because)
        self._rules.show_facts(())
        if line.document_id is not None:
            self.desk.ask(self, self._show_kept, retention_due.kept_until, document_id=line.document_id)
        elif line.volume_id is not None:
            self.desk.ask(self, self._show_kept, retention_due.paper_kept_until, volume_id=line.volume_id)

    def _show_kept(self, kept: Kept) -> None:
        self._rules.show_facts(
            [(us_date(rule.until) if rule.until else tr("no end"), rule.name) for rule in kept.rules]
        )

    def _collected(self, _: int) -> None:
        self.told.emit(tr("Collected a disposal run"))
        self.go.emit("retention", Errand("runs"))


class CountsAs(Dialog):
    """What a record counts as, where its category does not say it."""

    def __init__(self, view: DueView, desk: Desk, document_id: int) -> None:
        super().__init__(
            view,
            tr("What does this record count as?"),
            tr("The rules of that class say how long it is kept. Undo takes it back."),
            icon="tag",
            icon_color="accent",
        )
        self._desk, self._document_id, self._told = desk, document_id, view.told.emit
        options: tuple[tuple[RetentionClass | None, str], ...] = (
            (None, tr("As its category says")),
            *((each, tr(words)) for each, words in CLASS_WORDS.items() if each is not _PAPER),
        )
        self.counts_as: Combo[RetentionClass | None] = Combo(options)
        form = Form()
        form.add("retention_class", tr("Counts as"), self.counts_as)
        self.body.addWidget(form)
        self.add_verb(tr("Leave it"), keys="Esc")
        self.add_verb(tr("Set class"), self._set, kind="primary", keys="Enter", closes=False)
        self.counts_as.setFocus()

    def _set(self) -> None:
        self._desk.do(
            self,
            self._was_set,
            retention_class.classify,
            documents=(Classed(self._document_id, self.counts_as.value()),),
        )

    def _was_set(self, _: object) -> None:
        self.accept()
        self._told(tr("Set the retention class"))
