"""A form's words for the screen."""

from html import escape

from frontdesk.services.records.consents import FormToSign
from frontdesk.ui.theme import theme

LANGUAGES = {"en": "English", "es": "Español"}


def as_html(form: FormToSign, larger: float = 1.0) -> str:
    """Paragraphs, "## " heads and "- " items, as `formats.pdf.letterhead` prints them."""
    return words_as_html(form.title, form.text, larger)


def words_as_html(title: str, text: str, larger: float = 1.0) -> str:
    """The same of a title and a text."""

    def px(pixels: float) -> int:
        return theme().px(pixels * larger)

    head = f"font-size:{px(15)}px; font-weight:600; margin:0 0 {px(8)}px 0"
    parts = [f'<p style="{head}">{escape(title)}</p>'] if title else []
    for block in text.strip().split("\n\n"):
        for line in block.split("\n"):
            if line.startswith("## "):
                head = f"font-weight:600; margin:{px(10)}px 0 {px(4)}px 0"
                parts.append(f'<p style="{head}">{escape(line[3:])}</p>')
            elif line.startswith("- "):
                item = f"margin:0 0 {px(5)}px {px(14)}px; text-indent:-{px(10)}px"
                parts.append(f'<p style="{item}">•&nbsp;{escape(line[2:])}</p>')
            else:
                parts.append(f'<p style="margin:0 0 {px(8)}px 0">{escape(line)}</p>')
    return f'<div style="font-size:{px(13)}px">{"".join(parts)}</div>'
