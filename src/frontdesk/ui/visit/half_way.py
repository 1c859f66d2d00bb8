"""What was entered in a check-in and not saved, as the office's data keeps it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from frontdesk.ui.kit.form import Form
from frontdesk.ui.visit.payment_card import HalfPaid
from frontdesk.ui.visit.typed import Typed


@dataclass(frozen=True, slots=True)
class HalfWay:
    """What stands in the cards and is not on file."""

    demographics: Typed = field(default_factory=dict)
    insurance: Typed = field(default_factory=dict)
    payment: HalfPaid | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.demographics or self.insurance or self.payment)

    def written(self) -> str:
        """As text; empty where nothing is left."""
        return "" if self.is_empty else msgspec.json.encode(self, order="deterministic").decode()


def read(content: str) -> HalfWay:
    """From text; what another version of the programme wrote and this one cannot read is dropped."""
    try:
        return msgspec.json.decode(content, type=HalfWay) if content else HalfWay()
    except msgspec.MsgspecError:
        return HalfWay()


def named(typed: Mapping[str, object], forms: Iterable[Form]) -> list[str]:
    """The labels of the fields that were typed in, in the order of the form."""
    fields = {name: row for form in forms for name, row in form.fields().items()}
    return [row.label().text() for name, row in fields.items() if name in typed]
