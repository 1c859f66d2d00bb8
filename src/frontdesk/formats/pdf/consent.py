"""A signed consent as a sheet of paper: the words, the ink, and how to tell that neither was changed."""

from dataclasses import dataclass

from reportlab.platypus import Flowable, Paragraph, Spacer

from frontdesk.formats.pdf.fonts import markup
from frontdesk.formats.pdf.letterhead import INK, LINE, SMALL, STRONG, TEXT, Letter, Sender

_INK_WIDTH, _INK_HEIGHT = 260.0, 78.0


@dataclass(frozen=True, slots=True)
class ConsentSheet:
    """Everything the sheet shows; `strokes` are lists of points (x, y, ...), y growing downwards."""

    sender: Sender
    title: str
    text: str
    patient_name: str
    chart_number: str
    born_on: str
    signer: str
    """Name, and relation where it is not the patient."""
    answered: str
    """What was done and when, as a sentence."""
    note: str
    strokes: tuple[tuple[tuple[int, ...], ...], ...]
    seal: str
    answers: tuple[tuple[str, str], ...] = ()
    """Questions of the form with what was answered."""
    interpreter: str = ""
    witness: str = ""
    witness_strokes: tuple[tuple[tuple[int, ...], ...], ...] = ()


def consent_pdf(sheet: ConsentSheet) -> bytes:
    """The sheet as PDF."""
    letter = Letter(sheet.sender, sheet.title, foot=f"{sheet.title} · Chart {sheet.chart_number}")
    letter.title()
    letter.facts(
        (
            ("Patient", sheet.patient_name),
            ("Birth date", sheet.born_on),
            ("Chart number", sheet.chart_number),
        ),
        columns=3,
    )
    letter.markdown(sheet.text)
    for question, answer in sheet.answers:
        letter.text(question)
        letter.text({"yes": "Yes", "no": "No", "": "Not answered"}.get(answer, answer), STRONG)
    letter.space(8)
    ink: list[Flowable] = [_Ink(sheet.strokes)] if sheet.strokes else []
    letter.drawing(
        *ink,
        Paragraph(markup(sheet.signer), STRONG),
        Paragraph(markup(sheet.answered), TEXT),
        *([Paragraph(markup(f"Note: {sheet.note}"), TEXT)] if sheet.note else []),
        *([Paragraph(markup(f"Interpreter: {sheet.interpreter}"), TEXT)] if sheet.interpreter else []),
        *([_Ink(sheet.witness_strokes)] if sheet.witness_strokes else []),
        *([Paragraph(markup(f"Witness: {sheet.witness}"), TEXT)] if sheet.witness else []),
        Spacer(1, 6),
        Paragraph(markup(f"Seal (SHA-256): {sheet.seal}"), SMALL),
    )
    return letter.pdf()


class _Ink(Flowable):  # type: ignore[misc]  # reportlab has no types
    """The strokes, scaled to a line to sign on."""

    def __init__(self, strokes: tuple[tuple[tuple[int, ...], ...], ...]) -> None:
        super().__init__()
        self.width, self.height = _INK_WIDTH, _INK_HEIGHT + 8
        self._strokes = strokes

    def draw(self) -> None:
        points = [point for stroke in self._strokes for point in stroke]
        left, top = min(point[0] for point in points), min(point[1] for point in points)
        wide = max(point[0] for point in points) - left
        high = max(point[1] for point in points) - top
        scale = min((_INK_WIDTH - 20) / max(wide, 1), (_INK_HEIGHT - 14) / max(high, 1), 1.0)
        canvas = self.canv
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.8)
        canvas.line(0, 6, _INK_WIDTH, 6)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(1.4)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        for stroke in self._strokes:
            path = canvas.beginPath()
            for number, point in enumerate(stroke):
                x, y = 10 + (point[0] - left) * scale, 10 + (high - (point[1] - top)) * scale
                if number == 0:
                    path.moveTo(x, y)
                path.lineTo(x, y)
            canvas.drawPath(path)
