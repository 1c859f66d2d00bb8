"""What every table has: named constraints, client-made ids, and, where two desks may edit, a version."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, Integer, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.orm.mapper import _CONFIGURE_MUTEX

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Id = BigInteger().with_variant(Integer(), "sqlite")
"""A 63-bit id; on SQLite it must be spelled INTEGER to be the rowid itself."""


class Base(DeclarativeBase):
    """The registry of all tables."""

    metadata = MetaData(naming_convention=NAMES)
    in_audit: ClassVar[bool] = True
    """Whether row changes are written into the audit entry; derived rows (search keys, bytes) say no."""

    def __init_subclass__(cls, **options: Any) -> None:
        # Tables are mapped while other threads ask: SQLAlchemy locks a mapper against its configuration of
        # all mappers, but not the list of them.
        with _CONFIGURE_MUTEX:
            super().__init_subclass__(**options)


class Row(Base):
    """A table whose id is made by the client, before the row is written (`Work.add`)."""

    __abstract__ = True
    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False, sort_order=-2)


class Versioned(Row):
    """A row that two desks may edit: the later writer gets `Conflict`, never a silent overwrite."""

    __abstract__ = True
    version: Mapped[int] = mapped_column(Integer, sort_order=-1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # Any: SQLAlchemy's own type for mapper options
        return {"version_id_col": cls.version}
