"""What the office says when the database itself refuses: a sentence per constraint."""

from frontdesk.kernel.errors import Finding

_said: dict[str, Finding] = {}


def says(constraint: str, sentence: str, *, field: str = "") -> None:
    """Register the sentence for a constraint or trigger, by its name in the database."""
    _said[constraint] = Finding(sentence, field=field)


def said_of(constraint: str | None) -> Finding:
    """The sentence for a constraint; a plain one where nobody wrote a better."""
    return _said.get(
        constraint or "",
        Finding(
            "The database refused this because it does not fit what is already there. Nothing was saved."
        ),
    )
