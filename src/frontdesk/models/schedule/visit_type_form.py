"""Which consent forms the visits of a kind need, beyond those that every patient is asked for."""

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row


class VisitTypeForm(Row):
    """One form that a kind of visit names, by the key that all its editions share."""

    __tablename__ = "visit_type_form"
    visit_type_id: Mapped[int] = mapped_column(ForeignKey("visit_type.id"))
    form_key: Mapped[str] = mapped_column(Text)
    __table_args__ = (
        CheckConstraint("form_key <> ''", name="form_key"),
        UniqueConstraint("visit_type_id", "form_key"),
    )
