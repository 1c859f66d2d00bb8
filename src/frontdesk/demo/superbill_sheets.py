"""What the practice prints on its superbills: one template for everybody, a short one for the NP."""

from datetime import date
from typing import Final

from frontdesk.services.billing import code_search, superbill_templates
from frontdesk.services.billing.superbill_templates import Section, TemplateDraft
from frontdesk.services.database import Database
from frontdesk.services.office import providers
from frontdesk.services.work import SYSTEM

_HEADS: Final = (
    ("Visits", ("99",)),
    ("Procedures", ("1", "2", "3", "4", "5", "6")),
    ("Imaging and laboratory", ("7", "8")),
    ("Other services", ("90", "91", "92", "93", "94", "95", "96", "97", "98")),
)


def write_templates(database: Database, on: date) -> None:
    """The office's favourite codes under heads, as from today."""
    found = database.ask(SYSTEM, code_search.find_procedures, typed="", on=on, limit=60)
    codes = [each.code for each in found]
    heads = [(title, tuple(code for code in codes if code.startswith(begins))) for title, begins in _HEADS]
    left = tuple(code for code in codes if not any(code in some for _, some in heads))
    sections = tuple(Section(title, some) for title, some in (*heads, ("Supplies and drugs", left)) if some)
    _write(database, TemplateDraft("Family medicine", on, sections))
    raman = [each.id for each in database.ask(SYSTEM, providers.providers) if "NP" in each.short_name]
    if raman:
        _write(database, TemplateDraft("Nurse practitioner", on, sections[:2], provider_id=raman[0]))


def _write(database: Database, draft: TemplateDraft) -> None:
    database.do(SYSTEM, superbill_templates.write, draft=draft)
