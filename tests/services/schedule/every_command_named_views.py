"""Every command about named views, once."""

from frontdesk.services.schedule import named_views
from frontdesk.services.schedule.named_views import BookView, NamedViewDraft
from tests.builders.schedule import doctor
from tests.office import Office


def run(office: Office) -> None:
    """Walk through the commands, leaving a view under another name."""
    draft = NamedViewDraft(
        "Morning team",
        BookView.DAY,
        3,
        provider_ids=(doctor(office),),
        is_shared=True,
        resource_ids=(doctor(office),),
    )
    kept = office.do(named_views.keep, draft=draft)
    (view,) = office.ask(named_views.named_views)
    office.do(named_views.rename, named_view_id=kept, name="Lee alone", key_number=4, version=view.version)
    office.do(named_views.withdraw, named_view_id=kept)
    office.do(named_views.bring_back, named_view_id=kept)
