"""Claims, remittances and envelopes of every shape, for property tests."""

from datetime import date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from frontdesk.formats.x12 import professional_claim as p
from frontdesk.formats.x12.remittance import (
    Adjustment,
    Organization,
    PaidClaim,
    PaidLine,
    Payment,
    Person,
    ProviderAdjustment,
)
from frontdesk.formats.x12.tokens import Delimiters

words = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.-&", min_size=1, max_size=20)
numbers = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=1, max_size=20)
maybe = st.one_of(st.just(""), numbers)
days = st.dates(date(1990, 1, 1), date(2069, 12, 31))
cents = st.integers(-99_999_999, 99_999_999)
dues = st.integers(1, 99_999_999)
units = st.decimals(Decimal("0.1"), Decimal(999), places=1).map(lambda d: Decimal(str(d)).normalize())
moments = st.datetimes(datetime(2000, 1, 1), datetime(2069, 12, 31)).map(
    lambda at: at.replace(second=0, microsecond=0)
)

delimiters = st.permutations("*:^~|!>\x1c\x1d\x1e\x1f").flatmap(
    lambda some: st.sampled_from(["", "\n", "\r\n"]).map(
        lambda line_break: Delimiters(some[0], some[1], some[2], some[3], line_break)
    )
)

adjustments = st.builds(
    Adjustment,
    st.sampled_from(["CO", "PR", "OA", "PI"]),
    st.sampled_from(["1", "2", "45", "97"]),
    cents,
    maybe,
)
people = st.builds(Person, words, words, maybe, maybe, st.just("MI"), numbers)
nobody_or = st.one_of(st.just(Person()), people)
organizations = st.builds(
    Organization,
    words,
    st.just("XX"),
    numbers,
    st.lists(words, max_size=2).map(tuple),
    words,
    st.just("OR"),
    st.just("97204"),
    st.lists(st.tuples(st.just("TJ"), numbers), max_size=2).map(tuple),
    st.lists(st.tuples(st.just("BL"), words, st.just("TE"), numbers), max_size=2).map(tuple),
)


def paid_lines(place: int) -> st.SearchStrategy[PaidLine]:
    return st.builds(
        PaidLine,
        number=st.just(place),
        qualifier=st.just("HC"),
        code=numbers,
        modifiers=st.lists(st.sampled_from(["25", "59", "RT"]), max_size=3, unique=True).map(tuple),
        charge_cents=cents,
        paid_cents=cents,
        units=units,
        served_on=days,
        served_until=st.one_of(st.none(), days),
        control_number=maybe,
        adjustments=st.lists(adjustments, max_size=8).map(tuple),
        remarks=st.lists(numbers, max_size=3).map(tuple),
        allowed_cents=st.one_of(st.none(), cents),
        submitted_code=maybe,
        segment_number=st.just(0),
        others=st.lists(st.tuples(st.just("ZZ"), words).map(list), max_size=1).map(tuple),
    )


paid_claims = st.builds(
    PaidClaim,
    claim_number=numbers,
    status=st.sampled_from(["1", "2", "4", "22"]),
    charge_cents=cents,
    paid_cents=cents,
    patient_cents=cents,
    filing_code=maybe,
    payer_control_number=maybe,
    adjustments=st.lists(adjustments, max_size=8).map(tuple),
    lines=st.integers(0, 3).flatmap(lambda n: st.tuples(*(paid_lines(place + 1) for place in range(n)))),
    patient=people,
    subscriber=nobody_or,
    corrected=nobody_or,
    rendering=nobody_or,
    forwarded_to=nobody_or,
    served_on=st.one_of(st.none(), days),
    served_until=st.one_of(st.none(), days),
    received_on=st.one_of(st.none(), days),
    remarks=st.lists(numbers, max_size=5).map(tuple),
    segment_number=st.just(0),
    others=st.lists(st.tuples(st.just("ZZ"), words).map(list), max_size=1).map(tuple),
)

payments = st.builds(
    Payment,
    handling=st.just("I"),
    paid_cents=cents,
    method=st.sampled_from(["ACH", "CHK"]),
    effective_on=days,
    trace=numbers,
    payer_identifier=numbers,
    produced_on=st.one_of(st.none(), days),
    payer=organizations,
    payee=organizations,
)

provider_adjustments = st.builds(
    ProviderAdjustment, numbers, days, st.sampled_from(["WO", "FB", "L6"]), maybe, cents
)

addresses = st.builds(
    p.Address, words, st.one_of(st.just(""), words), words, st.just("OR"), st.just("972041830")
)
insured = st.builds(p.Insured, words, words, maybe, maybe, days, st.sampled_from(["F", "M", "U"]), addresses)
no_address = st.just(p.Address())


def other_ids(*qualifiers: str) -> st.SearchStrategy[tuple[p.OtherId, ...]]:
    """One at most of each kind, in this order."""
    return st.tuples(*(st.none() | st.builds(p.OtherId, st.just(one), numbers) for one in qualifiers)).map(
        lambda some: tuple(one for one in some if one is not None)
    )


policies = st.builds(
    p.Policy,
    words,
    numbers,
    numbers,
    insured,
    st.sampled_from(["P", "S"]),
    maybe,
    st.sampled_from(["CI", "BL", "MB"]),
    st.one_of(no_address, addresses),
    st.sampled_from(["", "12", "47"]),
    other_ids(*p.OF_PAYER),
)
providers = st.builds(p.Provider, words, words, numbers, other_ids=other_ids("0B", "1G", "G2", "LU"))
billing = st.builds(
    p.BillingProvider, words, numbers, numbers, numbers, addresses, other_ids=other_ids(*p.OF_BILLING)
)
facilities = st.builds(p.Facility, words, numbers, addresses, other_ids("0B", "G2"))


drugs = st.builds(
    p.Drug, st.text("0123456789", min_size=11, max_size=11), units, st.sampled_from(["UN", "ML", "GR"])
)
prior_lines = st.builds(
    p.PriorLine,
    payer_id=numbers,
    paid_cents=st.integers(0, 99_999_999),
    code=numbers,
    decided_on=days,
    modifiers=st.lists(st.sampled_from(["25", "59"]), max_size=2, unique=True).map(tuple),
    units=units,
    adjustments=st.lists(adjustments, max_size=3).map(tuple),
    patient_cents=st.one_of(st.none(), cents),
)
other_payers = st.builds(
    p.OtherPayer,
    policy=st.builds(
        p.Policy,
        words,
        numbers,
        numbers,
        st.builds(p.Insured, words, words, maybe, maybe, st.none(), st.just("U"), no_address | addresses),
        st.sampled_from(["P", "S", "T"]),
        maybe,
        st.sampled_from(["CI", "BL", "MB"]),
        no_address | addresses,
    ),
    relationship=st.sampled_from(["18", "01", "19"]),
    paid_cents=st.one_of(st.none(), cents),
    adjustments=st.lists(adjustments, max_size=3).map(tuple),
    patient_cents=st.one_of(st.none(), cents),
    control_number=maybe,
    decided_on=st.one_of(st.none(), days),
    assigns_benefits=st.booleans(),
    has_release=st.booleans(),
)


attachments = st.lists(
    st.builds(p.Attachment, st.sampled_from(["OZ", "RB", "03"]), st.sampled_from(["BM", "FX", "AA"]), maybe),
    max_size=2,
).map(tuple)


def lines(diagnoses: int) -> st.SearchStrategy[p.Line]:
    return st.builds(
        p.Line,
        code=numbers,
        charge_cents=dues,
        served_on=days,
        pointers=st.lists(st.integers(1, diagnoses), min_size=1, max_size=4, unique=True).map(tuple),
        control_number=numbers,
        modifiers=st.lists(st.sampled_from(["25", "59", "RT"]), max_size=3, unique=True).map(tuple),
        units=units,
        unit=st.sampled_from(["UN", "MJ"]),
        description=st.one_of(st.just(""), words),
        note=st.one_of(st.just(""), words),
        drug=st.one_of(st.none(), drugs),
        rendering=st.one_of(st.none(), providers),
        facility=st.one_of(st.none(), facilities),
        supervising=st.one_of(st.none(), providers),
        ordering=st.one_of(st.none(), providers),
        referring=st.one_of(st.none(), providers),
        primary_care=st.one_of(st.none(), providers),
        is_emergency=st.booleans(),
        is_epsdt=st.booleans(),
        is_family_planning=st.booleans(),
        attachments=attachments,
        prior=st.lists(prior_lines, max_size=1).map(tuple),
    )


def _claims(diagnoses: tuple[str, ...]) -> st.SearchStrategy[p.Claim]:
    return st.builds(
        p.Claim,
        number=numbers,
        charge_cents=dues,
        place_of_service=st.sampled_from(["11", "22"]),
        diagnoses=st.just(diagnoses),
        lines=st.lists(lines(len(diagnoses)), min_size=1, max_size=3).map(tuple),
        policy=policies,
        billing=billing,
        frequency=st.sampled_from(["1", "7", "8"]),
        payer_control_number=maybe,
        authorization=maybe,
        referral=maybe,
        assignment=st.sampled_from("ABC"),
        assigns_benefits=st.booleans(),
        has_release=st.booleans(),
        rendering=st.one_of(st.none(), providers),
        referring=st.one_of(st.none(), providers),
        primary_care=st.one_of(st.none(), providers),
        facility=st.one_of(st.none(), facilities),
        supervising=st.one_of(st.none(), st.builds(p.Provider, words, words, numbers)),
        patient_paid_cents=st.integers(0, 99_999_999),
        clia=maybe,
        other_payers=st.lists(other_payers, max_size=1).map(tuple),
        onset_on=st.one_of(st.none(), days),
        unable_from=st.one_of(st.none(), days),
        unable_until=st.one_of(st.none(), days),
        last_worked_on=st.one_of(st.none(), days),
        returned_on=st.one_of(st.none(), days),
        program=st.sampled_from(["", "02", "09"]),
        references=other_ids(*p.REFERENCES),
        file_info=st.one_of(st.just(""), words),
        spine=st.sampled_from(["", "A", "M"]),
        admitted_on=st.one_of(st.none(), days),
        discharged_on=st.one_of(st.none(), days),
        condition_codes=st.lists(st.sampled_from(["AA", "W2", "AJ"]), max_size=3, unique=True).map(tuple),
        case_number=maybe,
        delay_reason=st.sampled_from(["", "1", "11"]),
        epsdt=st.sampled_from(["", "AV", "NU"]),
        attachments=attachments,
        accident=st.just(""),
        note=st.one_of(st.just(""), words),
    )


claims = st.lists(numbers, min_size=1, max_size=12, unique=True).map(tuple).flatmap(_claims)
