"""How many pages a document has when it is laid out on paper."""

from frontdesk.models.records.content import MediaType
from frontdesk.models.records.document import Document
from frontdesk.services.records import viewing
from frontdesk.services.work import Work


def pages_of(work: Work, document: Document) -> int:
    """As counted when it came; a PNG or JPEG is one page, other kinds are laid out to be counted."""
    if document.pages is not None:
        return document.pages
    if document.media_type in (MediaType.PNG, MediaType.JPEG):
        return 1
    # Loaded here: only for the rare fax in TIFF, or a plain text.
    from io import BytesIO

    from pypdf import PdfReader

    return len(PdfReader(BytesIO(viewing.document_pdf(work, document_id=document.id))).pages)
