"""Keeps what is typed in the cards of a check-in, and puts it back when the check-in is opened again."""

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.services.visit import unfinished
from frontdesk.services.visit.check_in import CheckIn
from frontdesk.ui.desk import Desk
from frontdesk.ui.text import tr
from frontdesk.ui.visit import half_way
from frontdesk.ui.visit.demographics_card import DemographicsCard
from frontdesk.ui.visit.half_way import HalfWay
from frontdesk.ui.visit.insurance_card import InsuranceCard
from frontdesk.ui.visit.payment_card import PaymentCard


class Keeping:
    """In the office's data at each pause and whenever the page is left; per visit and person."""

    def __init__(
        self, desk: Desk, demographics: DemographicsCard, insurance: InsuranceCard, payment: PaymentCard
    ) -> None:
        self._desk = desk
        self._demographics, self._insurance, self._payment = demographics, insurance, payment
        self._left: dict[int, HalfWay] = {}
        self._to_put: HalfWay | None = None
        self._is_file_shown = False
        self._kept = ""

    def half_way(self) -> HalfWay:
        """What stands in the cards now and is not on file."""
        return HalfWay(self._demographics.typed, self._insurance.typed, self._payment.half_paid)

    def remember(self, appointment_id: int, left: HalfWay) -> None:
        """To be put back when the visit is opened next."""
        self._left[appointment_id] = left

    def forget(self, appointment_id: int) -> None:
        self._left.pop(appointment_id, None)

    def clear(self) -> None:
        """Another visit comes."""
        self._to_put, self._is_file_shown, self._kept = None, False, ""

    def keep(self, visit: CheckIn, *, is_here: bool) -> None:
        """Puts by what was typed, where it is not what is kept already."""
        if self._to_put is not None or not self._desk.is_signed_in:
            return
        half = self.half_way()
        self._left[visit.appointment_id] = half
        written = half.written()
        if is_here and written != self._kept:
            self._kept = written
            self._desk.do(
                self,
                _nothing,
                unfinished.keep,
                appointment_id=visit.appointment_id,
                content=written,
                named=", ".join(self._named(half)),
            )

    def find(self, visit: CheckIn) -> None:
        """What this person left half-way: here, or at another desk since."""
        mine = next((each for each in visit.left if each.is_mine), None)
        here = self._left.pop(visit.appointment_id, None)
        is_from_here = mine is None or mine.station == self._desk.database.station.name
        self._kept = mine.content if mine is not None else ""
        self._to_put = here if here is not None and is_from_here else half_way.read(self._kept)

    def file_is_shown(self) -> None:
        """What is on file stands in the cards."""
        self._is_file_shown = True

    def put_back(self) -> None:
        """Once the visit and what is on file are both there."""
        if self._to_put is None or not self._is_file_shown:
            return
        left, self._to_put = self._to_put, None
        self._demographics.put(left.demographics)
        self._insurance.put(left.insurance)
        if left.payment is not None:
            self._payment.put(left.payment)

    def refused(self, error: FrontdeskError) -> None:
        """It stays in the fields; the next pause tries again."""
        self._kept = ""

    def _named(self, half: HalfWay) -> list[str]:
        return [
            *half_way.named(half.demographics, self._demographics.forms()),
            *half_way.named(half.insurance, self._insurance.forms()),
            *([tr("Payment")] if half.payment else []),
        ]


def _nothing(_: None) -> None:
    """What was put by needs no word."""
