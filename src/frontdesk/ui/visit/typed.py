"""What is typed in the insurance's form against what was loaded into it."""

from collections.abc import Mapping

from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.form import Form
from frontdesk.ui.registration import entered
from frontdesk.ui.registration.entered import Clash
from frontdesk.ui.registration.entered import Typed as Typed


class Entered(entered.Entered):
    """As anywhere, but its lists may not know a value yet: such a list shows none, and nobody typed that."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._lists = {
            name: row.control for name, row in form.fields().items() if isinstance(row.control, Combo)
        }

    def show(self, on_file: Mapping[str, object]) -> tuple[Clash, ...]:
        """New answers; what was typed over stays."""
        typed = self.typed
        clashes = super().show(on_file)
        for name in (self._lists.keys() & on_file.keys()) - typed.keys():
            self._on_file[name] = self._lists[name].value()
        return clashes
