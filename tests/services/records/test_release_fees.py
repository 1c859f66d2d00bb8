"""The fee for copies at two desks at the same moment: stated once, and its money entered once."""

from collections.abc import Callable
from datetime import date

from frontdesk.services.database import Database
from frontdesk.services.records import release_fees
from frontdesk.services.records.release_fees import Costs, PaidHow
from frontdesk.services.records.releases import Basis, Requester
from tests.at_once import DONE, at_once
from tests.builders.packets import collected
from tests.office import DANA, Office


def test_a_fee_is_stated_once_and_paid_once(office: Office, another: Callable[[], Database]) -> None:
    elsewhere = another()
    request_id = collected(
        office,
        basis=Basis.SUBPOENA,
        requester=Requester.ATTORNEY,
        name="Rose City Legal LLP",
        purpose="Legal",
    )

    def both(act: Callable[..., object], **told: object) -> list[str]:
        return at_once(
            office.database,
            lambda: office.database.do(DANA, act, **told),
            lambda: elsewhere.do(DANA, act, **told),
        )

    stated = "Another desk has just stated the fee of this request. Look at it."
    assert both(release_fees.state, request_id=request_id, costs=Costs(), instead_of=None) == [stated, DONE]
    fee = office.ask(release_fees.fee, request_id=request_id)
    assert fee is not None
    paid = both(
        release_fees.enter_payment,
        fee_id=fee.fee_id,
        amount_cents=fee.total_cents,
        paid_on=date(2026, 3, 17),
        how=PaidHow.CHECK,
        receipt_number="2031",
    )
    assert paid == ["Nothing is open.", DONE]
    fee = office.ask(release_fees.fee, request_id=request_id)
    assert fee is not None
    assert fee.open_cents == 0
