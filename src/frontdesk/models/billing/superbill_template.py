"""What the office prints on its superbills: sections of codes, for a provider, a specialty or everybody."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row
from frontdesk.models.guards import append_only
from frontdesk.models.types import Stamp


class SuperbillTemplate(Row):
    """One version of a template. Never changed: a later version, from its day on, takes its place."""

    __tablename__ = "superbill_template"

    name: Mapped[str] = mapped_column(Text)
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("provider.id"))
    taxonomy: Mapped[str] = mapped_column(Text, default="")
    """The specialty's code (NUCC); with the provider empty too it is for everybody."""
    effective_on: Mapped[date]
    sections: Mapped[str] = mapped_column(Text)
    """JSON: heads with their codes, in the order of the sheet; an empty list ends the template."""
    written_at: Mapped[datetime] = mapped_column(Stamp)
    written_by: Mapped[str] = mapped_column(Text)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Stamp)

    __table_args__ = (
        CheckConstraint("length(name) BETWEEN 1 AND 60", name="name"),
        CheckConstraint("provider_id IS NULL OR taxonomy = ''", name="for_one_or_the_other"),
    )


append_only(SuperbillTemplate, but=("withdrawn_at",))
