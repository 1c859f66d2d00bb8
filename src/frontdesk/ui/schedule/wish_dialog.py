"""What a patient says who needs a new time: how urgent it is, and when they can come."""

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QWidget

from frontdesk.services.schedule.words import Urgency
from frontdesk.ui.kit.choice import Segmented
from frontdesk.ui.kit.dialog import Dialog
from frontdesk.ui.kit.form import Form
from frontdesk.ui.schedule.week_times import Cell, WeekTimes
from frontdesk.ui.text import tr


class WishDialog(Dialog):
    """`then` gets itself once it was answered."""

    def __init__(
        self,
        parent: QWidget,
        name: str,
        urgency: Urgency,
        ticked: Collection[Cell],
        then: Callable[["WishDialog"], object],
    ) -> None:
        super().__init__(
            parent,
            tr("When can {name} come?", name=name),
            tr("All who are not moved yet are proposed anew around it."),
            icon="calendar-clock",
            icon_color="accent",
        )
        self.urgency = Segmented(
            (
                (Urgency.TODAY, tr("Urgent")),
                (Urgency.THIS_WEEK, tr("This week")),
                (Urgency.ROUTINE, tr("Routine")),
            ),
            says=tr("Urgency"),
        )
        self.urgency.set_value(urgency)
        self.times = WeekTimes()
        self.times.show_ticked(ticked)
        form = Form()
        form.add("urgency", tr("Urgency"), self.urgency)
        form.add("windows", tr("Times; none ticked means any"), self.times)
        self.body.addWidget(form)
        self.add_verb(tr("Look for such a time"), lambda: then(self), kind="primary")
        self.add_verb(tr("Leave it"), keys="Esc")
        self.times.setFocus()
