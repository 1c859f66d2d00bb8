"""How a name sounds: apart from the likeness of people, whose measures are slower to load."""

from jellyfish import metaphone

from frontdesk.kernel.text import fold


def sound(name: str) -> str:
    """The phonetic key of a name ('Foster' and 'Phoster' share one)."""
    return metaphone(fold(name)).replace(" ", "")
