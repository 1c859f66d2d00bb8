"""The CMS-1500, read back at its positions."""

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from msgspec.structs import replace

from frontdesk.formats.pdf.cms1500 import FormKind, Offset, alignment_pdf, cms1500_pdf, looked_at, moved
from frontdesk.formats.pdf.cms1500_boxes import Details, filled
from frontdesk.formats.pdf.cms1500_form import FOOT
from frontdesk.formats.pdf.cms1500_grid import LINES
from frontdesk.formats.x12 import professional_claim as x12
from tests.formats.pdf.cms1500_claim import CLAIM, DETAILS, INJURED, LINE, OTHER
from tests.formats.pdf.cms1500_reading import Found, letters, stands, stands_in
from tests.formats.pdf.reading import words
from tests.formats.x12 import strategies

EXPECTED = (
    ("BCBS OF OREGON", 4, 41),
    ("PO BOX 1071", 5, 41),
    ("PORTLAND OR 97207-1071", 6, 41),
    ("X", 10, 31),
    ("XQP884120557", 10, 50),
    ("CASTILLO, NOA, E", 12, 1),
    ("05", 12, 31),
    ("06", 12, 34),
    ("2014", 12, 37),
    ("X", 12, 47),
    ("CASTILLO JR, RAYMOND, A", 12, 50),
    ("2218 ALDER COURT APT 4", 14, 1),
    ("X", 14, 42),
    ("2218 ALDER COURT APT 4", 14, 50),
    ("BEAVERTON", 16, 1),
    ("OR", 16, 26),
    ("BEAVERTON", 16, 50),
    ("OR", 16, 74),
    ("97005", 18, 1),
    ("503", 18, 15),
    ("5550148", 18, 19),
    ("97005", 18, 50),
    ("503", 18, 65),
    ("5550149", 18, 69),
    ("CASTILLO, ANA", 20, 1),
    ("GRP881", 20, 50),
    ("K884120", 22, 1),
    ("X", 22, 41),
    ("08", 22, 53),
    ("30", 22, 56),
    ("1966", 22, 59),
    ("X", 22, 68),
    ("X", 24, 35),
    ("OR", 24, 45),
    ("X", 26, 41),
    ("PPO BLUE", 26, 50),
    ("KAISER HMO", 28, 1),
    ("X", 28, 52),
    ("SIGNATURE ON FILE", 32, 7),
    ("SIGNATURE ON FILE", 32, 56),
    ("03", 34, 2),
    ("01", 34, 5),
    ("26", 34, 8),
    ("431", 34, 16),
    ("439", 34, 31),
    ("02", 34, 37),
    ("28", 34, 40),
    ("26", 34, 43),
    ("DN", 36, 1),
    ("JAMES ONEILL", 36, 4),
    ("1467560003", 36, 33),
    ("FELL ON STAIRS SEE NOTE", 38, 1),
    ("X", 38, 57),
    ("0", 39, 42),
    ("G43909", 40, 3),
    ("I10", 40, 16),
    ("7", 40, 50),
    ("20260001ABC", 40, 62),
    ("AUTH99", 42, 50),
    ("N459148001665   ML10.5", 45, 1),
    ("03", 46, 1),
    ("17", 46, 4),
    ("26", 46, 7),
    ("03", 46, 10),
    ("18", 46, 13),
    ("26", 46, 16),
    ("11", 46, 19),
    ("99213", 46, 25),
    ("25", 46, 33),
    ("59", 46, 36),
    ("AB", 46, 45),
    ("130", 46, 52),
    ("00", 46, 56),
    ("1.5", 46, 59),
    ("1972543215", 46, 68),
    ("931234567", 58, 1),
    ("X", 58, 19),
    ("2604127", 58, 23),
    ("X", 58, 38),
    ("130", 58, 54),
    ("00", 58, 58),
    ("25", 58, 65),
    ("50", 58, 68),
    ("503", 59, 66),
    ("5550100", 59, 70),
    ("HARBOR POINT CLINIC", 60, 23),
    ("HARBOR POINT MEDICINE", 60, 50),
    ("9 SHORE ROAD", 61, 23),
    ("410 HARBOR ST SUITE 200", 61, 50),
    ("SIGNATURE ON FILE", 62, 1),
    ("SALEM OR 97301-1830", 62, 23),
    ("PORTLAND OR 97204-1830", 62, 50),
    ("03 18 26", 63, 14),
    ("1083617021", 63, 24),
    ("1467560003", 63, 51),
)
"""Text, row and column of every box, by the form's own grid."""


def printed(
    claim: x12.Claim,
    details: Details = DETAILS,
    kind: FormKind = FormKind.RED,
    offset: Offset | None = None,
) -> list[Found]:
    return letters(cms1500_pdf(filled(claim, details).forms, kind=kind, offset=offset or Offset()))


def said(claim: x12.Claim) -> list[str]:
    return [f"{unfit.message} {unfit.advice}".strip() for unfit in filled(claim, DETAILS).unfit]


def test_every_box_stands_at_its_place() -> None:
    (page,) = printed(CLAIM)
    assert [expected for expected in EXPECTED if not stands(page, *expected)] == []
    assert sum(len(places) for places in page.values()) == len(EXPECTED)
    assert said(CLAIM) == []


MORE = (
    ("X", 22, 35),
    ("Y4", 24, 50),
    ("WC202677", 24, 53),
    ("AA   W2", 28, 30),
    ("484", 34, 16),
    ("454", 34, 31),
    ("03", 34, 37),
    ("02", 34, 40),
    ("02", 34, 54),
    ("28", 34, 57),
    ("26", 34, 60),
    ("03", 34, 68),
    ("10", 34, 71),
    ("26", 34, 74),
    ("03", 36, 54),
    ("01", 36, 57),
    ("03", 36, 68),
    ("03", 36, 71),
    ("REPORTS FOLLOW   PWKOZBM2604127A1   PWK03AA", 38, 1),
    ("X", 38, 52),
    ("45", 38, 68),
    ("50", 38, 71),
    ("S2", 45, 63),
    ("Y", 46, 22),
    ("Y", 46, 63),
    ("TIDE LABORATORY", 60, 23),
    ("1993999998", 63, 24),
)


def test_what_only_some_claims_say_stands_in_its_boxes() -> None:
    (page,) = printed(INJURED)
    assert [expected for expected in MORE if not stands(page, *expected)] == []
    assert said(INJURED) == []
    (first, *_) = filled(replace(INJURED, accident_on=date(2026, 2, 28)), DETAILS).unfit
    assert first.message == "Box 15 of the paper form has room for one date."


def test_who_bills_under_a_social_security_number_says_so() -> None:
    (page,) = printed(replace(CLAIM, billing=replace(CLAIM.billing, tax_id_is_ssn=True)))
    assert stands(page, "X", 58, 17)
    assert not stands(page, "X", 58, 19)


def test_a_long_note_begins_beside_the_title_of_its_box() -> None:
    note = "Patient fell on the stairs at home and was seen the same evening by us"
    (page,) = printed(replace(CLAIM, note=note))
    assert stands(page, "PATIENT FELL ON THE", 37, 27)
    assert stands(page, "STAIRS AT HOME AND WAS SEEN THE SAME EVENING BY", 38, 1)


def test_a_second_service_from_outside_stops_the_paper() -> None:
    (line,) = INJURED.lines
    twice = replace(INJURED, lines=(line, line))
    assert not filled(twice, DETAILS).can_be_printed
    assert said(twice)[-1] == (
        "Box 20 of the paper form has room for one service that was bought outside. "
        "Put each on a claim of its own, or send the claim as a file."
    )


def test_medicare_is_told_of_the_initial_treatment_in_14_without_a_qualifier() -> None:
    policy = replace(CLAIM.policy, filing_code="MB")
    (page,) = printed(replace(INJURED, policy=policy, patient=None, other_payers=()))
    assert stands(page, "02", 34, 5)
    assert "454" not in page


def test_the_drawn_form_has_the_same_letters_and_the_titles_of_the_boxes() -> None:
    assert printed(CLAIM, kind=FormKind.PLAIN) == printed(CLAIM)
    text = words(cms1500_pdf(filled(CLAIM, DETAILS).forms, kind=FormKind.PLAIN))
    for title in ("1a. INSURED'S I.D. NUMBER", "21. DIAGNOSIS", "33. BILLING PROVIDER INFO & PH #"):
        assert title in text
    assert FOOT in text
    assert FOOT not in words(cms1500_pdf(filled(CLAIM, DETAILS).forms))


def test_an_offset_moves_everything() -> None:
    (page,) = printed(CLAIM, offset=Offset(right=12, down=-8))
    assert [e for e in EXPECTED if not stands(page, *e, right=12, down=-8)] == []
    kept = cms1500_pdf(filled(CLAIM, DETAILS).forms)
    (page,) = letters(moved(kept, Offset(right=-25, down=5)))
    assert [e for e in EXPECTED if not stands(page, *e, right=-25, down=5)] == []
    assert moved(kept, Offset()) is kept


def test_on_the_screen_the_letters_stand_on_the_form() -> None:
    kept = cms1500_pdf(filled(CLAIM, DETAILS).forms)
    shown = looked_at(kept)
    assert letters(shown) == letters(kept)
    assert "33. BILLING PROVIDER INFO & PH #" in words(shown)
    drawn = cms1500_pdf(filled(CLAIM, DETAILS).forms, kind=FormKind.PLAIN)
    assert looked_at(drawn) is drawn


def test_the_same_claim_gives_the_same_bytes() -> None:
    first, again = (cms1500_pdf(filled(CLAIM, DETAILS).forms) for _ in range(2))
    assert first == again


def test_fifty_services_take_nine_forms_and_the_last_has_the_total() -> None:
    lines = tuple(replace(LINE, charge_cents=1000 + place) for place in range(50))
    claim = replace(CLAIM, lines=lines, charge_cents=sum(line.charge_cents for line in lines))
    pages = printed(claim)
    assert len(pages) == 9
    for page in pages[:-1]:
        assert stands(page, "CONTINUED", 58, 50)
        assert not stands(page, "25", 58, 65)
    assert "CONTINUED" not in pages[-1]
    assert stands(pages[-1], "512", 58, 50, width=7)
    assert stands(pages[-1], "25", 58, 58)
    assert [stands(pages[8], f"{place:02d}", 46 + 2 * (place - 48), 56) for place in (48, 49)] == [True, True]


def test_twelve_diagnoses_stand_in_three_rows_of_four() -> None:
    codes = tuple(f"M51.{place:02d}" for place in range(12))
    (page,) = printed(replace(CLAIM, diagnoses=codes))
    for place, code in enumerate(codes):
        assert stands(page, code.replace(".", ""), 40 + place // 4, 3 + 13 * (place % 4))


def test_medicare_first_is_told_that_nobody_pays_before_it() -> None:
    policy = replace(CLAIM.policy, filing_code="MB")
    (page,) = printed(replace(CLAIM, policy=policy, patient=None, other_payers=()))
    assert stands(page, "X", 10, 1)
    assert stands(page, "NONE", 20, 50)
    assert not any(stands(page, "CASTILLO JR, RAYMOND, A", 12, column) for column in (50,))
    assert not stands(page, "X", 28, 57)


def test_medicare_second_names_the_insurance_that_pays_before_it() -> None:
    policy = replace(CLAIM.policy, filing_code="MB", rank="S", group_number="")
    before = replace(OTHER, policy=replace(OTHER.policy, rank="P"), paid_cents=8000)
    (page,) = printed(replace(CLAIM, policy=policy, patient=None, other_payers=(before,)))
    assert stands(page, "CASTILLO, ANA", 12, 50)
    assert stands(page, "K884120", 20, 50)
    assert stands(page, "KAISER PERMANENTE", 26, 50)
    assert stands(page, "X", 14, 38)
    assert stands(page, "105", 58, 61, width=6)


def test_what_a_person_still_reads_is_cut_and_said() -> None:
    long = replace(CLAIM.policy.subscriber, last="Castillo-Fernandez", first="Maximiliana", middle="Esther")
    claim = replace(CLAIM, patient=None, policy=replace(CLAIM.policy, subscriber=long))
    (page,) = printed(claim)
    assert stands(page, "CASTILLO-FERNANDEZ JR,MAXIMIL"[:28], 12, 1)
    assert said(claim) == [
        (
            "The patient's name is too long for box 2 of the paper form (28 characters). "
            "It is printed as far as it goes."
        ),
        (
            "The insured's name is too long for box 4 of the paper form (29 characters). "
            "It is printed as far as it goes."
        ),
    ]
    assert filled(claim, DETAILS).can_be_printed


def test_a_street_is_shortened_as_the_post_office_does_before_a_word_is_left_out() -> None:
    at = replace(CLAIM.billing.address, street="12345 Northwest Harbor Boulevard", unit="Suite 200")
    (page,) = printed(replace(CLAIM, billing=replace(CLAIM.billing, address=at)))
    assert stands(page, "12345 NW HARBOR BLVD STE 200", 61, 50)


def test_numbers_and_amounts_that_do_not_fit_stop_the_paper() -> None:
    claim = replace(CLAIM, lines=(replace(LINE, charge_cents=123_456_789, units=Decimal("123.4")),))
    assert said(claim) == [
        (
            "Line 1: the charge is too long for box 24F of the paper form (6 characters). "
            "Shorten it, or send the claim as a file."
        ),
        (
            "Line 1: the number of units is too long for box 24G of the paper form (3 characters). "
            "Shorten it, or send the claim as a file."
        ),
    ]
    assert not filled(claim, DETAILS).can_be_printed


def test_what_has_no_room_is_said() -> None:
    ordered = replace(LINE, ordering=x12.Provider("Ng", "Ida", "1972543215"))
    assert said(replace(CLAIM, clia="38D0987654", lines=(ordered,))) == [
        (
            "Box 17 of the paper form has room for one provider. "
            "The referring provider comes first, then who ordered, then who supervised."
        ),
        (
            "Box 23 of the paper form has room for one number. "
            "The authorization comes first, then the referral, then the certificate, then the others."
        ),
    ]
    taken_back = replace(OTHER, paid_cents=-9000)
    assert said(replace(CLAIM, other_payers=(taken_back,))) == [
        "The payers before took back more than was paid: box 29 cannot say that."
    ]


def test_a_line_that_another_one_did_has_their_number_in_24j() -> None:
    own = (x12.OtherId("G2", "NG 5"),)
    other = replace(LINE, rendering=x12.Provider("Ng", "Ida", "1993999998", other_ids=own))
    (page,) = printed(replace(CLAIM, lines=(LINE, other)))
    assert stands(page, "1972543215", 46, 68)
    assert stands(page, "1993999998", 48, 68)
    assert stands(page, "NG5", 47, 68)
    named = replace(LINE, referring=x12.Provider("Ng", "Ida", "1993999998"))
    assert said(replace(CLAIM, referring=None, lines=(named,))) == []
    primary = x12.Provider("Oyelaran", "Tolu", "1467560003")
    assert said(replace(CLAIM, primary_care=primary)) == [
        "Box 17 of the paper form does not know the primary care provider. It goes in a file only."
    ]


def test_who_ordered_stands_in_17_where_nobody_referred() -> None:
    ordered = replace(LINE, ordering=x12.Provider("Ng", "Ida", "1972543215"))
    (page,) = printed(replace(CLAIM, referring=None, lines=(ordered,)))
    assert stands(page, "DK", 36, 1)
    assert stands(page, "IDA NG", 36, 4)
    (page,) = printed(replace(CLAIM, referring=None, supervising=x12.Provider("Ng", "Ida", "1972543215")))
    assert stands(page, "DQ", 36, 1)


def test_the_test_page_has_its_marks_where_the_boxes_are() -> None:
    (page,) = letters(alignment_pdf(offset=Offset(right=10)))
    for row, column in ((10, 1), (10, 45), (12, 42), (28, 57), (58, 43)):
        assert stands(page, "X", row, column, right=10)
    assert stands(page, "33A-------", 63, 51, right=10)


@settings(max_examples=30, deadline=None)
@given(strategies.claims)
def test_each_claim_stands_on_the_form_or_is_said_not_to(claim: x12.Claim) -> None:
    """Any claim that a file can carry: each box read back, what is missing is said."""
    form = filled(claim, Details(signed_on=date(2026, 3, 18)))
    assert len(form.forms) == -(-len(claim.lines) // LINES)
    unfit = {(found.box, found.line) for found in form.unfit}
    for page, pieces in zip(letters(cms1500_pdf(form.forms)), form.forms, strict=True):
        for piece in pieces:
            assert stands_in(page, piece.text, piece.spot), piece
            assert len(piece.text) <= piece.spot.width
        boxes = {piece.box for piece in pieces}
        assert {"1a", "24a month", "24f dollars", "25", "26"} <= boxes
    everything = [piece for some in form.forms for piece in some]
    for place, line in enumerate(claim.lines, 1):
        if ("24f dollars", place) not in unfit:
            dollars = str(line.charge_cents // 100)
            assert any(p.box == "24f dollars" and p.text == dollars for p in everything)
    if ("1a", None) not in unfit:
        assert any(p.box == "1a" and p.text == claim.policy.member_id for p in everything)
