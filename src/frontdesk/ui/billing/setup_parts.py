"""The parts of the billing set-up: one line each. A part is a `SetupPart`, loaded when first shown."""

from frontdesk.ui.kit.setup_part import Part

PARTS: tuple[Part, ...] = (
    Part("claim_rules", "Claim rules", "frontdesk.ui.billing.claim_rules_part:ClaimRulesPart"),
    Part("code_rules", "Payers' wishes", "frontdesk.ui.billing.code_rules_part:CodeRulesPart"),
    Part(
        "payer_numbers",
        "Payers' numbers",
        "frontdesk.ui.billing.payer_numbers_part:PayerNumbersPart",
        "billing.edit_fees",
    ),
    Part("payers", "Payers and plans", "frontdesk.ui.visit.payers_part:PayersPart", "registration.payers"),
    Part("practice", "Practice", "frontdesk.ui.office.practice_part:PracticePart", "office.edit"),
    Part("sites", "Sites", "frontdesk.ui.office.sites_part:SitesPart", "office.edit"),
    Part(
        "superbill_templates",
        "Superbill templates",
        "frontdesk.ui.billing.superbill_templates_part:SuperbillTemplatesPart",
        "billing.edit_fees",
    ),
    Part(
        "drawers",
        "Drawers and day close",
        "frontdesk.ui.billing.drawers_part:DrawersPart",
        "billing.close_day",
    ),
    Part(
        "remittance_policy",
        "Remittance policy",
        "frontdesk.ui.billing.remittance_policy_part:RemittancePolicyPart",
        "billing.edit_policy",
    ),
    Part(
        "statements",
        "Statements",
        "frontdesk.ui.billing.statement_rules_part:StatementRulesPart",
        "billing.edit_fees",
    ),
    Part(
        "hardship_scale",
        "Hardship scale",
        "frontdesk.ui.billing.hardship_scale_part:HardshipScalePart",
        "billing.edit_fees",
    ),
    Part("codes", "Code sets", "frontdesk.ui.billing.code_sets_part:CodeSetsPart", "billing.edit_codes"),
    Part(
        "words",
        "Words of the office",
        "frontdesk.ui.billing.synonyms_part:SynonymsPart",
        "billing.edit_codes",
    ),
    Part("paper", "Paper claims", "frontdesk.ui.billing.paper_part:PaperPart", "billing.edit_fees"),
    Part(
        "favourites",
        "Favorites",
        "frontdesk.ui.billing.favourites_part:FavouritesPart",
        "billing.enter_charges",
    ),
    Part("drugs", "Drugs", "frontdesk.ui.billing.drugs_part:DrugsPart", "billing.edit_codes"),
    Part("fees", "Fee schedules", "frontdesk.ui.billing.fees_part:FeesPart", "billing.edit_fees"),
)
