"""Which of the office's codes a kind of visit usually comes to: first when its superbill is entered."""

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from frontdesk.models.base import Row


class ExpectedCode(Row):
    """One code of one kind of visit, at its place."""

    __tablename__ = "expected_code"
    visit_type_id: Mapped[int] = mapped_column(ForeignKey("visit_type.id"))
    code: Mapped[str] = mapped_column(String(7))
    position: Mapped[int] = mapped_column(Integer)
    __table_args__ = (
        CheckConstraint("code <> ''", name="code"),
        UniqueConstraint("visit_type_id", "code"),
    )
