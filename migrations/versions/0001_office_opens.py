"""The office opens: all tables, constraints and triggers, as written by `migrations.baseline`."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None

BETWEEN = "\n\n-- next\n\n"


def upgrade() -> None:
    bind = op.get_bind()
    script = Path(__file__).with_name(f"0001_office_opens.{bind.dialect.name}.sql")
    escaped = "%%" if bind.dialect.paramstyle in ("format", "pyformat") else "%"
    for statement in script.read_text(encoding="utf-8").split(BETWEEN):
        bind.exec_driver_sql(statement.replace("%", escaped))
