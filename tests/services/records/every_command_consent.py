"""The form library and consents on paper: every command, once."""

from datetime import date

from frontdesk.services.records import library, paper, splitting
from frontdesk.services.records.forms import Wording
from frontdesk.services.records.paper import Wanted
from tests.builders.consents import form_draft, library_form
from tests.builders.records import library as adopted
from tests.builders.records import received
from tests.builders.registration import patient
from tests.office import Office


def run(office: Office) -> None:
    """A form is written, put aside, taken up, published, printed, scanned back and retired."""
    adopted(office)
    kept = office.do(library.keep_draft, draft=form_draft(needs_witness=True))
    office.do(library.publish, draft_id=kept.draft_id)
    unfinished = office.do(library.keep_draft, draft=form_draft(Wording("en", "House rules", "")))
    rules = form_draft(Wording("en", "House rules", "No cell phones."), questions=())
    office.do(library.keep_draft, draft=rules, draft_id=unfinished.draft_id)
    office.do(library.discard_draft, draft_id=unfinished.draft_id)
    office.do(library.reopen_draft, draft_id=unfinished.draft_id)
    form = library_form(office, "photographs")
    form_id = form.form_ids[0]
    nora = patient(office, "Nora", "Quist")
    sheet, other = office.do(paper.print_forms, wanted=(Wanted(nora, form_id), Wanted(nora, form_id)))
    office.do(paper.mark_handed_out, print_ids=(sheet, other))
    office.do(paper.not_handed_out, print_ids=(other,))
    scan = received(office, office.ask(paper.printed_pdf, print_ids=(sheet,)))
    office.do(
        paper.record_scanned,
        document_id=scan,
        print_id=sheet,
        signed_on=date(2026, 3, 17),
        witness_name="June Harris",
    )
    ines = patient(office, "Ines", "Abel")
    sheets = office.do(paper.print_forms, wanted=(Wanted(nora, form_id), Wanted(ines, form_id)))
    both = received(office, office.ask(paper.printed_pdf, print_ids=sheets))
    parts = office.do(splitting.split, document_id=both).part_ids
    office.do(splitting.put_together, document_id=both, part_ids=parts)
    office.do(splitting.take_apart_again, document_id=both, part_ids=parts)
    office.do(library.retire, key="photographs")
    office.do(library.bring_back, key="photographs")
