"""Every command of the code sets, once."""

from datetime import date

from frontdesk.models.billing.code_lists import FavouriteKind
from frontdesk.services.billing import code_favourites, code_synonyms
from tests.builders.codes import loaded, release
from tests.builders.office import provider
from tests.office import Office


def run(office: Office) -> None:
    """A release of two codes, a word of the office, a favourite; each that can be is taken back."""
    loaded(office, release({"J1100": "Dexamethasone", "A4550": "Surgical tray"}, date(2026, 1, 1)))
    office.do(code_synonyms.add, said="sugar", means="diabetes")
    office.do(code_synonyms.remove, said="Sugar")
    doctor, kind = provider(office), FavouriteKind.SERVICE
    office.do(code_favourites.add, provider_id=doctor, kind=kind, code="99213")
    office.do(code_favourites.remove, provider_id=doctor, kind=kind, code="99213")
