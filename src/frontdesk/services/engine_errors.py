"""The one place where the engines' errors become the office's."""

import re

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    OperationalError,
    SQLAlchemyError,
    TimeoutError,
)
from sqlalchemy.orm.exc import StaleDataError

from frontdesk.kernel.errors import Conflict, Finding, FrontdeskError, Refused, Unavailable
from frontdesk.models.base import Base
from frontdesk.services.sentences import said_of

_NOT_REACHED = "The office's database cannot be reached. Nothing was saved; your entries are still here."
_AGAIN = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock detected

_LOCK_NOT_GIVEN = "55P03"
_DISK_FULL = "53100"  # PostgreSQL, in whatever language it speaks


def worth_another_try(error: Exception) -> bool:
    """Whether the same command, run anew, may end better or with a clearer refusal.

    A constraint fired because another desk was first: run again, the command's own check sees
    the winner's row and says the plain refusal. So does the loser of a deadlock. And a connection
    that had died meanwhile had brought nothing yet, unless it broke at the commit itself.
    """
    if isinstance(error, (IntegrityError, StaleDataError)) or was_dead(error):
        return True
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) in _AGAIN


def was_dead(error: Exception) -> bool:
    """Whether a statement met a connection that was gone, so that a fresh one may do better."""
    return isinstance(error, DBAPIError) and error.connection_invalidated and error.statement is not None


def ours(error: SQLAlchemyError) -> FrontdeskError:
    """The office's error for an engine's; the original stays out of what people see."""
    if isinstance(error, StaleDataError):
        return Conflict("Another desk changed this first. Nothing of yours was saved. Look again, then save.")
    if isinstance(error, IntegrityError):
        return Refused(said_of(constraint_of(error)))
    if isinstance(error, DataError):
        return too_large()
    if isinstance(error, DBAPIError):
        return Unavailable(_why(error))
    if isinstance(error, TimeoutError):  # every connection waits for a database that does not answer
        return Unavailable(_NOT_REACHED)
    raise error


def too_large() -> Refused:
    """For a year, a length or a count that no computer here can hold: a slip of the keys."""
    return Refused(
        Finding(
            "A date or number here is too large to be right. Nothing was saved. Check it, then try again."
        )
    )


def constraint_of(error: IntegrityError) -> str | None:
    """The name of the constraint that fired, on either engine."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name) if diagnosis.constraint_name else None
    message = str(error.orig)
    unique = re.fullmatch(r"UNIQUE constraint failed: (.+)", message)
    if unique:
        return _unique_named([part.split(".") for part in unique[1].split(", ")])
    check = re.fullmatch(r"CHECK constraint failed: (\w+)", message)
    return check[1] if check else message


def _unique_named(columns: list[list[str]]) -> str | None:
    """SQLite names the columns, not the constraint."""
    table = Base.metadata.tables.get(columns[0][0])
    wanted = {column[-1] for column in columns}
    if table is None:
        return None
    unique = [constraint for constraint in table.constraints if isinstance(constraint, UniqueConstraint)]
    candidates: list[UniqueConstraint | Index] = [*unique, *table.indexes]
    for candidate in candidates:
        if {column.name for column in candidate.columns} == wanted:
            return str(candidate.name)
    return None


def _why(error: DBAPIError) -> str:
    told = str(error.orig).lower()
    if getattr(error.orig, "sqlstate", None) == _LOCK_NOT_GIVEN:
        return "Another desk is saving something large. Nothing of yours was saved. Try again in a moment."
    if "locked" in told or "busy" in told:
        return "Another program is using the office's file. Nothing was saved. Try again in a moment."
    is_full = getattr(error.orig, "sqlstate", None) == _DISK_FULL
    if is_full or ("disk" in told and "full" in told) or "no space" in told:
        return "The disk is full. Nothing was saved. Make room on the disk, then do this again."
    if "malformed" in told or "hmac" in told:
        return (
            "A part of the office's file is damaged and cannot be read. Nothing was changed. "
            "Have frontdesk db check say which, then restore it from a backup."
        )
    if "not a database" in told or "file is encrypted" in told:
        return "The office's file cannot be opened with this key."
    if "readonly" in told or "read-only" in told:
        return "The office's file can only be read, not written. Nothing was saved."
    if isinstance(error, OperationalError):
        return _NOT_REACHED
    return "The office's database could not do this. Nothing was saved."
