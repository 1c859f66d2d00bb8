"""The parts of the check-in set-up: one line each. A part is a `SetupPart`, loaded when first shown."""

from frontdesk.ui.kit.setup_part import Part

PARTS: tuple[Part, ...] = (
    Part("forms", "Consent forms", "frontdesk.ui.records.library_part:LibraryPart", "records.manage_forms"),
    Part(
        "release_rules",
        "Copies of records",
        "frontdesk.ui.records.release_rules_part:ReleaseRulesPart",
        "records.set_rules",
    ),
    Part(
        "asking",
        "Offices outside",
        "frontdesk.ui.records.asking_part:AskingPart",
        "records.set_rules",
    ),
    Part(
        "copy_fees",
        "Fees for copies",
        "frontdesk.ui.records.copy_fees_part:CopyFeesPart",
        "records.set_rules",
    ),
    Part(
        "required",
        "Required fields",
        "frontdesk.ui.registration.required_part:RequiredPart",
        "registration.set_rules",
    ),
    Part(
        "eligibility",
        "Eligibility",
        "frontdesk.ui.visit.eligibility_part:EligibilityPart",
        "registration.payers",
    ),
    Part(
        "payers",
        "Payers and plans",
        "frontdesk.ui.visit.payers_part:PayersPart",
        "registration.payers",
    ),
    Part(
        "merging",
        "Merging charts",
        "frontdesk.ui.registration.merge_rule_part:MergeRulePart",
        "security.manage_users",
    ),
    Part("goals", "Waiting goals", "frontdesk.ui.visit.goals_part:GoalsPart"),
    Part("paper", "Paper charts", "frontdesk.ui.records.paper_part:PaperPart", "visit.edit_setup"),
    Part("deposits", "Deposits", "frontdesk.ui.visit.deposits_part:DepositsPart", "billing.edit_fees"),
    Part("practice", "Practice", "frontdesk.ui.office.practice_part:PracticePart", "office.edit"),
    Part("sites", "Sites", "frontdesk.ui.office.sites_part:SitesPart", "office.edit"),
)
