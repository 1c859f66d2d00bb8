"""The kinds of visit: what each needs, and how the office edits them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from sqlalchemy import bindparam, select

from frontdesk.kernel.errors import Finding, refuse_if_any
from frontdesk.models.schedule.template import BlockKind
from frontdesk.models.schedule.visit_type import PhaseKind, Role, VisitType, VisitTypePhase
from frontdesk.models.schedule.visit_type_form import VisitTypeForm
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.prepared import Prepared
from frontdesk.services.schedule import visit_forms
from frontdesk.services.schedule.pattern import PROVIDER, Phase, by_want, fitted
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says("ck_visit_type_phase_offset", "A phase begins 0 to 720 minutes into the visit.", field="phases")
says("ck_visit_type_phase_length", "A phase lasts 1 to 720 minutes.", field="phases")
says("uq_visit_type_name", "There is a visit type of this name already.", field="name")

SHORTEST, LONGEST = 5, 720


@dataclass(frozen=True, slots=True)
class PhaseDraft:
    """One stretch of one kind of resource; `wanted` is a room kind, device kind or skill."""

    role: Role
    offset_minutes: int
    minutes: int
    wanted: str = ""
    kind: PhaseKind = PhaseKind.PROCEDURE


@dataclass(frozen=True, slots=True)
class VisitTypeDraft:
    """All that the office says about a kind of visit."""

    name: str
    minutes: int | None
    short_name: str = ""
    phases: tuple[PhaseDraft, ...] = ()
    """Empty: the provider from start to end, nothing else."""
    arrive_early_minutes: int = 0
    preparation: str = ""
    preparation_hours: int = 0
    needs_authorization: bool = False
    authorization_days: int = 0
    color: str = ""
    opens_blocks: tuple[BlockKind, ...] = ()
    for_new_patients: bool = False
    is_video: bool = False
    sort_order: int = 0
    form_keys: tuple[str, ...] = ()
    """Forms that only visits of kinds which name them need."""


@dataclass(frozen=True, slots=True)
class VisitTypeView:
    """A kind of visit as windows show it."""

    id: int
    version: int
    name: str
    short_name: str
    minutes: int | None
    arrive_early_minutes: int
    preparation: str
    preparation_hours: int
    needs_authorization: bool
    authorization_days: int
    color: str
    opens_blocks: tuple[BlockKind, ...]
    for_new_patients: bool
    is_video: bool
    sort_order: int
    is_active: bool
    phases: tuple[PhaseDraft, ...]
    form_keys: tuple[str, ...]


def needs_of(work: Work, visit_type_id: int) -> tuple[VisitType, tuple[Phase, ...]]:
    """A type and its phases."""
    kind = work.get(VisitType, visit_type_id)
    phases = (
        Phase(each.kind, (each.role, each.wanted), each.offset_minutes, each.minutes)
        for each in _PHASES.named(work.session, {"visit_type": visit_type_id})
    )
    return kind, tuple(phases)


def against_booking(kind: VisitType, phases: tuple[Phase, ...], minutes: int | None) -> Iterator[Finding]:
    """What is wrong with a length for a kind of visit, whatever the time."""
    if minutes is None:
        yield Finding(f"{kind.name} has no length yet. Say how long this visit is.", field="minutes")
    elif not SHORTEST <= minutes <= LONGEST:
        yield Finding(f"A visit lasts from {SHORTEST} minutes to 12 hours.", field="minutes")
    elif not any(phase.want == PROVIDER for phase in fitted(phases, kind.minutes, minutes)):
        sentence = f"In {minutes} minutes {kind.name} never comes to the provider. Make the visit longer."
        yield Finding(sentence, field="minutes")


_PHASES: Final = Prepared(
    select(VisitTypePhase)
    .where(VisitTypePhase.visit_type_id == bindparam("visit_type"))
    .order_by(VisitTypePhase.offset_minutes, VisitTypePhase.id)
)


@query(permission="schedule.view")
def visit_types(work: Work, *, with_inactive: bool = False) -> tuple[VisitTypeView, ...]:
    """The kinds of visit, in the office's order."""
    kinds = select(VisitType).order_by(VisitType.sort_order, VisitType.name, VisitType.id)
    if not with_inactive:
        kinds = kinds.where(VisitType.is_active)
    phases: dict[int, list[PhaseDraft]] = {}
    for each in work.session.scalars(
        select(VisitTypePhase).order_by(VisitTypePhase.offset_minutes, VisitTypePhase.id)
    ):
        phases.setdefault(each.visit_type_id, []).append(
            PhaseDraft(each.role, each.offset_minutes, each.minutes, each.wanted, each.kind)
        )
    named: dict[int, list[str]] = {}
    for form in work.session.scalars(select(VisitTypeForm).order_by(VisitTypeForm.id)):
        named.setdefault(form.visit_type_id, []).append(form.form_key)
    return tuple(
        VisitTypeView(
            id=kind.id,
            version=kind.version,
            name=kind.name,
            short_name=kind.short_name,
            minutes=kind.minutes,
            arrive_early_minutes=kind.arrive_early_minutes,
            preparation=kind.preparation,
            preparation_hours=kind.preparation_hours,
            needs_authorization=kind.needs_authorization,
            authorization_days=kind.authorization_days,
            color=kind.color,
            opens_blocks=kind.opens_blocks,
            for_new_patients=kind.for_new_patients,
            is_video=kind.is_video,
            sort_order=kind.sort_order,
            is_active=kind.is_active,
            phases=tuple(phases.get(kind.id, ())),
            form_keys=tuple(named.get(kind.id, ())),
        )
        for kind in work.session.scalars(kinds)
    )


def _switched_off(done: Performed) -> Undo:
    return Undo(set_visit_type_active, visit_type_id=done.result, is_active=False)


@command(
    "Add visit type",
    permission="schedule.edit_templates",
    undo=_switched_off,
)
def add_visit_type(work: Work, *, draft: VisitTypeDraft) -> int:
    """A new kind of visit; raises `Refused` for lengths and phases that cannot be."""
    refuse_if_any([*_problems(draft), *_forms_not_offered(work, draft)])
    kind = VisitType(is_active=True)
    _fill(kind, draft)
    work.add(kind)
    work.flush()
    _add_phases(work, kind.id, draft)
    _add_forms(work, kind.id, draft)
    return kind.id


def _changed_back(done: Performed) -> Undo:
    return Undo(change_visit_type, visit_type_id=done.arguments["visit_type_id"], draft=done.result)


@command(
    "Change visit type",
    permission="schedule.edit_templates",
    undo=_changed_back,
)
def change_visit_type(
    work: Work, *, visit_type_id: int, draft: VisitTypeDraft, version: int | None = None
) -> VisitTypeDraft:
    """Edits a kind of visit; booked visits keep their times. Gives back what it was."""
    refuse_if_any([*_problems(draft), *_forms_not_offered(work, draft)])
    kind = work.get(VisitType, visit_type_id, version)
    before = _draft_of(work, kind)
    for phase in work.session.scalars(
        select(VisitTypePhase).where(VisitTypePhase.visit_type_id == kind.id).order_by(VisitTypePhase.id)
    ):
        work.session.delete(phase)
    for form in _forms(work, kind.id):
        work.session.delete(form)
    _fill(kind, draft)
    work.flush()
    _add_phases(work, kind.id, draft)
    _add_forms(work, kind.id, draft)
    return before


def _switched_back(done: Performed) -> Undo:
    return Undo(
        set_visit_type_active,
        visit_type_id=done.arguments["visit_type_id"],
        is_active=not done.arguments["is_active"],
    )


@command(
    "Switch visit type on or off",
    permission="schedule.edit_templates",
    undo=_switched_back,
)
def set_visit_type_active(work: Work, *, visit_type_id: int, is_active: bool) -> None:
    """Offers a kind of visit for booking, or no longer."""
    work.get(VisitType, visit_type_id).is_active = is_active


def _problems(draft: VisitTypeDraft) -> list[Finding]:
    found: list[Finding] = []
    if not draft.name.strip():
        found.append(Finding("Give the visit type a name.", field="name"))
    if draft.minutes is not None and not SHORTEST <= draft.minutes <= LONGEST:
        found.append(Finding(f"A visit lasts from {SHORTEST} minutes to 12 hours.", field="minutes"))
    if draft.minutes is None and draft.phases:
        found.append(Finding("Give the type a length before its phases.", field="minutes"))
    if not 0 <= draft.arrive_early_minutes <= 240:
        found.append(Finding("Patients come up to 4 hours early, not more.", field="arrive_early_minutes"))
    if not 0 <= draft.preparation_hours <= 720:
        found.append(Finding("Preparation takes up to 30 days, not more.", field="preparation_hours"))
    if not 0 <= draft.authorization_days <= 60:
        found.append(Finding("An authorization takes up to 60 days, not more.", field="authorization_days"))
    for phase in draft.phases:
        if phase.minutes < 1 or phase.offset_minutes < 0:
            found.append(
                Finding("A phase starts with the visit or later and lasts a minute at least.", "phases")
            )
        if (phase.role is Role.PROVIDER) != (phase.wanted == ""):
            found.append(
                Finding(
                    "Say which kind of room, device or staff a phase needs; not for the provider.", "phases"
                )
            )
    for (role, wanted), phases in by_want(_phases(draft)).items():
        ordered = sorted(phases, key=lambda phase: phase.offset)
        if any(earlier.ends > later.offset for earlier, later in pairwise(ordered)):
            found.append(
                Finding(f"Two phases need the same {wanted or role.value} at the same time.", field="phases")
            )
    return found


def _forms_not_offered(work: Work, draft: VisitTypeDraft) -> list[Finding]:
    if not draft.form_keys:
        return []
    offered = {form.key for form in visit_forms.visit_forms(work)}
    return [
        Finding(f"The form “{key}” does not go by the kind of visit. Take it off.", field="form_keys")
        for key in draft.form_keys
        if key not in offered
    ]


def _phases(draft: VisitTypeDraft) -> list[Phase]:
    return [
        Phase(each.kind, (each.role, each.wanted), each.offset_minutes, each.minutes) for each in draft.phases
    ]


def _fill(kind: VisitType, draft: VisitTypeDraft) -> None:
    kind.name = draft.name.strip()
    kind.minutes = draft.minutes
    kind.short_name = draft.short_name
    kind.arrive_early_minutes = draft.arrive_early_minutes
    kind.preparation = draft.preparation
    kind.preparation_hours = draft.preparation_hours
    kind.needs_authorization = draft.needs_authorization
    kind.authorization_days = draft.authorization_days
    kind.color = draft.color
    kind.opens_blocks = tuple(each for each in BlockKind if each in draft.opens_blocks)
    kind.for_new_patients = draft.for_new_patients
    kind.is_video = draft.is_video
    kind.sort_order = draft.sort_order


def _add_phases(work: Work, visit_type_id: int, draft: VisitTypeDraft) -> None:
    for each in draft.phases:
        work.add(
            VisitTypePhase(
                visit_type_id=visit_type_id,
                kind=each.kind,
                role=each.role,
                wanted=each.wanted,
                offset_minutes=each.offset_minutes,
                minutes=each.minutes,
            )
        )


def _forms(work: Work, visit_type_id: int) -> list[VisitTypeForm]:
    asked = (
        select(VisitTypeForm).where(VisitTypeForm.visit_type_id == visit_type_id).order_by(VisitTypeForm.id)
    )
    return list(work.session.scalars(asked))


def _add_forms(work: Work, visit_type_id: int, draft: VisitTypeDraft) -> None:
    for key in dict.fromkeys(draft.form_keys):
        work.add(VisitTypeForm(visit_type_id=visit_type_id, form_key=key))


def _draft_of(work: Work, kind: VisitType) -> VisitTypeDraft:
    _, phases = needs_of(work, kind.id)
    return VisitTypeDraft(
        name=kind.name,
        minutes=kind.minutes,
        short_name=kind.short_name,
        phases=tuple(
            PhaseDraft(phase.want[0], phase.offset, phase.minutes, phase.want[1], phase.kind)
            for phase in phases
        ),
        arrive_early_minutes=kind.arrive_early_minutes,
        preparation=kind.preparation,
        preparation_hours=kind.preparation_hours,
        needs_authorization=kind.needs_authorization,
        authorization_days=kind.authorization_days,
        color=kind.color,
        opens_blocks=kind.opens_blocks,
        for_new_patients=kind.for_new_patients,
        is_video=kind.is_video,
        sort_order=kind.sort_order,
        form_keys=tuple(form.form_key for form in _forms(work, kind.id)),
    )
