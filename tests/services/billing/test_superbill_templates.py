"""The office's own superbills: by provider, specialty and day; a whole day's issued at once."""

from datetime import UTC, date, datetime, timedelta

from frontdesk.services.billing import entering, papers, superbill_batch, superbill_templates, superbills
from frontdesk.services.billing.superbill_templates import Section, TemplateDraft
from tests.builders.billing import TODAY, at_work, code_lists, visit
from tests.builders.office import provider
from tests.builders.registration import danielle, patient
from tests.formats.pdf.reading import pages, words
from tests.office import Office
from tests.refusal import refusal

VISITS = Section("Office visits", ("99213", "99214"))
PROCEDURES = Section("Procedures", ("20610", "93000"))


def _shown(office: Office, on: date = TODAY) -> list[tuple[str, tuple[str, ...]]]:
    provider_id = provider(office)
    with at_work(office) as work:
        found = superbill_templates.sections_for(work, provider_id, on)
        return [(section.title, tuple(code.code for code in section.choices)) for section in found]


def test_the_nearest_template_shows_from_its_day_on(office: Office) -> None:
    code_lists(office)
    assert _shown(office) == [("Services", ("99213", "99214"))], "without a template the favorites"
    everybody = TemplateDraft("Standard", TODAY, (VISITS,))
    own = TemplateDraft("Joints", TODAY + timedelta(days=7), (PROCEDURES,), provider_id=provider(office))
    office.do(superbill_templates.write, draft=everybody)
    done = office.done(superbill_templates.write, draft=own)
    assert _shown(office) == [("Office visits", ("99213", "99214"))]
    assert _shown(office, TODAY + timedelta(days=7)) == [("Procedures", ("20610", "93000"))]
    office.do(
        superbill_templates.write,
        draft=TemplateDraft("Joints", TODAY + timedelta(days=9), (), provider_id=provider(office)),
    )
    assert _shown(office, TODAY + timedelta(days=9)) == [("Office visits", ("99213", "99214"))], "it ended"
    office.do(superbill_templates.withdraw, template_id=done.result)
    assert _shown(office, TODAY + timedelta(days=7)) == [("Office visits", ("99213", "99214"))]
    with refusal("This version was withdrawn already."):
        office.do(superbill_templates.withdraw, template_id=done.result)
    listed = office.ask(superbill_templates.templates)
    assert [(each.whose, each.is_current) for each in listed] == [("Everybody", True), ("Dr. Lee", False)]


def test_the_sheet_and_the_electronic_ticks_follow_the_template(file_office: Office) -> None:
    code_lists(file_office)
    file_office.do(superbill_templates.write, draft=TemplateDraft("All", TODAY, (VISITS, PROCEDURES)))
    bill = file_office.do(superbills.issue, appointment_id=visit(file_office, danielle(file_office)))
    said = words(file_office.ask(papers.superbill_pdf, superbill_id=bill))
    assert said.index("Office visits") < said.index("99214") < said.index("Procedures") < said.index("20610")
    usual = file_office.ask(entering.usual, superbill_id=bill)
    assert [each.code for each in usual] == ["99213", "99214", "20610", "93000"]


def test_what_is_wrong_with_a_template_is_said_at_once(file_office: Office) -> None:
    code_lists(file_office)
    wrong = TemplateDraft(
        " ", TODAY - timedelta(days=1), (Section("Labs", ()), VISITS, VISITS), 0, "207Q00000X"
    )
    with refusal(
        "Give the template a name. "
        "Sheets of days gone by stay as they were. Choose today or a later day. "
        "A template is for one provider or for a specialty, not for both. "
        "“Labs” has no codes. Add some, or leave it out. "
        "99213 stands on the sheet twice. 99214 stands on the sheet twice."
    ):
        file_office.do(superbill_templates.write, draft=wrong)
    with refusal("12345 is not among the office's codes. Add or import it first."):
        file_office.do(
            superbill_templates.write, draft=TemplateDraft("X", TODAY, (Section("A", ("12345",)),))
        )


def test_sections_are_typed_one_a_line() -> None:
    text = "Office visits: 99213, 99214\n\nProcedures:20610 93000"
    assert superbill_templates.parsed(text) == (VISITS, PROCEDURES)
    assert superbill_templates.parsed(superbill_templates.written((VISITS, PROCEDURES))) == (
        VISITS,
        PROCEDURES,
    )
    with refusal("Line 2: write a head, a colon, then codes, as in “Office visits: 99213 99214”."):
        superbill_templates.parsed("Visits: 99213\n99214")


def test_a_day_s_superbills_are_issued_at_once(office: Office) -> None:
    code_lists(office)
    first = visit(office, danielle(office))
    second = visit(office, patient(office, "Carol", "Petersen"))
    known = office.do(superbills.issue, appointment_id=first)
    issued = office.do(superbill_batch.issue_day, on=TODAY)
    assert (issued.superbill_ids[0], len(issued.superbill_ids), issued.new) == (known, 2, 1)
    assert office.do(superbill_batch.issue_day, on=TODAY, provider_id=provider(office)).new == 0
    sheets = pages(office.ask(superbill_batch.sheets_pdf, superbill_ids=issued.superbill_ids))
    assert ["SB-000001" in sheets[0], "SB-000002" in sheets[1]] == [True, True]
    assert second != first
    with refusal("Nobody is booked on Wednesday, March 18."):
        office.do(superbill_batch.issue_day, on=TODAY + timedelta(days=1))
    office.clock.set(datetime(2026, 3, 18, 17, 0, tzinfo=UTC))
    with refusal("That day is over. Issue what is missing one by one."):
        office.do(superbill_batch.issue_day, on=TODAY)
