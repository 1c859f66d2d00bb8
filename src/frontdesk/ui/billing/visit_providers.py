"""Who did each service of a superbill, who referred, ordered or supervised; kept with what is typed in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from frontdesk.services.billing import other_providers
from frontdesk.services.billing.other_providers import Named, OtherProvider, ProviderRole
from frontdesk.services.billing.service_lines import ServiceLine
from frontdesk.ui.kit.button import Button
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import EndingLabel, Rule
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.text import tr

ROLES = {
    ProviderRole.REFERRING: "Referring",
    ProviderRole.PRIMARY_CARE: "Primary care",
    ProviderRole.ORDERING: "Ordering",
    ProviderRole.SUPERVISING: "Supervising",
}
_Fields = tuple[TextEdit, TextEdit, TextEdit]


@dataclass(frozen=True, slots=True)
class NamedHere:
    """What the dialog was left with: whom the visit names; of each line, who did it and whom it names."""

    of_visit: tuple[Named, ...]
    of_lines: tuple[tuple[int | None, tuple[Named, ...]], ...]


class ProvidersRow(QWidget):
    """Whom the whole visit names, and the button that opens the dialog; those of a line stand with it."""

    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = EndingLabel("", "body", "text-2")
        self.button = Button(tr("Other providers…"), icon="user-plus")
        self.button.clicked.connect(self.asked)
        self.setLayout(row(self.button, self._words, gap=10))
        self.setFocusProxy(self.button)

    def show_named(self, named: Sequence[Named], *, read_only: bool) -> None:
        """Names with their roles; the button goes once the superbill is entered."""
        self._words.setText(words_of(named) or (tr("Nobody else is named") if read_only else ""))
        set_shown(self.button, not read_only)


class ProvidersDialog(Dialog):
    """Keeps what was typed for each line while others are looked at; `then` is given all of it."""

    def __init__(
        self,
        parent: QWidget,
        lines: Sequence[ServiceLine],
        of_visit: tuple[Named, ...],
        office: Mapping[int, str],
        seen_by: str,
        then: Callable[[NamedHere], None],
    ) -> None:
        super().__init__(
            parent, tr("Who else is named?"), tr("On the claim; box 17 and 24J on paper."), width=640
        )
        self._did = [line.provider_id for line in lines]
        self._named = [of_visit, *(line.named for line in lines)]
        whole = ((0, tr("The whole visit")),)
        self.line: Combo[int] = Combo(
            whole
            + tuple((place, f"{place}  {line.code}  {line.label}") for place, line in enumerate(lines, 1))
        )
        self.rendering: Combo[int] = Combo(
            (
                (0, tr("{name}, who saw the patient", name=seen_by)),
                *((id, name) for id, name in office.items() if name != seen_by),
            )
        )
        form = self.form = Form()
        form.add("line", tr("&For"), self.line, span=6)
        form.add("rendering", tr("&Done by"), self.rendering, span=6)
        form.add_wide(Rule())
        self.fields: dict[ProviderRole, _Fields] = {}
        for role, words in ROLES.items():
            fields = self.fields[role] = (TextEdit(), TextEdit(), TextEdit())
            for name, label, edit in zip(
                ("last", "first", "npi"),
                (tr("{role}, last name", role=tr(words)), tr("First name"), tr("NPI")),
                fields,
                strict=True,
            ):
                form.add(f"{name} {role.value}", label, edit, span=4)
        self.body.addWidget(form)
        self._place, self._then = 0, then
        self.line.chosen.connect(self._turn)
        self.add_verb(tr("Cancel"), keys="Esc")
        self.add_verb(tr("Keep"), self.keep, kind="primary", keys="Enter", closes=False)
        self._show()

    def open(self) -> None:
        """The focus where most is typed."""
        super().open()
        self.fields[ProviderRole.REFERRING][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Everything wrong is said beside its field, of the first line where something is."""
        self._note()
        self.form.clear_errors()
        for place, named in enumerate(self._named):
            wrong = [(each.role, why) for each in named for why in other_providers.against(each.provider)]
            if not wrong:
                continue
            self._place = place
            self.line.set_value(place)
            self._show()
            for role, why in wrong:
                name = "npi" if why.field == "npi" else "last"
                self.form.row(f"{name} {role.value}").set_error(why.message)
            return
        self._then(NamedHere(self._named[0], tuple(zip(self._did, self._named[1:], strict=True))))
        self.accept()

    def _turn(self, place: object) -> None:
        self._note()
        self.form.clear_errors()
        self._place = int(str(place))
        self._show()

    def _note(self) -> None:
        """What stands in the fields, for the line that they are about."""
        typed = {
            role: OtherProvider(last.value().strip(), first.value().strip(), npi.value().strip())
            for role, (last, first, npi) in self.fields.items()
        }
        self._named[self._place] = tuple(
            Named(role, who) for role, who in typed.items() if who != OtherProvider("")
        )
        if self._place:
            self._did[self._place - 1] = self.rendering.value() or None

    def _show(self) -> None:
        known = {each.role: each.provider for each in self._named[self._place]}
        for role, (last, first, npi) in self.fields.items():
            who = known.get(role, OtherProvider(""))
            for edit, text in ((last, who.last_name), (first, who.first_name), (npi, who.npi)):
                edit.set_value(text)
        self.rendering.set_value((self._did[self._place - 1] if self._place else None) or 0)
        self.rendering.setEnabled(self._place > 0)


def words_of(named: Sequence[Named]) -> str:
    """ "Ordering Farrow, line 2 supervising Lee"."""
    return ", ".join(
        (tr("line {place}", place=each.place) + " " if each.place else "")
        + f"{tr(ROLES[each.role])} {each.provider.last_name}"
        for each in named
    )
