"""Who the patient is: names and birth date, the names before, and what else is asked once."""

from collections.abc import Mapping
from dataclasses import replace

from frontdesk.services.registration import edits, former_names
from frontdesk.services.registration.drafts import DetailsDraft, IdentityDraft, ReminderWay, Sex
from frontdesk.services.registration.former_names import FormerNameDraft
from frontdesk.services.registration.reviews import Section
from frontdesk.services.visit.patient_sheet import PatientSheet
from frontdesk.ui.desk import Desk
from frontdesk.ui.kit.choice import CheckBox
from frontdesk.ui.kit.combo import Combo
from frontdesk.ui.kit.edits import DateEdit, TextEdit
from frontdesk.ui.kit.form import FieldRow
from frontdesk.ui.kit.shown import set_shown
from frontdesk.ui.registration.entered import dated
from frontdesk.ui.registration.fields import RaceBoxes
from frontdesk.ui.registration.sheet_section import SheetSection
from frontdesk.ui.registration.words import LANGUAGES, MARITAL, SEXES, WAYS, with_known
from frontdesk.ui.text import tr

_FORMER = 4


class IdentitySection(SheetSection[IdentityDraft]):
    """Names, birth date, sex; the search finds the patient by the new ones at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Name and birth date"), "user-round", Section.IDENTITY)

    def fill_form(self) -> None:
        add = self.form.add
        self.born_on = DateEdit(century_ends=self.desk.today.year)
        self.sex: Combo[Sex] = Combo(tuple((sex, tr(words)) for sex, words in SEXES))
        add("legal_first", tr("Legal first name"), TextEdit(), span=4)
        add("legal_middle", tr("Middle"), TextEdit(), span=2)
        add("legal_last", tr("Legal last name"), TextEdit(), span=4)
        add("suffix", tr("Suffix"), TextEdit(hint="Jr."), span=2)
        add("preferred_name", tr("Name used"), TextEdit(), span=4)
        add("born_on", tr("Birth date"), self.born_on, span=4)
        add("sex", tr("Sex on the card"), self.sex, span=4)

    def part(self, sheet: PatientSheet) -> IdentityDraft:
        return sheet.identity

    def values(self, part: IdentityDraft | None) -> Mapping[str, object]:
        assert part is not None
        return {
            "legal_first": part.legal_first,
            "legal_middle": part.legal_middle,
            "legal_last": part.legal_last,
            "suffix": part.suffix,
            "preferred_name": part.preferred_name,
            "born_on": dated(part.born_on),
            "sex": part.sex,
        }

    def drafted(self, before: IdentityDraft | None) -> IdentityDraft:
        assert before is not None
        text = self.text
        return replace(
            before,
            legal_first=text("legal_first"),
            legal_middle=text("legal_middle"),
            legal_last=text("legal_last"),
            suffix=text("suffix"),
            preferred_name=text("preferred_name"),
            born_on=self.born_on.value() or before.born_on,
            sex=self.sex.value() or before.sex,
            # Who gives a last name up has had it: it goes into the former names.
            former_last_name=before.legal_last
            if text("legal_last") != before.legal_last and text("legal_last")
            else before.former_last_name,
        )

    def send(self, before: IdentityDraft | None, after: IdentityDraft | None) -> None:
        assert self.patient_id is not None
        assert before is not None
        assert after is not None
        self.desk.do(
            self, self.saved, edits.change_identity, patient_id=self.patient_id, before=before, after=after
        )


class FormerSection(SheetSection[tuple[FormerNameDraft, ...]]):
    """The names before, each with the day until which it was used; one empty line more than there are."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Former names"), "history")

    def fill_form(self) -> None:
        self._rows: list[tuple[FieldRow, ...]] = []
        self._until: list[DateEdit] = []
        for place in range(_FORMER):
            until = DateEdit(century_ends=self.desk.today.year)
            self._until.append(until)
            self._rows.append(
                (
                    self.form.add(f"former.{place}.first", tr("First name, if another"), TextEdit(), span=4),
                    self.form.add(f"former.{place}.last", tr("Last name"), TextEdit(), span=4),
                    self.form.add(f"former.{place}.until", tr("Used until"), until, span=4),
                )
            )

    def part(self, sheet: PatientSheet) -> tuple[FormerNameDraft, ...]:
        return sheet.former

    def values(self, part: tuple[FormerNameDraft, ...] | None) -> Mapping[str, object]:
        found: dict[str, object] = {}
        names = (*(part or ()), *(FormerNameDraft("") for _ in range(_FORMER)))[:_FORMER]
        for place, draft in enumerate(names):
            found[f"former.{place}.first"] = draft.first
            found[f"former.{place}.last"] = draft.last
            found[f"former.{place}.until"] = dated(draft.used_until)
        return found

    def drafted(self, before: tuple[FormerNameDraft, ...] | None) -> tuple[FormerNameDraft, ...]:
        text = self.text
        names = [
            FormerNameDraft(
                text(f"former.{place}.last"), text(f"former.{place}.first"), self._until[place].value()
            )
            for place in range(_FORMER)
        ]
        shown = tuple(name for name in names if name != FormerNameDraft(""))
        return (*shown, *(before or ())[_FORMER:])

    def send(
        self, before: tuple[FormerNameDraft, ...] | None, after: tuple[FormerNameDraft, ...] | None
    ) -> None:
        assert self.patient_id is not None
        self.desk.do(
            self,
            self.saved,
            former_names.change,
            patient_id=self.patient_id,
            before=before or (),
            after=after or (),
        )

    def _show_state(self) -> None:
        super()._show_state()
        text = self.text
        used = max(
            (n for n in range(_FORMER) if text(f"former.{n}.last") or text(f"former.{n}.first")),
            default=-1,
        )
        for place, rows in enumerate(self._rows):
            for each in rows:
                set_shown(each, place <= used + 1)


class DetailsSection(SheetSection[DetailsDraft]):
    """What else is asked once, and how the patient wants to hear from the office."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, tr("Details and wishes"), "list-checks", Section.DETAILS)

    def fill_form(self) -> None:
        add = self.form.add
        self.language: Combo[str] = Combo()
        self.interpreter = CheckBox(tr("Interpreter needed"))
        self.marital: Combo[str] = Combo()
        self.race = RaceBoxes(columns=2)
        self.way: Combo[ReminderWay] = Combo(tuple((way, tr(words)) for way, words in WAYS))
        self.second: Combo[ReminderWay] = Combo(tuple((way, tr(words)) for way, words in WAYS))
        self.provider: Combo[int] = Combo()
        add("email", tr("E-mail"), TextEdit(hint="name@example.com"), span=6)
        add("reminder_way", tr("Reminders by"), self.way, span=3)
        add("second_way", tr("Then by"), self.second, span=3)
        add("language", tr("Language"), self.language, span=4)
        add("interpreter_needed", tr("Interpreter"), self.interpreter, span=4)
        add("marital_status", tr("Marital status"), self.marital, span=4)
        add("gender_identity", tr("Gender identity"), TextEdit(), span=4)
        add("pronouns", tr("Pronouns"), TextEdit(), span=4)
        add("employer", tr("Employer"), TextEdit(), span=4)
        add("race", tr("Race and ethnicity, as many as apply"), self.race)
        add("primary_care", tr("Primary care physician"), TextEdit(), span=6)
        add("referring", tr("Referred by"), TextEdit(), span=6)
        add("usual_provider_id", tr("Usually sees"), self.provider, span=6)
        add("pharmacy", tr("Pharmacy"), TextEdit(), span=6)

    def show_sheet(self, sheet: PatientSheet) -> None:
        words = tuple((name, tr(name)) for name in LANGUAGES)
        known = sheet.details.language
        self.language.set_options(words if known in LANGUAGES else (*words, (known, known)))
        self.marital.set_options(with_known(MARITAL, sheet.details.marital_status))
        self.provider.set_options(((0, tr("No one in particular")), *sheet.providers))
        super().show_sheet(sheet)

    def part(self, sheet: PatientSheet) -> DetailsDraft:
        return sheet.details

    def values(self, part: DetailsDraft | None) -> Mapping[str, object]:
        assert part is not None
        return {
            "email": part.email,
            "reminder_way": part.reminder_way,
            "second_way": part.second_way,
            "language": part.language,
            "interpreter_needed": part.interpreter_needed,
            "marital_status": part.marital_status,
            "gender_identity": part.gender_identity,
            "pronouns": part.pronouns,
            "employer": part.employer,
            "race": part.race,
            "primary_care": part.primary_care,
            "referring": part.referring,
            "usual_provider_id": part.usual_provider_id or 0,
            "pharmacy": part.pharmacy,
        }

    def drafted(self, before: DetailsDraft | None) -> DetailsDraft:
        assert before is not None
        text = self.text
        return replace(
            before,
            email=text("email"),
            reminder_way=self.way.value() or before.reminder_way,
            second_way=self.second.value() or before.second_way,
            language=self.language.value() or before.language,
            interpreter_needed=self.interpreter.isChecked(),
            marital_status=self.marital.value() or "",
            gender_identity=text("gender_identity"),
            pronouns=text("pronouns"),
            employer=text("employer"),
            race=self.race.value(),
            primary_care=text("primary_care"),
            referring=text("referring"),
            usual_provider_id=self.provider.value() or None,
            pharmacy=text("pharmacy"),
        )

    def send(self, before: DetailsDraft | None, after: DetailsDraft | None) -> None:
        assert self.patient_id is not None
        assert before is not None
        assert after is not None
        self.desk.do(
            self, self.saved, edits.change_details, patient_id=self.patient_id, before=before, after=after
        )
