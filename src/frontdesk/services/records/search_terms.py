"""What somebody types to find documents, understood once and said in each engine's own language.

Words in any order, the last one as a beginning while it is typed; "right lower" is a phrase; from:lab and
category:hospital narrow. A word with marks in it, J18.9 or 03/12/2026, is a phrase of its parts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from frontdesk.kernel.words import search_words
from frontdesk.models.records.document import Category

SHORTEST_BEGINNING: Final = 2
"""Half the documents hold a word that begins with a given letter: one letter alone is a word of its own."""
_MOST_WORDS = 12
_PIECE = re.compile(r"(?:(from|category):)?(?:\"([^\"]*)(\"?)|(\S+))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sought:
    """Words that stand one after another; the last may be only begun."""

    words: tuple[str, ...]
    is_begun: bool = False
    is_source: bool = False
    """Whether they stand in who the document is from."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the index."""

    sought: tuple[Sought, ...] = ()
    categories: tuple[Category, ...] = ()
    """One of these; empty: any."""

    def __bool__(self) -> bool:
        return bool(self.sought or self.categories)

    @property
    def to_mark(self) -> tuple[Sought, ...]:
        """What the text of a document may hold."""
        return tuple(one for one in self.sought if not one.is_source)

    @property
    def phrases(self) -> tuple[Sought, ...]:
        return tuple(one for one in self.to_mark if len(one.words) > 1)


def understand(typed: str) -> Asked:
    """The question in what was typed; without words it is empty."""
    sought: list[Sought] = []
    categories: list[Category] = []
    pieces = list(_PIECE.finditer(typed))
    for place, piece in enumerate(pieces):
        where, quoted, closed, plain = piece.groups()
        is_last = place == len(pieces) - 1 and not typed[piece.end() :]
        said = quoted if quoted is not None else plain
        where = (where or "").lower()
        if where == "category" and (fitting := _categories(said)):
            categories += fitting
            continue
        words = tuple(search_words(said))
        if words:
            is_open = is_last and not closed
            is_begun = is_open and len(words[-1]) >= SHORTEST_BEGINNING
            sought.append(Sought(words[:_MOST_WORDS], is_begun, where == "from"))
    return Asked(tuple(sought[:_MOST_WORDS]), tuple(dict.fromkeys(categories)))


def _categories(said: str) -> list[Category]:
    wanted = "_".join(search_words(said))
    return [one for one in Category if wanted and one.value.startswith(wanted)]


def for_file(sought: Sequence[Sought]) -> str:
    """In FTS5's language."""
    return " AND ".join(
        f'{"source : " if one.is_source else ""}"{" ".join(one.words)}"{" *" if one.is_begun else ""}'
        for one in sought
    )


def for_server(sought: Sequence[Sought]) -> str:
    """In PostgreSQL's, for a cast to tsquery."""
    return " & ".join(_phrase(one) for one in sought)


def for_server_loosely(sought: Sequence[Sought]) -> str:
    """The same with the words of a phrase anywhere: what an index of a very long text can answer."""
    return " & ".join(_phrase(one, between=" & ") for one in sought)


def _phrase(one: Sought, between: str = " <-> ") -> str:
    words = [f"'{word}'" + (":B" if one.is_source else "") for word in one.words]
    if one.is_begun:
        words[-1] = f"'{one.words[-1]}':*" + ("B" if one.is_source else "")
    return f"({between.join(words)})"
