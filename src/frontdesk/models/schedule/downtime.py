"""When a room, a device or a member of staff cannot be booked: repair, calibration, leave."""

from datetime import datetime

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Versioned
from frontdesk.models.types import WallTime

LONGEST = 120


class ResourceDowntime(Versioned):
    """A stretch in which a thing is out of service. A provider's absence is a `ScheduleException`."""

    __tablename__ = "resource_downtime"
    resource_id: Mapped[int] = mapped_column(ForeignKey("resource.id"))
    starts: Mapped[datetime] = mapped_column(WallTime)
    ends: Mapped[datetime] = mapped_column(WallTime)
    reason: Mapped[str] = mapped_column(Text)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    """False where it was withdrawn, as if it had not been."""
    __table_args__ = (
        CheckConstraint("ends > starts", name="ends_after_start"),
        CheckConstraint(f"length(reason) BETWEEN 1 AND {LONGEST}", name="reason"),
        Index("ix_resource_downtime_resource_ends", "resource_id", "ends"),
    )
