"""The paper of a run of statements: one PDF, so that the printer is asked once."""

import io

from pypdf import PdfReader, PdfWriter

from frontdesk.services.billing import papers
from frontdesk.services.command import query
from frontdesk.services.work import Work


@query(permission="billing.view")
def run_pdf(work: Work, *, statement_ids: tuple[int, ...]) -> bytes:
    """Statements from the archive behind one another, in this order."""
    writer = PdfWriter()
    for done, statement_id in enumerate(statement_ids):
        work.step(done, len(statement_ids))
        writer.append(PdfReader(io.BytesIO(papers.statement_pdf(work, statement_id=statement_id))))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
