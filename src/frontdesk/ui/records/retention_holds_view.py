"""Legal holds: which stand, on what, for which matter; placed and released."""

from frontdesk.kernel.text import us_date
from frontdesk.services.records import legal_holds
from frontdesk.services.records.legal_holds import HoldLine
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.cell import Cell, Group
from frontdesk.ui.kit.page import Errand, Key
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column
from frontdesk.ui.records.hold_dialogs import PlaceHold, ReleaseHold
from frontdesk.ui.records.retention_view import RetentionView, verb
from frontdesk.ui.text import tr


class HoldsView(RetentionView[HoldLine]):
    """Ctrl+N places one; R releases the chosen one; Enter opens the chart."""

    topics = frozenset({"legal_hold", "legal_hold_release", "patient"})
    new_words = "Place hold"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            [
                Column(tr("Hold"), lambda each: each.number, width=80),
                Column(tr("Patient"), lambda each: Cell(each.patient, role="strong"), width=180),
                Column(tr("Matter"), lambda each: each.matter),
                Column(tr("Covers"), lambda each: each.covers, width=190),
                Column(tr("Since"), lambda each: us_date(each.placed_at.date()), width=100),
                Column(tr("State"), _state, width=150),
            ],
            key=lambda each: each.id,
            first_to_go=(tr("Since"), tr("Covers"), tr("Hold"), tr("State")),
            says=tr("Legal holds, those that stand first"),
            empty=(
                "lock",
                tr("No legal hold stands"),
                tr("When a lawyer, a court or an auditor asks to keep a chart, press Ctrl+N."),
            ),
        )
        self.table.opened.connect(self._open_chart)
        self._facts = self.detail.section(tr("Hold"))
        self._end = self.detail.section(tr("Release"))
        place = verb("Place hold…", self.new, keys="Ctrl+N", icon="lock", main=True)
        self._release = verb("Release hold…", self.release, keys="R", icon="lock-open")
        set_shown(place, desk.may("records.place_hold"))
        self.detail.verbs((place,), (self._release,))

    def part_keys(self) -> tuple[Key, ...]:
        return (
            Key("↑↓", tr("Hold")),
            Key("Return", tr("Open chart")),
            Key("R", tr("Release"), self.by_letter(self.release)),
        )

    def reload(self) -> None:
        self.desk.ask(self, self._show, legal_holds.holds)

    def new(self) -> None:
        """Ask for a patient and a matter."""
        if self.desk.may("records.place_hold"):
            self.clear_complaints()
            PlaceHold(self, self.desk, self.told.emit).open()

    def release(self) -> None:
        """End the chosen one."""
        line = self.table.current()
        if line is not None and line.stands and self.desk.may("records.release_hold"):
            self.clear_complaints()
            ReleaseHold(self, self.desk, line, self.told.emit).open()

    def show_chosen(self, line: HoldLine | None) -> None:
        if line is None:
            return
        self.detail.show_head(line.patient, line.matter)
        self._facts.show_facts(
            (
                (tr("Number"), line.number),
                (tr("Chart"), line.chart_number),
                (tr("Covers"), line.covers),
                (tr("Placed"), _by(line.placed_at.date(), line.placed_by)),
                (tr("Note"), line.note),
            )
        )
        self._end.show_facts(
            ()
            if line.released_at is None
            else (
                (tr("Released"), _by(line.released_at.date(), line.released_by)),
                (tr("Because"), line.release_reason),
            )
        )
        set_shown(self._release, line.stands and self.desk.may("records.release_hold"))

    def _show(self, found: tuple[HoldLine, ...]) -> None:
        standing = [line for line in found if line.stands]
        over = [line for line in found if not line.stands]
        groups = [(Group(tr("Standing"), str(len(standing)), "lock", "warn"), standing)] if standing else []
        groups += [(Group(tr("Released"), str(len(over)), "lock-open"), over)] if over else []
        self.model.show_groups(groups)
        self.show_rows(len(found))

    def _open_chart(self, line: HoldLine) -> None:
        self.go.emit("records", Errand("chart", patient_id=line.patient_id))


def _state(each: HoldLine) -> Cell:
    if each.released_at is None:
        return Cell(tr("stands"), tone="warn", icon="lock")
    return Cell(tr("released {day}", day=us_date(each.released_at.date())), color="text-3")


def _by(day: object, name: str) -> str:
    return tr("{day} by {name}", day=f"{day:%m/%d/%Y}", name=name)
