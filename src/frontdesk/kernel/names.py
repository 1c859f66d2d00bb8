"""How people's names are put together."""


def last_first(last: str, first: str) -> str:
    """ "Foster, Danielle", as lists are sorted."""
    return f"{last}, {first}" if first else last


def first_last(first: str, last: str) -> str:
    """ "Danielle Foster", as one speaks."""
    return f"{first} {last}".strip()


def initials(first: str, last: str) -> str:
    """ "DF"."""
    return f"{first[:1]}{last[:1]}".upper()


def short_name(name: str) -> str:
    """ "Dana B."."""
    first, _, last = name.strip().rpartition(" ")
    return f"{first} {last[:1]}." if first else name
