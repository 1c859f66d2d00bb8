"""The words of reminders by channel and language: the office's own, else those that come with Frontdesk."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import select

from frontdesk.kernel.errors import refuse_if_any
from frontdesk.models.office.practice import Practice
from frontdesk.models.schedule.appointment import Channel
from frontdesk.models.schedule.reminder import LONGEST_WORDS, ReminderTemplate
from frontdesk.services.command import Performed, Undo, command, query
from frontdesk.services.schedule.reminder_words import About, Words, template_findings, written
from frontdesk.services.sentences import says
from frontdesk.services.work import Work

says(
    "ck_reminder_template_body",
    f"This is longer than {LONGEST_WORDS} characters. Say it shorter.",
    field="body",
)
says(
    "uq_reminder_template_channel_language", "Another desk wrote these words first. Look at them, then save."
)


@dataclass(frozen=True, slots=True)
class TemplateDraft:
    """The words of one channel in one language."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A template as it stands; `version` 0: the one that comes with Frontdesk."""

    channel: Channel
    language: str
    draft: TemplateDraft
    version: int


@dataclass(frozen=True, slots=True)
class Preview:
    """The words as a made-up patient would get them: one visit, and two of a household."""

    one: Words
    family: Words


SHIPPED: Final = {
    (Channel.TEXT, "en"): TemplateDraft(
        "",
        "{practice}: {first_name}, you have a visit on {day} at {time} with {provider}. {preparation} "
        "Reply C to confirm, or call {phone}. Reply STOP to end texts.",
    ),
    (Channel.TEXT, "es"): TemplateDraft(
        "",
        "{practice}: {first_name}, tiene una cita el {day} a las {time} con {provider}. {preparation} "
        "Responda C para confirmar o llame al {phone}. Responda STOP para no recibir más mensajes.",
    ),
    (Channel.EMAIL, "en"): TemplateDraft(
        "Your visit on {day}",
        "Hello {first_name},\n\nyou have a visit at {practice} on {day} at {time} with {provider}. "
        "Arrive at {arrive}.\n{preparation}\n\nTo confirm, answer this message with the word Confirm. "
        "To change the visit, call {phone}.\n\n{practice}",
    ),
    (Channel.EMAIL, "es"): TemplateDraft(
        "Su cita del {day}",
        "Hola {first_name}:\n\nTiene una cita en {practice} el {day} a las {time} con {provider}. "
        "Llegue a las {arrive}.\n{preparation}\n\nPara confirmar, responda a este mensaje con la palabra "
        "Confirmo. Para cambiar la cita, llame al {phone}.\n\n{practice}",
    ),
    (Channel.PHONE, "en"): TemplateDraft(
        "",
        "Hello, this is {practice} calling for {first_name}. You have a visit on {day} at {time} "
        "with {provider}. Can you come?",
    ),
    (Channel.PHONE, "es"): TemplateDraft(
        "",
        "Hola, le llamamos de {practice} para {first_name}. Tiene una cita el {day} a las {time} "
        "con {provider}. ¿Puede venir?",
    ),
    (Channel.LETTER, "en"): TemplateDraft(
        "",
        "Your next visit at {practice} is on {day} at {time} with {provider}. Arrive at {arrive}. "
        "{preparation} To change it, call {phone}.",
    ),
    (Channel.LETTER, "es"): TemplateDraft(
        "",
        "Su próxima cita en {practice} es el {day} a las {time} con {provider}. Llegue a las {arrive}. "
        "{preparation} Para cambiarla, llame al {phone}.",
    ),
}


@query(permission="schedule.view")
def templates(work: Work) -> tuple[TemplateView, ...]:
    """The words of every channel and language; one statement."""
    rows = {(row.channel, row.language): row for row in work.session.scalars(select(ReminderTemplate))}
    return tuple(
        TemplateView(channel, language, shipped, 0)
        if (row := rows.get((channel, language))) is None
        else TemplateView(channel, language, TemplateDraft(row.subject, row.body), row.version)
        for (channel, language), shipped in SHIPPED.items()
    )


def words_for(work: Work, channel: Channel, language: str) -> TemplateDraft:
    """The template of a channel for a patient's language."""
    row = work.session.scalar(
        select(ReminderTemplate).where(
            ReminderTemplate.channel == channel, ReminderTemplate.language == language
        )
    )
    return SHIPPED[channel, language] if row is None else TemplateDraft(row.subject, row.body)


@query(permission="schedule.view")
def preview(work: Work, *, channel: Channel, language: str, draft: TemplateDraft) -> Preview:
    """What a draft says for a made-up visit in two days; raises `Refused` with what is wrong with it."""
    refuse_if_any(template_findings(channel, draft.subject, draft.body))
    practice = work.session.scalars(select(Practice)).one()
    day = work.today + timedelta(days=2)
    first, second = datetime.combine(day, time(9, 30)), datetime.combine(day, time(9, 45))
    ana = About("Ana", "Dr. Lee", first, first - timedelta(minutes=15), _PREPARATION[language])
    luis = About("Luis", "Dr. Lee", second, second)

    def said(*about: About) -> Words:
        return written(
            draft.subject, draft.body, language, practice=practice.name, phone=practice.phone, about=about
        )

    return Preview(said(ana), said(ana, luis))


_PREPARATION: Final = {"en": "nothing to eat from midnight on", "es": "no coma nada desde la medianoche"}


def _written_back(done: Performed) -> Undo:
    return Undo(
        write,
        channel=done.arguments["channel"],
        language=done.arguments["language"],
        draft=done.result,
    )


@command("Write reminder", permission="schedule.edit_reminders", undo=_written_back)
def write(
    work: Work, *, channel: Channel, language: str, draft: TemplateDraft, version: int | None = None
) -> TemplateDraft:
    """Puts words in the place of those of a channel and language; gives back what they were."""
    refuse_if_any(template_findings(channel, draft.subject, draft.body))
    before = words_for(work, channel, language)
    row = work.session.scalar(
        select(ReminderTemplate).where(
            ReminderTemplate.channel == channel, ReminderTemplate.language == language
        )
    )
    if row is None:
        row = work.add(
            ReminderTemplate(channel=channel, language=language, subject=draft.subject.strip(), body="")
        )
    elif version is not None:
        row = work.get(ReminderTemplate, row.id, version or None)
    row.subject = draft.subject.strip() if channel is Channel.EMAIL else ""
    row.body = draft.body.strip()
    return before
