"""Releases of codes: previewed, taken over whole or not at all, and each day knows its own list."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from frontdesk.formats.code_lists import CodeList, ListedCode
from frontdesk.kernel.errors import Conflict
from frontdesk.models.billing.code_lists import HcpcsCode, ReleasedSet
from frontdesk.models.billing.codes import CodeSet, DiagnosisCode
from frontdesk.services.billing import code_releases, code_rows, codes
from frontdesk.services.billing.code_plan import Listed, Standing, planned
from frontdesk.services.billing.code_releases import Change, ReleaseDraft
from tests.builders.billing import TODAY, at_work, code_lists
from tests.builders.codes import loaded, release
from tests.builders.office import site
from tests.office import Office
from tests.refusal import refusal

JAN, APR, JUL = date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)
FIRST = {"A0001": "Tray", "J0001": "Drug, 1 mg", "G0001": "Visit at home"}


def test_a_release_ends_what_fell_out_the_day_before_and_words_begin_anew(office: Office) -> None:
    site(office)
    first = loaded(office, release(FIRST, JAN, name="2026 Q1"))
    assert (first.new, first.ended, first.reworded) == (3, 0, 0)
    second = release(
        {"A0001": "Tray, sterile", "G0001": "Visit at home", "Q0001": "Kit"}, APR, name="2026 Q2"
    )
    seen = office.ask(code_releases.preview, release=second)
    assert (seen.new, seen.ended, seen.reworded, seen.unchanged) == (1, 1, 1, 1)
    assert seen.changes == (
        Change("new", "Q0001", "Kit", on=APR),
        Change("ends", "J0001", "Drug, 1 mg", on=date(2026, 3, 31)),
        Change("words", "A0001", "Tray, sterile", "Tray", APR),
    )
    office.do(code_releases.load, release=second, last_release_id=seen.last_release_id)
    with at_work(office) as work:
        assert codes.procedure_on(work, "J0001", date(2026, 3, 31)).label == "Drug, 1 mg"
        assert codes.procedure_on(work, "A0001", date(2026, 3, 31)).label == "Tray"
        assert codes.procedure_on(work, "A0001", APR).label == "Tray, sterile"
        with refusal("J0001 expired on 03/31/2026. Choose another code."):
            codes.procedure_on(work, "J0001", APR)
        with refusal("Q0001 is not valid before 04/01/2026."):
            codes.procedure_on(work, "Q0001", JAN)


def test_the_same_release_again_changes_nothing(office: Office) -> None:
    site(office)
    draft = release(FIRST, JAN)
    loaded(office, draft)
    again = loaded(office, draft)
    assert (again.new, again.ended, again.reworded, again.unchanged) == (0, 0, 0, 3)
    view = next(each for each in office.ask(code_releases.sets) if each.code_set is ReleasedSet.HCPCS)
    assert (view.valid, view.release, view.effective_on, view.next_on) == (3, "Made up", JAN, APR)
    assert view.loaded_by == office.actor.name


def test_an_older_release_a_clash_and_a_nameless_one_are_refused(office: Office) -> None:
    site(office)
    loaded(office, release(FIRST, APR, name="2026 Q2"))
    with refusal(
        "This release is valid from 01/01/2026, and 2026 Q2, valid from 04/01/2026, is loaded. "
        "An older one is not loaded over it."
    ):
        office.ask(code_releases.preview, release=release(FIRST, JAN))
    with refusal(
        "A code has other words from 04/01/2026 or later already: A0001 (line 2). "
        "Load this list from a later day."
    ):
        office.ask(code_releases.preview, release=release(FIRST | {"A0001": "Other"}, APR))
    with refusal("Name the release, such as FY 2026."):
        office.ask(code_releases.preview, release=release(FIRST, JUL, name=" "))


def test_a_list_that_is_cut_off_is_refused(office: Office) -> None:
    site(office)
    many = {f"A{number:04}": f"Supply {number}" for number in range(100)}
    loaded(office, release(many, JAN))
    with refusal(
        "This list would end 60 of 100 codes. It seems to be cut off, or another list. "
        "Get the whole file again."
    ):
        office.ask(code_releases.preview, release=release(dict(list(many.items())[:40]), APR))
    assert loaded(office, release(dict(list(many.items())[:40]), APR, is_whole=False)).ended == 0


def test_two_desks_cannot_load_over_each_other(office: Office) -> None:
    site(office)
    seen = office.ask(code_releases.preview, release=release(FIRST, JAN))
    loaded(office, release(FIRST, JAN))
    with pytest.raises(Conflict, match="Another desk loaded a release of this list meanwhile"):
        office.do(code_releases.load, release=release(FIRST, APR), last_release_id=seen.last_release_id)


def test_a_list_without_headings_leaves_the_headings_alone(office: Office) -> None:
    code_lists(office)
    with at_work(office) as work:
        then = work.session.scalars(select(DiagnosisCode).where(DiagnosisCode.is_billable)).all()
        listed = {row.code: row.label for row in then if row.expires_on is None}
    listed["G4390A"] = "Migraine of a kind made up"
    done = loaded(
        office,
        release(listed, date(2026, 4, 1), ReleasedSet.ICD10CM, name="FY 2026, April", has_headings=False),
    )
    assert (done.new, done.ended, done.reworded) == (1, 0, 0)
    with at_work(office) as work, refusal("G43.9 is a heading and cannot be billed. Choose a code below it."):
        codes.diagnosis_on(work, "G439", APR)


def test_the_database_keeps_what_was_published(office: Office) -> None:
    site(office)
    loaded(office, release(FIRST, JAN))
    for statement in (update(HcpcsCode).values(label="Other"), delete(HcpcsCode)):
        with pytest.raises(IntegrityError, match="append_only_hcpcs_code"), at_work(office) as work:
            work.session.execute(statement)


def test_words_that_change_later_begin_then_and_a_code_names_all_that_may_follow(office: Office) -> None:
    """CMS's action date, and its cross references, which may lead to a code of CPT."""
    site(office)
    loaded(office, release(FIRST, JAN))
    office.do(codes.add_procedure, code="99001", label="Made-up", effective_on=JAN, code_set=CodeSet.CPT)
    rows = (
        ListedCode(1, "A0001", "Tray, sterile", changed_on=JUL),
        ListedCode(2, "J0001", "Drug, 1 mg", last_on=date(2026, 3, 31), successor="J0003 99001 J0002 J0009"),
        ListedCode(3, "J0002", "Drug, 2 mg"),
        ListedCode(4, "J0003", "Drug, 3 mg"),
        ListedCode(5, "G0001", "Visit at home"),
    )
    draft = ReleaseDraft(ReleasedSet.HCPCS, "Apr", APR, code_rows.packed(CodeList("Made up", rows)))
    first, again = loaded(office, draft), loaded(office, draft)
    assert (first.new, first.ended, first.reworded) == (2, 1, 1)
    assert (again.new, again.ended, again.reworded) == (0, 0, 0)
    with at_work(office) as work:
        assert codes.procedure_on(work, "A0001", date(2026, 6, 30)).label == "Tray"
        assert codes.procedure_on(work, "A0001", JUL).label == "Tray, sterile"
        with refusal("J0001 expired on 03/31/2026. Use 99001, J0002 or J0003."):
            codes.procedure_on(work, "J0001", APR)


def test_a_code_may_have_a_second_wording_from_a_later_day(office: Office) -> None:
    site(office)
    rows = (
        ListedCode(2, "99001", "Made-up anew", first_on=JUL),
        ListedCode(3, "99001", "Made-up", last_on=date(2026, 6, 30)),
    )
    draft = ReleaseDraft(ReleasedSet.CPT, "2026", JAN, code_rows.packed(CodeList("Made up", rows)))
    first, again = loaded(office, draft), loaded(office, draft)
    assert (first.new, again.unchanged) == (2, 2)
    with at_work(office) as work:
        assert codes.procedure_on(work, "99001", date(2026, 6, 30)).label == "Made-up"
        assert codes.procedure_on(work, "99001", JUL).label == "Made-up anew"


DAYS = [JAN + timedelta(days=day) for day in range(300)]
RELEASES = st.lists(
    st.tuples(
        st.integers(1, 40),
        st.dictionaries(
            st.sampled_from(("A1", "B2", "C3", "D4", "E5")),
            st.tuples(st.sampled_from(("red", "blue", "green")), st.none() | st.integers(-3, 30)),
            max_size=5,
        ),
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(RELEASES)
def test_on_each_day_those_codes_are_valid_that_its_release_lists(
    steps: list[tuple[int, dict[str, tuple[str, int | None]]]],
) -> None:
    """Against a naive model: a table of day by code, filled anew from each release's first day on."""
    model: dict[date, dict[str, tuple[str, date]]] = {day: {} for day in DAYS}
    rows: list[Standing] = []
    on = JAN
    for days, content in steps:
        on += timedelta(days=days)
        listed = [
            Listed(code, label, last_on=None if until is None else on + timedelta(days=until))
            for code, (label, until) in content.items()
        ]
        rows = _taken_over(rows, listed, on)
        _relist(model, listed, on)
    for day in DAYS:
        valid = [row for row in rows if row.effective_on <= day and (row.expires_on or day) >= day]
        assert len({row.code for row in valid}) == len(valid)
        assert {row.code: row.label for row in valid} == {c: label for c, (label, _) in model[day].items()}


def _relist(model: dict[date, dict[str, tuple[str, date]]], listed: list[Listed], on: date) -> None:
    """From its first day on a list is what is valid; a last day that has passed ends a wording then."""
    before = model[on]
    begun = {
        each.code: before[each.code] if before.get(each.code, ("",))[0] == each.label else (each.label, on)
        for each in listed
    }
    for day in DAYS:
        if day >= on:
            model[day] = {each.code: begun[each.code] for each in listed if (each.last_on or day) >= day}
    for each in listed:
        for day in DAYS:
            if each.code in before and before[each.code][1] <= (each.last_on or date.max) < day < on:
                model[day].pop(each.code, None)


def _taken_over(rows: list[Standing], listed: list[Listed], on: date) -> list[Standing]:
    """What the tables hold after a plan is written."""
    plan = planned(rows, listed, on, is_whole=True, has_headings=True)
    assert not plan.clashes
    ends: dict[int, date | None] = {each.standing.id: each.last_on for each in plan.ended}
    ends |= {each.before.id: on - timedelta(days=1) for each in plan.reworded if each.before}
    ends |= {each.id: None for each in plan.extended}
    kept = [
        Standing(row.id, row.code, row.label, True, row.effective_on, ends.get(row.id, row.expires_on))
        for row in rows
    ]
    for begun in (*plan.new, *plan.reworded):
        kept.append(
            Standing(
                len(kept), begun.listed.code, begun.listed.label, True, begun.effective_on, begun.expires_on
            )
        )
    again = planned(kept, listed, on, is_whole=True, has_headings=True)
    assert again.is_empty
    return kept


def test_today_is_between_the_releases_of_the_tests() -> None:
    assert JAN < TODAY < APR
