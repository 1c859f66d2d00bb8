"""What a scanner makes of a printed form: turned, grey, specked, at few dots to the inch."""

import io
import random

import pypdfium2
from PIL import Image, ImageFilter


def scanned(
    pdf: bytes, page: int = 0, *, turned: int = 0, askew: float = 0, dpi: int = 150, poor: bool = True
) -> bytes:
    """One page of a PDF as the JPEG of a scan; `turned` in degrees."""
    picture = _drawn(pdf, page, dpi).rotate(turned + askew, expand=True, fillcolor=235)
    if poor:
        picture = _poorly(picture)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=40 if poor else 80, dpi=(dpi, dpi))
    return out.getvalue()


def scanned_pdf(*pages: bytes) -> bytes:
    """Pictures as the pages of one scanned PDF."""
    pictures = [Image.open(io.BytesIO(page)) for page in pages]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=150)
    return out.getvalue()


def empty_page(dpi: int = 150) -> bytes:
    """A page with nothing on it."""
    out = io.BytesIO()
    Image.new("L", (round(8.5 * dpi), 11 * dpi), 250).save(out, "JPEG")
    return out.getvalue()


def _drawn(pdf: bytes, page: int, dpi: int) -> Image.Image:
    document = pypdfium2.PdfDocument(pdf)
    picture: Image.Image = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
    document.close()
    return picture


def _poorly(picture: Image.Image) -> Image.Image:
    specks = random.Random(7)
    pixels = picture.load()
    assert pixels is not None
    wide, high = picture.size
    for _ in range(wide * high // 60):
        x, y = specks.randrange(wide), specks.randrange(high)
        pixels[x, y] = specks.randint(60, 200)
    return picture.filter(ImageFilter.GaussianBlur(0.8)).point(lambda value: 60 + value * 0.6)
