"""Scanned paper: pictures of pages, as a TIFF of several, and files of other kinds."""

import io

from PIL import Image, ImageDraw


def page_picture(*lines: str, width: int = 850, height: int = 1100) -> Image.Image:
    """A white page with a few lines in the built-in face."""
    picture = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        pen.text((60, 60 + 34 * number), line, fill=0, font_size=24)
    return picture


def tiff(*pages: tuple[str, ...]) -> bytes:
    """A scan of several pages as a fax machine sends it, in black and white."""
    frames = [page_picture(*lines).convert("1") for lines in pages]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", compression="group4", save_all=True, append_images=frames[1:])
    return out.getvalue()


def png(*lines: str) -> bytes:
    """One page as a PNG."""
    out = io.BytesIO()
    page_picture(*lines).save(out, "PNG")
    return out.getvalue()
