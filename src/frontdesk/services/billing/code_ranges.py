"""Codes as the office's rules name them: one, a beginning ("J*"), or a range ("80000-89999")."""

import re
from functools import lru_cache

LABORATORY = "80000-89999"
"""The codes of tests that need a CLIA certificate where they are done (42 CFR 493)."""

_PART = re.compile(r"(?=\w*\d)[A-Z0-9]{1,10}|[A-Z0-9]{1,9}\*|[A-Z0-9]{5}-[A-Z0-9]{5}")


def is_written_well(codes: str) -> bool:
    """Whether every part is a code, a beginning or a range."""
    parts = codes.split()
    return bool(parts) and all(_PART.fullmatch(part) and _is_upward(part) for part in parts)


@lru_cache(maxsize=10_000)
def holds(codes: str, code: str) -> bool:
    """Whether a code is among these."""
    return any(_is_meant(part, code) for part in codes.split())


def begins(beginnings: str, code: str) -> bool:
    """Whether a diagnosis, with or without its dot, starts with one of these."""
    return code.replace(".", "").startswith(tuple(beginnings.split()))


def _is_meant(part: str, code: str) -> bool:
    if part.endswith("*"):
        return code.startswith(part[:-1])
    first, dash, last = part.partition("-")
    return first <= code <= last and len(code) == len(first) if dash else code == part


def _is_upward(part: str) -> bool:
    first, dash, last = part.partition("-")
    return not dash or first < last
