"""What the desk does when the provider is late: tells the patient, or lets them go and finds another time."""

from collections.abc import Callable

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.schedule import late, lifecycle
from frontdesk.services.visit.check_in import CheckIn
from frontdesk.ui.kit.dialog import confirm
from frontdesk.ui.kit.page import Errand, Page
from frontdesk.ui.text import tr


class DelayActs:
    """On a page that shows one visit; `left` is called once the patient goes."""

    def __init__(self, page: Page, left: Callable[[Errand], object]) -> None:
        self._page, self._left = page, left

    def tell(self, visit: CheckIn, words: str) -> None:
        """The patient was told at the desk, in these words."""
        if visit.expected_in is None:
            return
        name = visit.patient.name
        self._page.desk.do(
            self,
            lambda _: self._page.told.emit(tr("Told {name} of the delay", name=name)),
            late.tell,
            appointment_id=visit.appointment_id,
            how=late.Told.IN_PERSON,
            said=words,
            promised=visit.expected_in,
        )

    def offer_rebook(self, visit: CheckIn) -> None:
        """The patient cannot wait: they leave, and get another time."""
        confirm(
            self._page,
            tr("Does {name} leave, and come another time?", name=visit.patient.name),
            tr("The visit ends without being seen. Next, find another time."),
            verb=tr("Leaves, find a time"),
            keep=tr("Stays"),
            then=lambda: self._leaves(visit),
        )

    def refused(self, error: FrontdeskError) -> None:
        self._page.refused(error)

    def _leaves(self, visit: CheckIn) -> None:
        errand = Errand("rebook", visit.patient.patient_id, visit.appointment_id)
        self._page.desk.do(
            self,
            lambda _: self._left(errand),
            lifecycle.left_without_being_seen,
            appointment_id=visit.appointment_id,
            reason="Could not wait",
        )
