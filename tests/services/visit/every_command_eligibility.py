"""Every command of asking payers in files, once."""

from datetime import date

from frontdesk.services.visit import eligibility_intake
from tests.builders.eligibility import asked, read, reply
from tests.builders.eligibility_payer import PPO
from tests.builders.registration import coverage, patient
from tests.office import Office


def run(office: Office) -> None:
    """Somebody is asked about; the payer answers, and answers about two others whom nobody asked about."""
    noor = patient(office, "Noor", "Haddad", date(1985, 7, 7))
    coverage_id = coverage(office, noor, member_id="HDD850707")
    question = asked(office, coverage_id)
    read(office, reply(question, PPO))
    number = question.split("TRN*1*")[1].split("*")[0]
    others = [
        question.replace("HADDAD*NOOR", who)
        .replace("HDD850707", who[:3])
        .replace(number, "1")
        .replace("1985", "1975")
        for who in ("ABBOTT*ANN", "BERG*BO")
    ]
    for place, other in enumerate(others, 2):
        read(office, reply(other, PPO, number=place))
    ann, bo = office.ask(eligibility_intake.loose)
    office.do(eligibility_intake.match, answer_id=ann.answer_id, coverage_id=coverage_id)
    office.do(eligibility_intake.unmatch, answer_id=ann.answer_id)
    office.do(eligibility_intake.match, answer_id=ann.answer_id, coverage_id=coverage_id)
    office.do(eligibility_intake.set_aside, answer_id=bo.answer_id, reason="Not a patient of ours")
    office.do(eligibility_intake.take_up, answer_id=bo.answer_id)
    office.do(eligibility_intake.set_aside, answer_id=bo.answer_id, reason="Not a patient of ours")
