"""Views that are kept under a name: whose they are, their keys, and what they show."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from frontdesk.kernel.errors import Conflict, NotFound
from frontdesk.services.office import sites
from frontdesk.services.schedule import named_views
from frontdesk.services.schedule.named_views import BookView, NamedViewDraft
from tests.builders.schedule import doctor
from tests.office import Office
from tests.refusal import refusal
from tests.services.office.every_command import PIER

MORNING = NamedViewDraft("Morning team", BookView.DAY, 3)


def kept(office: Office) -> list[str]:
    return [view.draft.name for view in office.ask(named_views.named_views)]


def test_views_come_by_their_keys_then_by_name(office: Office) -> None:
    lee, okafor = doctor(office), doctor(office, "Okafor")
    office.do(named_views.keep, draft=NamedViewDraft("Zebra", BookView.MONTH))
    office.do(named_views.keep, draft=NamedViewDraft("Lists", BookView.LIST, needs_work=True))
    morning = NamedViewDraft("  Morning   team ", BookView.DAY, 2, (okafor, lee), only_status="ready")
    id = office.do(named_views.keep, draft=morning)
    assert kept(office) == ["Morning team", "Lists", "Zebra"]
    view = office.ask(named_views.named_view, named_view_id=id)
    assert (view.keys, view.draft.provider_ids, view.draft.only_status) == ("Ctrl+F2", (okafor, lee), "ready")
    assert view.may_change


def test_a_place_stands_for_its_providers(office: Office) -> None:
    lee = doctor(office)
    doctor(office, "Okafor")
    site = office.made["site"]
    id = office.do(named_views.keep, draft=NamedViewDraft("Main", BookView.DAY, site_id=site))
    shown = office.ask(named_views.named_view, named_view_id=id)
    assert shown.draft.provider_ids == (lee, doctor(office, "Okafor"))


def test_a_place_without_any_of_the_columns_is_refused(office: Office) -> None:
    lee = doctor(office)
    pier = office.do(sites.add_site, draft=PIER)
    said = "None of these columns is at Pier Street. Choose another location, or other columns."
    with refusal(said):
        office.do(named_views.keep, draft=NamedViewDraft("Pier", BookView.DAY, site_id=pier))
    with refusal(said):
        office.do(named_views.keep, draft=NamedViewDraft("Pier", BookView.DAY, None, (lee,), pier))


def test_a_view_without_a_name_or_with_a_taken_key_is_refused(office: Office) -> None:
    office.do(named_views.keep, draft=MORNING)
    with refusal("A view needs a name. Write what it shows."):
        office.do(named_views.keep, draft=NamedViewDraft(" ", BookView.DAY))
    with refusal("A name has at most 40 characters, this one 41."):
        office.do(named_views.keep, draft=NamedViewDraft("x" * 41, BookView.DAY))
    with refusal("Ctrl+F3 already opens “Morning team”. Choose another key, or free that one."):
        office.do(named_views.keep, draft=NamedViewDraft("Noon", BookView.DAY, 3))
    with refusal("The keys go from Ctrl+F1 to Ctrl+F8. Choose one."):
        office.do(named_views.keep, draft=NamedViewDraft("Noon", BookView.DAY, 9))


def test_a_shared_view_may_have_the_key_of_an_own_one(office: Office) -> None:
    office.do(named_views.keep, draft=MORNING)
    office.do(named_views.keep, draft=NamedViewDraft("For all", BookView.DAY, 3, is_shared=True))
    assert len(kept(office)) == 2


def test_a_view_is_renamed_withdrawn_and_brought_back(office: Office) -> None:
    id = office.do(named_views.keep, draft=MORNING)
    view = office.ask(named_views.named_view, named_view_id=id)
    office.do(named_views.rename, named_view_id=id, name="Early team", key_number=None, version=view.version)
    assert kept(office) == ["Early team"]
    office.do(named_views.keep, draft=NamedViewDraft("Third", BookView.DAY, 3))
    office.do(named_views.withdraw, named_view_id=id)
    assert kept(office) == ["Third"]
    with pytest.raises(NotFound, match="This view is no longer kept"):
        office.ask(named_views.named_view, named_view_id=id)
    office.do(named_views.bring_back, named_view_id=id)
    assert kept(office) == ["Third", "Early team"]


def test_two_desks_that_rename_one_view(office: Office) -> None:
    id = office.do(named_views.keep, draft=MORNING)
    version = office.ask(named_views.named_view, named_view_id=id).version
    office.do(named_views.rename, named_view_id=id, name="One", key_number=3, version=version)
    with pytest.raises(Conflict, match="Another desk changed this named view"):
        office.do(named_views.rename, named_view_id=id, name="Two", key_number=3, version=version)


def test_a_rename_goes_back_unless_another_came_after_it(office: Office) -> None:
    id = office.do(named_views.keep, draft=MORNING)
    first = office.done(named_views.rename, named_view_id=id, name="One", key_number=3)
    office.do(named_views.withdraw, named_view_id=id)
    office.do(named_views.bring_back, named_view_id=id)
    office.database.undo(office.actor, first.entry_id)
    assert kept(office) == [MORNING.name]
    mine = office.done(named_views.rename, named_view_id=id, name="Mine", key_number=3)
    office.do(named_views.rename, named_view_id=id, name="Theirs", key_number=3)
    with pytest.raises(Conflict, match=r"This view was renamed again since\. Nothing was changed\."):
        office.database.undo(office.actor, mine.entry_id)
    assert kept(office) == ["Theirs"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE named_view SET name = ''",
        "UPDATE named_view SET key_number = 9",
        "UPDATE named_view SET book_view = 'week'",
        "DELETE FROM named_view",
        "DELETE FROM named_view_provider",
    ],
)
def test_the_database_keeps_what_was_kept(office: Office, statement: str) -> None:
    office.do(
        named_views.keep,
        draft=NamedViewDraft("Team", BookView.DAY, 3, (doctor(office),), is_shared=True),
    )
    with office.database.engines.write.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text(statement))


def test_the_database_gives_a_key_once(office: Office) -> None:
    office.do(named_views.keep, draft=NamedViewDraft("Team", BookView.DAY, 3, is_shared=True))
    office.do(named_views.keep, draft=NamedViewDraft("Noon", BookView.DAY, 4, is_shared=True))
    with office.database.engines.write.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text("UPDATE named_view SET key_number = 3"))


def test_the_rows_of_a_view_stay_as_they_were_kept(office: Office) -> None:
    lee = doctor(office)
    draft = NamedViewDraft("Lee's row", BookView.RESOURCES, resource_ids=(lee, lee))
    id = office.do(named_views.keep, draft=draft)
    assert office.ask(named_views.named_view, named_view_id=id).draft.resource_ids == (lee,)
    with office.database.engines.write.connect() as connection:
        for behind_the_back in (
            "UPDATE named_view_resource SET resource_id = resource_id + 1",
            (
                "INSERT INTO named_view_resource (id, named_view_id, resource_id)"
                " SELECT 1, named_view_id, resource_id FROM named_view_resource"
            ),
        ):
            with pytest.raises(IntegrityError):
                connection.execute(text(behind_the_back))
            connection.rollback()
