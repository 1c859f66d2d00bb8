"""Whatever kind a content is of, as a PDF: for the preview, the printer, and the work on pages."""

from frontdesk.formats.pdf.pictures import picture_pdf, text_pdf
from frontdesk.kernel.errors import Finding, Refused
from frontdesk.models.records.content import MediaType
from frontdesk.services.records import content
from frontdesk.services.work import Work


def pdf_of(work: Work, address: str, media_type: str) -> bytes:
    """The verified content as a PDF; a picture has a page for each of its frames."""
    data = content.read(work.session, address)
    if media_type == MediaType.PDF:
        return data
    if media_type in (MediaType.TEXT, MediaType.X12):
        return text_pdf(data.decode("utf-8", errors="replace"))
    try:
        return picture_pdf(data)
    except ValueError as error:
        raise Refused(
            Finding("This picture is damaged and cannot be shown. Ask the sender to send it again.")
        ) from error
