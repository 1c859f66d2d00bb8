"""A PDF under a password: AES-256, with pypdf, as reportlab's own does not open."""

import secrets
from io import BytesIO
from typing import Final

from pypdf import PdfReader, PdfWriter

# Letters and digits that are not taken for each other on the telephone or in handwriting.
_LETTERS: Final = "ABCDEFGHJKMNPQRTUVWXY2346789"
_GROUPS, _LONG = 4, 4


def new_password() -> str:
    """ "K7MQ-4RTX-WD9H-2JNC": 77 bits of chance, to be read out over the telephone."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_LONG)) for _ in range(_GROUPS))
    return "-".join(groups)


def locked_pdf(pdf: bytes, password: str) -> bytes:
    """The same file, readable with the password only; each call gives other bytes, all of which open."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    # An owner's password of its own that nobody learns: what is opened with the user's cannot be changed.
    writer.encrypt(password, secrets.token_urlsafe(24), algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
