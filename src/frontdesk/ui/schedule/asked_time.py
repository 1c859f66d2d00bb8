"""A time that was pointed at, as if it had been found: holding it tells whether it is free."""

from datetime import timedelta

from frontdesk.services.schedule.openings import Opening, Reason
from frontdesk.services.schedule.slot import Slot
from frontdesk.services.schedule.visit_types import VisitTypeView
from frontdesk.ui.text import tr


def as_opening(asked: Slot, kind: VisitTypeView, minutes: int, provider: str) -> Opening:
    """The place that was pointed at, for a visit of a kind and length."""
    return Opening(
        slot=Slot(asked.provider_id, asked.starts, minutes),
        starts=asked.starts,
        ends=asked.starts + timedelta(minutes=minutes),
        arrive_at=asked.starts - timedelta(minutes=kind.arrive_early_minutes),
        provider=provider,
        things=(),
        reasons=(Reason(tr("The time you pointed at")),),
    )
