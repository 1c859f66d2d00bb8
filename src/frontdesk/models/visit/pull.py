"""The printed chart pull lists: what is booked afterwards is a late add."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Stamp


class PullListPrint(Row):
    """One printing of a day's list, of one provider or of all."""

    __tablename__ = "pull_list_print"
    day: Mapped[date]
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"))
    printed_at: Mapped[datetime] = mapped_column(Stamp)
    printed_by: Mapped[str] = mapped_column(String(120))
    __table_args__ = (Index("ix_pull_list_print_day", "day"),)


class PullListPrintLine(Row):
    """A volume that stood on a printed list."""

    __tablename__ = "pull_list_print_line"
    print_id: Mapped[int] = mapped_column(ForeignKey("pull_list_print.id"))
    volume_id: Mapped[int] = mapped_column(ForeignKey("chart_volume.id"), index=True)
    __table_args__ = (UniqueConstraint("print_id", "volume_id"),)


append_only(PullListPrint)
append_only(PullListPrintLine)
