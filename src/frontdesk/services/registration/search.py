"""Finding patients while somebody types, among a million of them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from frontdesk.kernel.names import first_last
from frontdesk.kernel.text import digits, fold, us_phone
from frontdesk.models.registration.patient import PatientStatus
from frontdesk.models.registration.search_key import KeyKind
from frontdesk.services.command import query
from frontdesk.services.prepared import Prepared
from frontdesk.services.registration import search_statements as statements
from frontdesk.services.registration.search_keys import name_words
from frontdesk.services.registration.search_statements import ENOUGH, Hit
from frontdesk.services.registration.typed import Term, as_one_number, understand
from frontdesk.services.work import Work

Marks = tuple[tuple[int, int], ...]
"""Starts and lengths of what was typed, within a text."""
_AFTER = {PatientStatus.INACTIVE: 1, PatientStatus.DECEASED: 2}
_SELECTIVE = 10
"""From which weight a number is sought before two words."""


@dataclass(frozen=True, slots=True)
class FoundPatient:
    """A line of the list under the search field."""

    patient_id: int
    name: str
    underlined: Marks
    """What was typed, within `name`."""
    born_on: date
    born_matched: bool
    """Whether the birth date was typed."""
    phone: str
    """The one that was typed, else the first."""
    phone_marks: Marks
    """What was typed, within `phone`."""
    chart_number: str
    status: PatientStatus
    is_today: bool
    has_namesake: bool
    """Another line bears the same name: the birth date must be asked."""
    found_by: str
    """What was matched that the line does not show, such as "formerly Blake"."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to one state of the search field."""

    typed: str
    patients: tuple[FoundPatient, ...]
    has_more: bool


@query(permission="registration.view")
def search(work: Work, *, typed: str, limit: int = 12) -> Found:
    """Patients whose keys hold everything that was typed; today's and recent ones first."""
    terms = understand(typed, work.today)
    if not terms:
        return Found(typed, (), has_more=False)
    begun, inside, is_crowd = _hits(work, terms, limit)
    if not begun and not inside and (number := as_one_number(typed)):
        terms = (number,)
        begun, inside, is_crowd = _hits(work, terms, limit)
    words = frozenset(term.word for term in terms if term.word)
    ranked = sorted(begun, key=lambda hit: _rank(hit, words)) + sorted(
        inside, key=lambda hit: _rank(hit, words)
    )
    shown = sorted(ranked[:limit], key=lambda hit: _AFTER.get(hit.status, 0))
    return Found(typed, _lines(work, shown, terms), is_crowd or len(ranked) > limit)


def narrowed(found: Found, typed: str, today: date) -> Found:
    """Of those found for less, who fits all that is typed now: shown until the answer is there."""
    terms = understand(typed, today)
    fitting = (_fitting(line, terms) for line in found.patients) if terms else ()
    return Found(typed, tuple(line for line in fitting if line is not None), has_more=True)


def _fitting(line: FoundPatient, terms: Sequence[Term]) -> FoundPatient | None:
    dialled = ""
    for term in terms:
        folded, _, starts = _plain_text(line.name)
        is_in_name = term.word and any(folded.startswith(term.word, start) for start in starts)
        if is_in_name or _is_born(term, line.born_on) or _is_chart(term, line.chart_number):
            continue
        dialled = _dialled(term.number, line.phone)
        if not dialled:
            return None
    return replace(
        line,
        underlined=underlines(line.name, terms),
        born_matched=any(_is_born(term, line.born_on) for term in terms),
        phone_marks=_number_marks(line.phone, dialled) if dialled else (),
    )


def _hits(work: Work, terms: tuple[Term, ...], limit: int) -> tuple[list[Hit], list[Hit], bool]:
    """Those whose words begin as typed; those who only hold it; whether there are many more."""
    terms, is_rare = _rarest_first(work, terms)
    bounds = statements.bounds_of(terms, work.today)
    begun, is_crowd = _run(work, _beginning(terms), bounds)
    if is_crowd:
        begun |= _run(work, statements.by_recency(statements.shape_of(terms)), bounds)[0]
    inside: dict[int, Hit] = {}
    if len(begun) < limit and any(term.may_be_inside for term in terms):
        for asked, only_if_nobody in _within_words(terms, is_rare=is_rare):
            if not only_if_nobody or not (begun or inside):
                held, is_more = _run(work, asked, bounds)
                inside, is_crowd = inside | held, is_crowd or is_more
    return list(begun.values()), [hit for id, hit in inside.items() if id not in begun], is_crowd


def _run(work: Work, asked: Prepared, bounds: dict[str, object]) -> tuple[dict[int, Hit], bool]:
    """The patients by their id, and whether the statement stopped before it had all."""
    rows = asked.rows(work.session, bounds)
    return {row[0]: Hit._make(row) for row in rows}, len(rows) > ENOUGH


def _words(terms: Sequence[Term]) -> list[int]:
    """Where the words stand, the longest first: few patients share a long one."""
    return [place for place, term in enumerate(terms) if term.word and len(term.ranges) == 1]


def _rarest_first(work: Work, terms: tuple[Term, ...]) -> tuple[tuple[Term, ...], bool]:
    """One word beside numbers: what the fewest have leads, and whether few have it."""
    if len(terms) == 1 or len(_words(terms)) > 1:
        return terms, True
    bounds = statements.bounds_of(terms, work.today)
    (counted,) = statements.counts(statements.shape_of(terms)).rows(work.session, bounds)
    # Of two common ones the word: more have a certain year or digits than a certain name.
    order = sorted(range(len(terms)), key=lambda place: (counted[place], not terms[place].word, place))
    return tuple(terms[place] for place in order), counted[order[0]] < statements.MANY


def _beginning(terms: tuple[Term, ...]) -> Prepared:
    """The statement for words that begin as typed, by the way on which the fewest are looked at."""
    shape, words = statements.shape_of(terms), _words(terms)
    is_number_first = not terms[0].word and terms[0].weight >= _SELECTIVE
    if len(words) > 1 and not is_number_first:
        return statements.by_pair(shape, words[0], words[1])
    return statements.by_keys(shape)


def _within_words(terms: tuple[Term, ...], *, is_rare: bool) -> Iterator[tuple[Prepared, bool]]:
    """The statements for words that hold what was typed; the dear ones only where the others find nobody."""
    shape, words = statements.shape_of(terms, inside=True), _words(terms)
    for first, second in (words[:2], words[1::-1]) if len(words) > 1 else ():
        if shape[first].inside:
            yield statements.by_pair(shape, first, second), False
    if terms[0].may_be_inside:
        yield statements.by_fragment(shape), len(terms) > 1
    elif not terms[0].word and is_rare:
        yield statements.by_keys(shape), False


def underlines(name: str, terms: Iterable[Term]) -> Marks:
    """Where in a name the typed words stand, accents, apostrophes and hyphens skipped."""
    folded, places, starts = _plain_text(name)
    marks: dict[int, int] = {}
    for term in terms:
        word = term.word
        if not word:
            continue
        at = [start for start in starts if folded.startswith(word, start)]
        if not at and term.may_be_inside:
            at = [start for start in range(len(folded)) if folded.startswith(word, start)]
        for start in at:
            begin = places[start]
            if begin not in marks:
                marks[begin] = places[start + len(word) - 1] + 1 - begin
                break
    return tuple(sorted(marks.items()))


@lru_cache(2048)
def _plain_text(name: str) -> tuple[str, tuple[int, ...], tuple[int, ...]]:
    """A name folded into one word, where each of its letters stands, and where words begin."""
    places: list[int] = []
    folded, starts, begins = "", [], True
    for at, letter in enumerate(name):
        plain = _plain(letter)
        if plain:
            if begins:
                starts.append(len(folded))
            places += [at] * len(plain)
            folded += plain
        begins = not plain
    return folded, tuple(places), tuple(starts)


@cache
def _plain(letter: str) -> str:
    return fold(letter).strip()


def _rank(hit: Hit, words: frozenset[str]) -> tuple[object, ...]:
    return (
        _AFTER.get(hit.status, 0),
        0 if hit.recent is None else -hit.recent.toordinal(),
        -len(words.intersection(hit.search_name.split())),
        hit.search_name,
        hit.born_on,
        hit.id,
    )


def _lines(work: Work, hits: Sequence[Hit], terms: Sequence[Term]) -> tuple[FoundPatient, ...]:
    names, today = [hit.search_name for hit in hits], work.today
    seen = [_seen(hit, terms) for hit in hits]
    unexplained = [line.hit.id for line in seen if line.left]
    if unexplained:
        _look_up(work, {line.hit.id: line for line in seen}, unexplained)
    return tuple(
        FoundPatient(
            patient_id=line.hit.id,
            name=line.name,
            underlined=line.marks,
            born_on=line.hit.born_on,
            born_matched=line.born,
            phone=us_phone(line.phone),
            phone_marks=_number_marks(us_phone(line.phone), line.dialled) if line.dialled else (),
            chart_number=line.hit.chart_number,
            status=line.hit.status,
            is_today=line.hit.recent == today,
            has_namesake=names.count(line.hit.search_name) > 1,
            found_by=", ".join(line.reasons),
        )
        for line in seen
    )


@dataclass(slots=True)
class _Seen:
    """A line on its way, with the terms that nothing on it explains yet."""

    hit: Hit
    name: str
    marks: Marks
    phone: str
    left: list[Term]
    reasons: list[str]
    born: bool = False
    dialled: str = ""


def _seen(hit: Hit, terms: Sequence[Term]) -> _Seen:
    name = _spoken(hit)
    line = _Seen(hit, name, underlines(name, terms), hit.phone or "", [], [])
    if len(line.marks) == len(terms):
        return line
    in_name = _plain_text(name)[0]
    for term in terms:
        if term.word and term.word in in_name:
            continue
        if _is_born(term, hit.born_on):
            line.born = True
        elif term.number and (dialled := _dialled(term.number, line.phone)):
            line.dialled = dialled
        elif term.word and _holds(term, hit.former_last_name):
            line.reasons.append(f"formerly {hit.former_last_name}")
        elif _is_chart(term, hit.chart_number):
            line.reasons.append(f"chart {hit.chart_number}")
        else:
            line.left.append(term)
    return line


def _look_up(work: Work, lines: dict[int, _Seen], patient_ids: Sequence[int]) -> None:
    """What the line does not show: another phone, a member ID, a chart that was merged into this one."""
    keys: dict[int, list[tuple[KeyKind, str]]] = {}
    for patient_id, kind, key in statements.KEYS_OF_SOME.rows(work.session, {"patients": patient_ids}):
        keys.setdefault(patient_id, []).append((kind, key))
    for patient_id, known in keys.items():
        for term in lines[patient_id].left:
            hit = next(((kind, key) for kind, key in known if term.holds(key, kind)), None)
            if hit is not None:
                # The longest comes first: the whole number of which a part was typed.
                whole = next(key for kind, key in known if kind is hit[0] and key.endswith(hit[1]))
                _explain(lines[patient_id], term, hit[0], whole)


def _explain(line: _Seen, term: Term, kind: KeyKind, whole: str) -> None:
    if kind is KeyKind.PHONE:
        line.phone, line.dialled = whole, _dialled(term.number, whole)
        return
    number = re.sub(r"^([A-Z]+)(?=\d+$)", r"\1-", whole.upper()) if kind is KeyKind.MERGED else whole.upper()
    reason = f"member ID {number}" if kind is KeyKind.MEMBER else f"merged chart {number}"
    if reason not in line.reasons:
        line.reasons.append(reason)


def _dialled(typed: str, phone: str) -> str:
    """The part of a phone that was typed, without the country's 1 where that was typed too."""
    number = digits(phone)
    for part in (typed, typed[1:] if typed[:1] == "1" else ""):
        if part and (part in number if len(part) >= 3 else number.startswith(part)):
            return part
    return ""


def _number_marks(number: str, dialled: str) -> Marks:
    """Where the digits of `dialled` stand in a number as it is written; one mark for each piece."""
    places = [at for at, letter in enumerate(number) if letter.isdigit()]
    start = digits(number).find(dialled)
    marks: list[tuple[int, int]] = []
    for at in places[start : start + len(dialled)] if start >= 0 else ():
        if marks and sum(marks[-1]) == at:
            marks[-1] = (marks[-1][0], marks[-1][1] + 1)
        else:
            marks.append((at, 1))
    return tuple(marks)


def _holds(term: Term, name: str) -> bool:
    return any(
        word.startswith(term.word) or (term.may_be_inside and term.word in word) for word in name_words(name)
    )


def _is_born(term: Term, on: date) -> bool:
    year, rest = f"{on.year:04d}", f"{on.month:02d}{on.day:02d}"
    return term.holds(year + rest, KeyKind.BORN) or term.holds(rest + year, KeyKind.BORN)


def _is_chart(term: Term, chart_number: str) -> bool:
    plain = fold(chart_number).replace(" ", "")
    number = digits(chart_number)
    return any(term.holds(key, KeyKind.CHART) for key in (plain, number, number.lstrip("0")) if key)


def _spoken(hit: Hit) -> str:
    first: str = hit.legal_first
    if hit.preferred_name and hit.preferred_name.lower() != first.lower():
        first = f"{first} “{hit.preferred_name}”"
    return first_last(first, hit.legal_last)
