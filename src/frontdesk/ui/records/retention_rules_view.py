"""The rules of retention by class: how long, counted from what, resting on what, and their editions."""

from datetime import date

from frontdesk.kernel.text import us_date
from frontdesk.services.records import retention_rules
from frontdesk.services.records.retention_rules import CLASS_WORDS, RuleEdition, RuleLine
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.cell import Cell, Group
from frontdesk.ui.kit.page import Key
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.kit.table import Column
from frontdesk.ui.records.retention_view import RetentionView, verb
from frontdesk.ui.records.rule_dialog import SENSITIVITY_WORDS, RuleDialog
from frontdesk.ui.text import tr

_MAY = "records.retention_rules"


class RulesView(RetentionView[RuleLine]):
    """Enter writes the next edition of the chosen rule, Ctrl+N a new one."""

    topics = frozenset({"retention_rule"})
    new_words = "New rule"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            [
                Column(tr("Rule"), lambda each: Cell(each.name, role="strong")),
                Column(tr("Kept"), lambda each: each.counts, width=230),
                Column(tr("Of"), _of, width=110),
                Column(tr("Since"), _since, width=110),
                Column(tr("Check"), _check, width=165),
            ],
            key=lambda each: each.key,
            first_to_go=(tr("Of"), tr("Since"), tr("Check"), tr("Kept")),
            says=tr("Retention rules by class"),
            empty=("scale", tr("No rules"), tr("Write the first one with Ctrl+N.")),
        )
        self.say(tr("Several rules may apply to a record: the strictest, with the latest date, wins."))
        self.table.opened.connect(lambda _: self.change())
        self._facts = self.detail.section(tr("Rule"))
        self._editions = self.detail.section(tr("Editions"))
        change = verb("Change rule…", self.change, keys="Enter", icon="file-pen", main=True)
        new = verb("New rule…", self.new, keys="Ctrl+N", icon="plus")
        set_shown(self.detail.verbs((change,), (new,)), desk.may(_MAY))

    def part_keys(self) -> tuple[Key, ...]:
        return (Key("↑↓", tr("Rule")), Key("Return", tr("Change rule")))

    def reload(self) -> None:
        self.desk.ask(self, self._show, retention_rules.rules)

    def new(self) -> None:
        """A rule that is not there yet."""
        self._open(None)

    def change(self) -> None:
        """The next edition of the chosen one."""
        line = self.table.current()
        if line is not None:
            self._open(line)

    def show_chosen(self, line: RuleLine | None) -> None:
        if line is None:
            return
        self.detail.show_head(line.name, line.counts)
        self._facts.show_facts(
            (
                (tr("Rests on"), line.source),
                (tr("Counsel"), tr("Have counsel check it for your state") if line.needs_counsel else ""),
                (tr("To come"), _edition(line.coming) if line.coming is not None else ""),
            )
        )
        self._editions.show_facts([(_from(each), _edition(each)) for each in line.editions])

    def _open(self, line: RuleLine | None) -> None:
        if self.desk.may(_MAY):
            self.clear_complaints()
            RuleDialog(self, self.desk, line, self.told.emit).open()

    def _show(self, found: tuple[RuleLine, ...]) -> None:
        self.model.show_groups(
            [
                (
                    Group(tr(words), icon="folder"),
                    [each for each in found if each.retention_class is of_class],
                )
                for of_class, words in CLASS_WORDS.items()
                if any(each.retention_class is of_class for each in found)
            ]
        )
        self.show_rows(len(found))


def _of(each: RuleLine) -> str:
    return tr(SENSITIVITY_WORDS[each.sensitivity]) if each.sensitivity is not None else tr("all")


def _since(each: RuleLine) -> str:
    return us_date(each.effective_on) if each.effective_on is not None else tr("as shipped")


def _check(each: RuleLine) -> Cell:
    if each.coming is not None:
        day = us_date(each.coming.draft.effective_on)
        return Cell(tr("changes {day}", day=day), tone="info", icon="calendar-clock")
    if each.needs_counsel:
        return Cell(tr("have counsel check"), tone="warn", icon="scale")
    return Cell("")


def _from(each: RuleEdition) -> str:
    return us_date(each.draft.effective_on) if each.draft.effective_on != date.min else tr("Shipped")


def _edition(each: RuleEdition) -> str:
    says = tr("ended") if each.draft.is_ended else each.counts
    return ". ".join(part for part in (f"{says}, {each.written_by}", each.draft.reason) if part)
