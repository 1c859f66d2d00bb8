"""Pictures and plain text as PDF, so that everything in a chart is looked at and printed the same way."""

from io import BytesIO

from PIL import Image, ImageSequence, UnidentifiedImageError
from reportlab.lib.pagesizes import LETTER, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from frontdesk.formats.pdf.fonts import markup
from frontdesk.formats.pdf.letterhead import MARGIN, TEXT

_EDGE = 18.0


def picture_pdf(data: bytes) -> bytes:
    """A page for each frame of a PNG, JPEG or TIFF; raises ValueError where it cannot be drawn."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=LETTER, invariant=1)
    try:
        with Image.open(BytesIO(data)) as picture:
            for frame in ImageSequence.Iterator(picture):
                _draw(canvas, frame.convert("RGB"))
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise ValueError("no picture that can be drawn") from error
    canvas.save()
    return out.getvalue()


def text_pdf(text: str) -> bytes:
    """Plain text, line by line."""
    out = BytesIO()
    document = SimpleDocTemplate(
        out,
        pagesize=LETTER,
        invariant=1,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
    )
    lines = text.expandtabs(4).replace("\f", "\n").splitlines() or [""]
    document.build([Paragraph(markup(line), TEXT) if line.strip() else Spacer(1, 8) for line in lines])
    return out.getvalue()


def _draw(canvas: Canvas, frame: Image.Image) -> None:
    """One page, upright or lying as the picture is."""
    size = landscape(LETTER) if frame.width > frame.height else LETTER
    canvas.setPageSize(size)
    scale = min((size[0] - 2 * _EDGE) / frame.width, (size[1] - 2 * _EDGE) / frame.height, 1.0)
    width, height = frame.width * scale, frame.height * scale
    left, bottom = (size[0] - width) / 2, size[1] - _EDGE - height
    canvas.drawImage(ImageReader(frame), left, bottom, width, height)
    canvas.showPage()
