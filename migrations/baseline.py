"""Write the first migration's SQL from the models, one file per engine: `python -m migrations.baseline`.

For use before the first release only; afterwards 0001 is frozen, and changes are new migrations.
"""

from pathlib import Path

from sqlalchemy import create_mock_engine
from sqlalchemy.sql.ddl import DDLElement
from sqlalchemy.util import OrderedSet

from frontdesk.models import every_table, guards
from frontdesk.models.base import Base

BETWEEN = "\n\n-- next\n\n"
HERE = Path(__file__).parent / "versions"


def statements(dialect: str) -> list[str]:
    """The statements that make all tables, triggers and constraints, in order."""
    written: list[str] = []

    def keep(statement: DDLElement, *_: object, **__: object) -> None:
        written.append(str(statement.compile(dialect=engine.dialect)).strip().replace("%%", "%"))

    tables = every_table()
    for table in tables:  # a set has no order of its own: the same file each time
        table.indexes = OrderedSet(sorted(table.indexes, key=lambda index: str(index.name)))
    engine = create_mock_engine(f"{dialect}://", keep)
    Base.metadata.create_all(engine, tables=tables, checkfirst=False)
    return written


def main() -> None:
    every_table()
    guards.run_with_creation()
    for dialect in ("sqlite", "postgresql"):
        path = HERE / f"0001_office_opens.{dialect}.sql"
        path.write_text(BETWEEN.join(statements(dialect)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
