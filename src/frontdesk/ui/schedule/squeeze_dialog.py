"""Asks once before a visit is squeezed in: what it costs whom, and why."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from frontdesk.kernel.errors import Finding
from frontdesk.kernel.text import clock_time, us_time, weekday_date
from frontdesk.services.schedule.squeeze import SqueezeIn
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.card import row
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.edits import TextEdit
from frontdesk.ui.kit.form import Form
from frontdesk.ui.kit.label import IconLabel, Label
from frontdesk.ui.kit.side_panel import Facts
from frontdesk.ui.schedule.booking_ways import Wanted, book_picked
from frontdesk.ui.text import counted, tr


@dataclass(frozen=True, slots=True)
class Squeezed:
    """Who is squeezed in, and for what."""

    patient_id: int
    name: str
    visit_type_id: int
    note: str = ""
    replaces: int | None = None
    """The called-off visit whose place this one takes."""
    answers: int | None = None
    """The request of the queue that this visit answers."""


def squeeze_in(
    parent: QWidget, desk: Desk, found: SqueezeIn, who: Squeezed, then: Callable[[int], object]
) -> Dialog:
    """Books when the reason is given; `then` gets the visit's id. A refusal is shown in the dialog."""
    dialog = Dialog(
        parent,
        tr("Squeeze {name} in at {time}?", name=who.name, time=us_time(found.starts)),
        tr(
            "{day}, {provider}, {how}.",
            day=weekday_date(found.starts.date()),
            provider=found.provider,
            how=found.said,
        ),
        icon="zap",
    )
    if found.longer:
        dialog.body.addWidget(Label(tr("Who waits longer"), "caption", "text-3"))
        dialog.body.addWidget(Facts(tuple(_line(found, place) for place in range(len(found.longer)))))
    else:
        dialog.body.addWidget(Label(tr("Nobody waits longer."), "body"))
    for reason in found.reasons:
        if reason.is_warning:
            dialog.body.addLayout(
                row(
                    IconLabel("triangle-alert", "warn", 14),
                    Label(reason.text, "body", "text", wrap=True),
                    gap=6,
                )
            )
    form = Form()
    why = TextEdit()
    form.add("override_reason", tr("Why it cannot wait"), why)
    dialog.body.addWidget(form)

    def try_it() -> None:
        words = why.text().strip()
        if words:
            _book(dialog, desk, found, who, words, then)
        else:
            form.show_findings((Finding(tr("Say why, for whoever asks later."), "override_reason"),))

    dialog.add_verb(tr("Keep as it was"), keys="Esc")
    dialog.add_verb(
        tr("Squeeze in at {time}", time=us_time(found.starts)), try_it, kind="primary", closes=False
    )
    dialog.open()
    why.setFocus()
    return dialog


def _book(
    dialog: Dialog, desk: Desk, found: SqueezeIn, who: Squeezed, why: str, then: Callable[[int], object]
) -> None:
    def booked(appointment_id: int) -> None:
        dialog.accept()
        then(appointment_id)

    book_picked(
        desk,
        dialog,
        booked,
        Wanted(
            patient_id=who.patient_id,
            slot=found.slot,
            visit_type_id=who.visit_type_id,
            note=who.note,
            override_reason=why,
        ),
        replaces=who.replaces,
        answers=who.answers,
    )


def _line(found: SqueezeIn, place: int) -> tuple[str, str]:
    each = found.longer[place]
    more = counted(each.minutes, "{count} min longer", "{count} min longer")
    broken = tr(", later than promised") if each.is_past_promise else ""
    return clock_time(each.starts), f"{each.patient}: {more}{broken}"
