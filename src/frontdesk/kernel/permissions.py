"""The permissions that must be given by name: a role's "billing.*" does not cover them."""

from collections.abc import Set as AbstractSet
from typing import Final

SENSITIVE: Final = frozenset(
    {
        "billing.edit_codes",
        "billing.edit_fees",
        "billing.edit_policy",
        "billing.override_rules",
        "billing.refund",
        "records.access_log",
        "records.decide_amendment",
        "records.destroy",
        "records.edit_intake",
        "records.manage_forms",
        "records.review_release",
        "records.set_rules",
        "records.release_hold",
        "records.retention_rules",
        "records.sign_off",
        "registration.import",
        "registration.merge",
        "schedule.edit_templates",
        "schedule.overbook",
        "security.manage_users",
        "security.verify_audit",
        "visit.edit_setup",
    }
)


def covers(given: AbstractSet[str], permission: str) -> bool:
    """Whether the given names, "schedule.*" and "*" among them, allow this one."""
    if permission in given or "*" in given:
        return True
    return permission not in SENSITIVE and f"{permission.split('.', 1)[0]}.*" in given
