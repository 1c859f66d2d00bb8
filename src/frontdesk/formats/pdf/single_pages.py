"""Pages taken out of a foreign PDF: what is to be seen on each, and nothing else of the file.

A scanner may list the pictures of all pages with each page, a form may carry scripts, links and files: a
page that is copied as it stands takes them along. Here a page keeps its content, the fonts and pictures
that this content names, and the look of its notes and filled-in fields.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, cast

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

KEPT: Final = frozenset({"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents"})
_DEEPEST: Final = 8
_NAME: Final = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)")
_HIDDEN: Final = 2 | 32
_WITHOUT_LOOK: Final = frozenset({"/Link", "/Popup"})


def alone(reader: PdfReader, numbers: Iterable[int]) -> Iterator[PageObject]:
    """The pages of these numbers, from 1, each stripped to itself; the reader is of no other use after."""
    for number in numbers:
        page = reader.pages[number - 1]
        content = _content(page)
        resources = _resolved(page.get("/Resources"))
        own = resources if isinstance(resources, DictionaryObject) else DictionaryObject()
        page[NameObject("/Resources")] = kept = _used(own, content)
        looks = _looks(page, kept)
        page[NameObject("/Contents")] = ArrayObject(
            [new_stream(b"q\n"), *_raw_contents(page), new_stream(b"\nQ\n" + looks)]
        )
        for key in [key for key in page if key not in KEPT]:
            del page[key]
        yield page


def new_stream(data: bytes) -> StreamObject:
    """A stream that a writer takes over, and gives its number."""
    made = DecodedStreamObject()
    made.set_data(data)
    made.indirect_reference = None
    return made


def _resolved(value: PdfObject | None) -> PdfObject | None:
    return value.get_object() if isinstance(value, IndirectObject) else value


def _content(page: PageObject) -> bytes:
    content = page.get_contents()
    return content.get_data() if content is not None else b""


def _raw_contents(page: PageObject) -> list[PdfObject]:
    if "/Contents" not in page:
        return []
    raw = page.raw_get("/Contents")
    found = _resolved(raw)
    if isinstance(found, ArrayObject):
        return list(found)
    return [raw] if isinstance(found, StreamObject) else []


def _used(resources: DictionaryObject, content: bytes) -> DictionaryObject:
    """The resources without the pictures and forms that the content, and the forms in it, do not draw."""
    kept = DictionaryObject(
        {NameObject(key): resources.raw_get(key) for key in resources if key != "/XObject"}
    )
    offered = _resolved(resources.get("/XObject"))
    if not isinstance(offered, DictionaryObject):
        return kept
    drawn: dict[str, PdfObject] = {}
    waiting = [content]
    for _ in range(_DEEPEST):
        names = {f"/{_plain(name)}" for each in waiting for name in _NAME.findall(each)}
        waiting = []
        for key in offered:
            if key in names and key not in drawn:
                drawn[key] = offered.raw_get(key)
                form = _resolved(offered.get(key))
                is_form = isinstance(form, StreamObject) and form.get("/Subtype") == "/Form"
                if is_form and not _tidied(cast("StreamObject", form)):
                    # An old form draws with the page's resources.
                    waiting.append(cast("StreamObject", form).get_data())
    kept[NameObject("/XObject")] = DictionaryObject({NameObject(key): value for key, value in drawn.items()})
    return kept


def _tidied(form: StreamObject) -> bool:
    """Whether the form has resources of its own; they are cut down to what it draws, once."""
    own = _resolved(form.get("/Resources"))
    if not isinstance(own, DictionaryObject):
        return False
    if "/FdTidied" not in own:
        kept = DictionaryObject({NameObject("/FdTidied"): NameObject("/Yes")})
        form[NameObject("/Resources")] = kept  # before going down: a form that draws itself ends here
        kept.update(_used(own, form.get_data()))
    return True


def _plain(name: bytes) -> str:
    spelled = re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code.group(1), 16)]), name)
    return spelled.decode("latin-1")


def _looks(page: PageObject, resources: DictionaryObject) -> bytes:
    """What draws the notes and fields as they look; their appearances join the page's resources."""
    annotations = _resolved(page.get("/Annots"))
    if not isinstance(annotations, ArrayObject):
        return b""
    drawn = []
    for number, raw in enumerate(annotations):
        annotation = _resolved(raw)
        if not isinstance(annotation, DictionaryObject) or annotation.get("/Subtype") in _WITHOUT_LOOK:
            continue
        look = _look_of(annotation)
        if look is None or int(annotation.get("/F", 0)) & _HIDDEN:
            continue
        place = _placed(annotation, look)
        if place is None:
            continue
        forms = resources.setdefault(NameObject("/XObject"), DictionaryObject())
        name = f"/FdLook{number}"
        look[NameObject("/Subtype")] = NameObject("/Form")
        _tidied(look)
        cast("DictionaryObject", forms)[NameObject(name)] = look.indirect_reference or look
        drawn.append(f"q {' '.join(f'{value:.4f}' for value in place)} cm {name} Do Q\n")
    return "".join(drawn).encode()


def _look_of(annotation: DictionaryObject) -> StreamObject | None:
    looks = _resolved(annotation.get("/AP"))
    normal = _resolved(looks.get("/N")) if isinstance(looks, DictionaryObject) else None
    if isinstance(normal, DictionaryObject) and not isinstance(normal, StreamObject):
        normal = _resolved(normal.get(str(annotation.get("/AS", "/Off"))))
    return normal if isinstance(normal, StreamObject) else None


def _placed(annotation: DictionaryObject, look: StreamObject) -> tuple[float, ...] | None:
    """The matrix that puts an appearance into its rectangle (ISO 32000-2, 12.5.5, algorithm 8)."""
    rect, box = _numbers(annotation.get("/Rect"), 4), _numbers(look.get("/BBox"), 4)
    matrix = _numbers(look.get("/Matrix"), 6) or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    if rect is None or box is None:
        return None
    a, b, c, d, e, f = matrix
    corners = [(x * a + y * c + e, x * b + y * d + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    if right - left <= 0 or top - bottom <= 0:
        return None
    x0, x1 = sorted((rect[0], rect[2]))
    y0, y1 = sorted((rect[1], rect[3]))
    wide, high = (x1 - x0) / (right - left), (y1 - y0) / (top - bottom)
    return wide, 0.0, 0.0, high, x0 - left * wide, y0 - bottom * high


def _numbers(value: PdfObject | None, count: int) -> tuple[float, ...] | None:
    found = _resolved(value)
    if not isinstance(found, ArrayObject) or len(found) != count:
        return None
    try:
        return tuple(float(cast("float", _resolved(each))) for each in found)
    except (TypeError, ValueError):
        return None
