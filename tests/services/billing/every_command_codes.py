"""Every command of the code sets, once."""

from datetime import date

from frontdesk.models.billing.code_lists import FavouriteKind
from frontdesk.services.billing import code_favourites, code_synonyms, drugs, fee_lists
from frontdesk.services.billing.drugs import DrugDraft, DrugUnit
from frontdesk.services.billing.fee_lists import FeeRow, Raise
from tests.builders.codes import loaded, release
from tests.builders.office import provider
from tests.office import Office


def run(office: Office) -> None:
    """A release of two codes, a word of the office, a favourite; each that can be is taken back."""
    fee_list = office.made["codes"]
    raised = Raise(fee_list, 35, 25, date(2026, 7, 1))
    office.do(
        fee_lists.import_fees,
        fee_schedule_id=fee_list,
        effective_on=date(2026, 6, 1),
        rows=(FeeRow(2, "99213", "$131.00"),),
    )
    office.do(fee_lists.raise_all, by=raised)
    later = Raise(fee_list, 0, 1, date(2027, 1, 1))
    office.do(fee_lists.copy, name="Office fees 2027", by=later)
    loaded(office, release({"J1100": "Dexamethasone", "A4550": "Surgical tray"}, date(2026, 1, 1)))
    office.do(code_synonyms.add, said="sugar", means="diabetes")
    office.do(code_synonyms.remove, said="Sugar")
    drug = office.do(
        drugs.add_drug, draft=DrugDraft("93000", "0009-0280-02", "Made up", DrugUnit.MILLILITRE, 100)
    )
    office.do(drugs.switch_drug, drug_id=drug, active=False)
    doctor, kind = provider(office), FavouriteKind.SERVICE
    office.do(code_favourites.add, provider_id=doctor, kind=kind, code="99213")
    office.do(code_favourites.remove, provider_id=doctor, kind=kind, code="99213")
