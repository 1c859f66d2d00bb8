"""Column types that say what a value means: an instant, a wall time, cents, a choice."""

import re
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Text
from sqlalchemy.types import TypeDecorator

Cents = BigInteger
"""Money in integer cents."""


class Stamp(TypeDecorator[datetime]):
    """An instant, kept as UTC and given back as UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a stamp needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class WallTime(TypeDecorator[datetime]):
    """A time as promised to a patient: what the office's clock on the wall will show."""

    impl = DateTime(timezone=False)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is not None:
            raise TypeError("a wall time has no time zone")
        return value


class Choices(TypeDecorator[tuple[StrEnum, ...]]):
    """Several words of an enumeration, in its order, as text with commas: few, and read with their row."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: tuple[StrEnum, ...] | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return ",".join(word.value for word in self.words if word in value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[StrEnum, ...] | None:
        if value is None:
            return None
        return tuple(self.words(word) for word in value.split(",") if word)


def only_words_of(column: str, words: type[StrEnum]) -> str:
    """For a CHECK: nothing but these words stands in a column of `Choices`."""
    left = f"',' || {column} || ','"
    for word in words:
        left = f"replace({left}, ',{word.value},', ',')"
    return f"{left} IN (',', ',,')"


def Choice(words: type[StrEnum], name: str = "") -> Enum:  # noqa: N802 - it reads as a type in a table
    """One of the words of an enumeration, as text with a CHECK of its name, or of this one."""
    return Enum(
        words,
        name=name or re.sub(r"(?<!^)(?=[A-Z])", "_", words.__name__).lower(),
        native_enum=False,
        create_constraint=True,
        validate_strings=True,
        length=max(len(word.value) for word in words),
        values_callable=lambda enumeration: [word.value for word in enumeration],
    )
