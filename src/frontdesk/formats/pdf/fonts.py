"""The letters' type: Helvetica, which every PDF reader has, and a wider font for names it cannot spell."""

from functools import cache
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

REGULAR = "Helvetica"
BOLD = "Helvetica-Bold"
_WIDER = ("DejaVuSans.ttf", "Arial Unicode.ttf", "arial.ttf")


def markup(text: str) -> str:
    """Plain text for a paragraph: escaped, and set in the wider font where Helvetica has no such letter."""
    if _spelled(text):
        return escape(text)
    wider = _wider_font()
    pieces: list[str] = []
    for word in text.split(" "):
        if _spelled(word) or wider is None:
            pieces.append(escape(word))
        else:
            pieces.append(f'<font name="{wider}">{escape(word)}</font>')
    return " ".join(pieces)


def _spelled(text: str) -> bool:
    """Whether the standard fonts' encoding has every letter of it."""
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _wider_font() -> str | None:
    """The first font with more letters on this computer; reportlab knows where systems keep them."""
    for file_name in _WIDER:
        try:
            pdfmetrics.registerFont(TTFont("Wider", file_name))
        except TTFError:
            continue
        return "Wider"
    return None
