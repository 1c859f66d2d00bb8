"""Two other people's validators, asked whether a file is good."""

import io
import logging

import pyx12.params
import pyx12.x12n_document
from x12sdk.io import X12ModelReader


def pyx12_complaints(text: str) -> str:
    """What pyx12 finds wrong in a file of claims; empty when it is content."""
    acknowledgment = io.StringIO()
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    good = pyx12.x12n_document.x12n_document(pyx12.params.params(), io.StringIO(text), acknowledgment, None)
    return "" if good else acknowledgment.getvalue()


def pyx12_takes_remittance(text: str) -> bool:
    """Whether pyx12 finds a remittance good; it cannot write an acknowledgment of one."""
    logging.getLogger("pyx12").setLevel(logging.CRITICAL)
    taken = pyx12.x12n_document.x12n_document(pyx12.params.params(), io.StringIO(text), None, None)
    return bool(taken)


def x12sdk_models(text: str) -> int:
    """How many transaction sets x12sdk reads as its models; it raises for a bad one.

    It knows the claim by a version that HIPAA did not adopt, and is told that one.
    """
    with X12ModelReader(text.replace("005010X222A1", "005010X222A2")) as reader:
        return sum(1 for _ in reader.models())
