"""Bring a database to this version's tables."""

from sqlalchemy import Connection, Engine, func, inspect, select, text

from frontdesk.kernel.errors import FrontdeskError
from frontdesk.kernel.files import migrations_folder

_MIGRATING = 4_810_835_838
"""The lock's number among the database's advisory locks: any, but the same at every desk."""


def newest() -> str:
    """The revision this version of Frontdesk works on: the highest number in `migrations/versions`."""
    return max(path.name[:4] for path in (migrations_folder() / "versions").glob("[0-9]*.py"))


def revision_of(engine: Engine) -> str | None:
    """The database's revision; None where it has no tables yet."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
        return None if found is None else str(found)


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing; each is one transaction.

    Raises FrontdeskError when the database is newer than this programme.
    """
    found, wanted = revision_of(engine), newest()
    if found == wanted:
        return
    if found is not None and found > wanted:
        raise FrontdeskError(
            "The office's database was opened by a newer Frontdesk. Install the same version on this desk."
        )
    # Loaded here: alembic costs 100 ms at every start, and is needed once per version.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # a file is one program's at a time anyway
            _wait_for_other_desks(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _wait_for_other_desks(connection: Connection) -> None:
    """Two desks that are started at once after an update: the second finds the tables made."""
    connection.execute(select(func.set_config("lock_timeout", "0", True)))
    connection.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))
