"""What a column cannot hold is refused in a sentence, where one engine would fail and the other keep it."""

from functools import cache

from sqlalchemy import String, inspect
from sqlalchemy.orm import InstanceState, Mapper, Session, UOWTransaction

from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.base import Base


def refuse_what_does_not_fit(session: Session, _context: UOWTransaction, _instances: object) -> None:
    """Before each flush: texts that are too long, and the one character that a server cannot keep."""
    for row in (*session.new, *session.dirty):
        state: InstanceState[Base] = inspect(row)
        values = state.dict
        for field, most in _texts(state.mapper):
            text = values.get(field)
            if not text or not isinstance(text, str):
                continue
            if most is not None and len(text) > most:
                raise Refused(
                    Finding(
                        f"This text has {len(text)} characters, and {most} can be kept. "
                        "Shorten it, then save again.",
                        field=field,
                    )
                )
            if "\0" in text:
                raise Refused(
                    Finding(
                        "This text holds a character that cannot be kept. Type it anew, then save again.",
                        field=field,
                    )
                )


@cache
def _texts(mapper: Mapper[Base]) -> tuple[tuple[str, int | None], ...]:
    return tuple(
        (attribute.key, attribute.columns[0].type.length)
        for attribute in mapper.column_attrs
        if isinstance(attribute.columns[0].type, String)
    )
