"""Cash drawers: which one a desk uses, and which day its money belongs to."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.billing.day_close import DrawerCount
from frontdesk.models.billing.receipts import CashDrawer
from frontdesk.services.billing import journal
from frontdesk.services.billing.amounts import LARGEST_CENTS
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.work import Work


@dataclass(frozen=True, slots=True)
class Drawer:
    """A drawer, and the change that stays in it overnight."""

    id: int
    name: str
    float_cents: int
    is_here: bool
    """Whether it stands at this desk."""


@query(permission="billing.view")
def drawers(work: Work) -> tuple[Drawer, ...]:
    """The office's drawers by name."""
    rows = work.session.scalars(
        select(CashDrawer).where(CashDrawer.is_active.is_(True)).order_by(CashDrawer.name)
    )
    return tuple(Drawer(r.id, r.name, r.float_cents, r.station_id == work.station.id) for r in rows)


def _float_before(done: Performed) -> Undo:
    return Undo(set_float, drawer_id=done.arguments["drawer_id"], float_cents=done.result)


@command(
    "Set drawer float",
    permission="billing.close_day",
    undo=_float_before,
)
def set_float(work: Work, *, drawer_id: int, float_cents: int) -> int:
    """Say how much change stays in a drawer overnight; what it was before."""
    if not 0 <= float_cents <= LARGEST_CENTS:
        raise Refused(Finding("The float cannot be below zero.", "float_cents"))
    drawer = work.get(CashDrawer, drawer_id)
    before, drawer.float_cents = drawer.float_cents, float_cents
    return before


def here(work: Work) -> CashDrawer:
    """The drawer of this desk, made when the desk takes its first payment."""
    found = work.session.scalar(select(CashDrawer).where(CashDrawer.station_id == work.station.id))
    if found is None:
        found = work.add(CashDrawer(name=f"{work.station.name} drawer", station_id=work.station.id))
        work.flush()
    return found


def open_day(work: Work, drawer_id: int) -> date:
    """The day that money taken now belongs to: after the drawer was counted, the next."""
    counted_on = work.session.scalar(
        select(func.max(DrawerCount.counted_on)).where(
            DrawerCount.drawer_id == drawer_id, DrawerCount.set_aside_at.is_(None)
        )
    )
    day = journal.open_day(work)
    return day if counted_on is None else max(day, counted_on + timedelta(days=1))
