"""Member ids: typed as the card prints them, kept without what only separates, shown in groups."""

import re

_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015/]")
_MEDICARE = re.compile(r"[1-9][A-Z][A-Z0-9]\d[A-Z][A-Z0-9]\d[A-Z]{2}\d{2}")
"""A Medicare Beneficiary Identifier, as CMS defines its eleven places."""


def plain_member_id(typed: str) -> str:
    """A member id without blanks, dashes, dots and slashes: "XQP884120557"."""
    return _SEPARATORS.sub("", typed).upper()


def member_id_shown(member_id: str) -> str:
    """A member id in groups that can be read aloud: "XQP 884 120 557"; Medicare's as its cards have it."""
    if _MEDICARE.fullmatch(member_id):
        return f"{member_id[:4]}-{member_id[4:7]}-{member_id[7:]}"
    if "-" in member_id or len(member_id) < 9:
        return member_id
    return " ".join(member_id[at : at + 3] for at in range(0, len(member_id), 3))
