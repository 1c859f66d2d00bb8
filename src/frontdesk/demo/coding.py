"""What the demo office taught its code search: its own words, favourites, the drugs it gives."""

from datetime import date
from typing import Final

from frontdesk.models.billing.claim_parts import DrugUnit
from frontdesk.models.billing.code_lists import FavouriteKind
from frontdesk.services.billing import code_favourites, code_synonyms, drugs, fee_lists, fees
from frontdesk.services.billing.drugs import DrugDraft
from frontdesk.services.database import Database
from frontdesk.services.office import providers
from frontdesk.services.work import SYSTEM

_WORDS: Final = (
    ("sugar", "diabetes"),
    ("high blood pressure", "hypertension"),
    ("heart attack", "myocardial infarction"),
    ("ear infection", "otitis media"),
    ("pink eye", "conjunctivitis"),
    ("flu", "influenza"),
    ("heartburn", "gastro esophageal reflux"),
    ("uti", "urinary tract infection"),
)
_FAVOURITES: Final = (
    (FavouriteKind.DIAGNOSIS, ("I10", "E11.9", "E78.5", "M17.11")),
    (FavouriteKind.SERVICE, ("99213", "99214", "20610")),
)
_DRUGS: Final = (  # the numbers are made up: no labeler has 99999
    ("J1100", 300, DrugDraft("J1100", "99999-1100-01", "Dexamethasone 4 MG/ML", DrugUnit.MILLILITRE, 250)),
    ("J3301", 1_200, DrugDraft("J3301", "99999-3301-05", "Triamcinolone 40 MG/ML", DrugUnit.MILLILITRE, 250)),
    ("J3301", 0, DrugDraft("J3301", "99999-3302-01", "Triamcinolone 10 MG/ML", DrugUnit.MILLILITRE, 1_000)),
)


def set_up(database: Database, opened_on: date) -> None:
    """After the code lists and the office's fees."""
    for said, means in _WORDS:
        database.do(SYSTEM, code_synonyms.add, said=said, means=means)
    own = database.ask(SYSTEM, fee_lists.lists, on=opened_on)[0]
    for code, cents, drug in _DRUGS:
        database.do(SYSTEM, drugs.add_drug, draft=drug)
        if cents:
            database.do(
                SYSTEM,
                fees.set_fee,
                fee_schedule_id=own.id,
                code=code,
                amount_cents=cents,
                effective_on=opened_on,
            )
    for doctor in database.ask(SYSTEM, providers.providers)[:2]:
        for kind, favourites in _FAVOURITES:
            for code in favourites:
                database.do(SYSTEM, code_favourites.add, provider_id=doctor.id, kind=kind, code=code)
