"""The tables. Importing the package maps those that a first day needs, and all that their keys point at.

The rest (`LATER`) is mapped by whoever imports it, on most days while the desk is idle: mapping all would be
a fifth of a start. A table that is new is mapped at once unless it is named there; no key of another module
may point at what is named there, unless that module imports it.
"""

from collections.abc import Sequence
from importlib import import_module
from pkgutil import walk_packages
from typing import Final

from sqlalchemy import Table

from frontdesk.models.base import Base

LATER: Final = frozenset(
    {
        "billing.agency_payment",
        "billing.assigned_number",
        "billing.bank_credit",
        "billing.claim_answers",
        "billing.claim_circumstances",
        "billing.claim_parts",
        "billing.claim_rules",
        "billing.code_lists",
        "billing.codes",
        "billing.collection",
        "billing.day_close",
        "billing.deposit_rule",
        "billing.drugs",
        "billing.estimate",
        "billing.expected_code",
        "billing.hardship",
        "billing.missed_fee",
        "billing.paper_answers",
        "billing.paper_payer",
        "billing.patient_rules",
        "billing.payer_settlement",
        "billing.payment_plan",
        "billing.refund",
        "billing.statement_mail",
        "billing.superbill_template",
        "billing.underpaid",
        "billing.waiver",
        "messaging.message",
        "records.disclosure",
        "records.disposal",
        "records.document_version",
        "records.release_fee",
        "records.release_packet",
        "records.retention",
        "records.scan",
        "records.storage_box",
        "records.tied",
        "records.watch_folder",
        "registration.duplicate_pair",
        "registration.patient_import",
        "registration.review",
        "schedule.red_flag",
        "visit.pull",
    }
)
"""Modules of tables that no first page asks."""


def every_table() -> Sequence[Table]:
    """All tables of the office, each after those that its keys point at; maps what is not mapped yet."""
    for name in sorted(LATER):
        import_module(f"{__name__}.{name}")
    return Base.metadata.sorted_tables


for _module in walk_packages(__path__, prefix=f"{__name__}."):
    if _module.name.removeprefix(f"{__name__}.") not in LATER:
        import_module(_module.name)
