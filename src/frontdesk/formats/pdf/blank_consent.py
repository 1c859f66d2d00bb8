"""A consent form to be signed in ink; each page bears a code by which the sheet is found again."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Spacer

from frontdesk.formats import consent_code
from frontdesk.formats.consent_code import SheetCode
from frontdesk.formats.pdf.barcode import draw_square
from frontdesk.formats.pdf.fonts import REGULAR, markup
from frontdesk.formats.pdf.layout import Box, LineToSign, beside
from frontdesk.formats.pdf.letterhead import MARGIN, QUIET, SMALL, TEXT, TEXT_WIDTH, WIDTH, Letter, Sender

_SQUARE = 60.0
_SQUARE_AT = 48.0
_ROOM = 56.0

_WORDS = {
    "en": {
        "patient": "Patient",
        "born": "Birth date",
        "chart": "Chart number",
        "yes": "Yes",
        "no": "No",
        "sign": "Signature",
        "date": "Date",
        "other": "If somebody else signs: name",
        "relation": "Relation",
        "authority": "Authority (parent, court order, power of attorney)",
        "witness": "Witness: signature",
        "witness_name": "Witness: name",
        "interpreter": "Interpreter, if any, and language",
    },
    "es": {
        "patient": "Paciente",
        "born": "Fecha de nacimiento",
        "chart": "Número de expediente",
        "yes": "Sí",
        "no": "No",
        "sign": "Firma",
        "date": "Fecha",
        "other": "Si firma otra persona: nombre",
        "relation": "Relación",
        "authority": "Facultad (madre o padre, orden judicial, poder notarial)",
        "witness": "Testigo: firma",
        "witness_name": "Testigo: nombre",
        "interpreter": "Intérprete, si hubo, e idioma",
    },
}


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A question with boxes for yes and no, or a line to write on."""

    words: str
    is_yes_no: bool


@dataclass(frozen=True, slots=True)
class BlankConsent:
    """A form for a patient; without a name and code it is a preview."""

    title: str
    text: str
    language: str
    questions: tuple[PaperQuestion, ...] = ()
    needs_witness: bool = False
    patient: str = ""
    born_on: str = ""
    chart_number: str = ""
    print_id: int | None = None


def blank_consents_pdf(sender: Sender, sheets: Sequence[BlankConsent]) -> bytes:
    """All of them in one PDF, each counting its own pages."""
    made = [_sheet(sender, sheet) for sheet in sheets]
    if len(made) == 1:
        return made[0]
    writer = PdfWriter()
    for each in made:
        writer.append(PdfReader(BytesIO(each)))
    writer.compress_identical_objects()
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _sheet(sender: Sender, sheet: BlankConsent) -> bytes:
    said = _WORDS.get(sheet.language, _WORDS["en"])
    mark = _Mark(sheet.print_id) if sheet.print_id is not None else None
    letter = Letter(sender, sheet.title, foot=sheet.title, mark=mark, room_below=_ROOM if mark else 0)
    letter.title()
    letter.facts(
        (
            (said["patient"], sheet.patient),
            (said["born"], sheet.born_on),
            (said["chart"], sheet.chart_number),
        ),
        columns=3,
    )
    letter.markdown(sheet.text)
    for question in sheet.questions:
        letter.drawing(*_question(question, said))
    letter.space(12)
    letter.drawing(*_lines(sheet, said))
    return letter.pdf()


class _Mark:
    """The code at the foot of each page, and below it in letters."""

    def __init__(self, print_id: int) -> None:
        self._print_id = print_id

    def __call__(self, canvas: Canvas, page: int, pages: int) -> None:
        code = consent_code.written(SheetCode(self._print_id, page, pages))
        draw_square(canvas, code, WIDTH - MARGIN - _SQUARE, _SQUARE_AT, _SQUARE)
        canvas.setFont(REGULAR, SMALL.fontSize)
        canvas.setFillColor(QUIET)
        canvas.drawRightString(WIDTH - MARGIN - _SQUARE - 4, _SQUARE_AT + 6, code)


def _question(question: PaperQuestion, said: dict[str, str]) -> list[Flowable]:
    words = Paragraph(markup(question.words), TEXT)
    if not question.is_yes_no:
        return [words, LineToSign("", width=TEXT_WIDTH), Spacer(1, 2)]
    boxes = beside(
        [Box()],
        [Paragraph(markup(said["yes"]), TEXT)],
        [Box()],
        [Paragraph(markup(said["no"]), TEXT)],
        widths=(16, 50, 16, TEXT_WIDTH - 82),
    )
    return [words, boxes, Spacer(1, 2)]


def _lines(sheet: BlankConsent, said: dict[str, str]) -> list[Flowable]:
    wide, narrow = TEXT_WIDTH * 0.62, TEXT_WIDTH * 0.34
    apart = (TEXT_WIDTH * 0.66, TEXT_WIDTH * 0.34)

    def pair(first: str, second: str) -> list[Flowable]:
        left, right = LineToSign(said[first], width=wide), LineToSign(said[second], width=narrow)
        return [beside([left], [right], widths=apart), Spacer(1, 6)]

    lines = [*pair("sign", "date"), *pair("other", "relation")]
    lines += [LineToSign(said["authority"], width=TEXT_WIDTH), Spacer(1, 6)]
    if sheet.needs_witness:
        lines += pair("witness", "witness_name")
    return [*lines, LineToSign(said["interpreter"], width=TEXT_WIDTH)]
