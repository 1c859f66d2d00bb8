"""An office that reminds: rules, a mail server and a text gateway that exist only by name, visits to come."""

from frontdesk.models.schedule.appointment import Channel
from frontdesk.services.schedule import message_settings, reminder_rules
from frontdesk.services.schedule.message_settings import MailDraft, MailSecurity, TextDraft
from frontdesk.services.schedule.reminder_rules import RuleDraft
from tests.builders.office import site
from tests.office import Office

MAIL = MailDraft("smtp.example.com", 587, MailSecurity.STARTTLS, "Harbor Point", "desk@example.com", "desk")
TEXT = TextDraft(
    "https://text.example.com/send",
    '{"to": "{to}", "from": "{from}", "text": "{text}"}',
    "Authorization: Bearer {token}",
    sender="+15035550100",
)
TWO_DAYS = RuleDraft("Text, 2 days before", 48, (Channel.TEXT, Channel.EMAIL, Channel.PHONE), 2)
SAME_DAY = RuleDraft("Text, 3 hours before", 3, (Channel.TEXT,), 1, says_preparation=True)


def sends(office: Office, mail: MailDraft = MAIL, text: TextDraft = TEXT) -> None:
    """The servers are set up and switched on."""
    site(office)
    office.do(message_settings.set_mail, draft=mail)
    office.do(message_settings.set_text, draft=text)


def rule(office: Office, draft: RuleDraft = TWO_DAYS) -> int:
    """A rule in force; the same one for the same name."""
    site(office)
    known = f"reminder_rule:{draft.name}"
    if known not in office.made:
        office.made[known] = office.do(reminder_rules.add, draft=draft)
    made: int = office.made[known]
    return made
