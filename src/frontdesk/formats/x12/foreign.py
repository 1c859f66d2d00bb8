"""What a file is that is not the one expected, in words."""

_KINDS = {
    "270": "an eligibility question (270)",
    "271": "an eligibility answer (271)",
    "276": "a question about a claim (276)",
    "277": "an answer about claims (277)",
    "278": "an authorization (278)",
    "820": "a premium payment (820)",
    "834": "an enrolment (834)",
    "835": "a remittance (835)",
    "837": "a file of claims (837)",
    "997": "an acknowledgment (997)",
    "999": "an acknowledgment (999)",
    "TA1": "an acknowledgment of an envelope (TA1)",
}
_BEGINNINGS = (
    (b"%pdf", "a PDF"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML file"),
    (b"<", "a web page or an XML file"),
    (b"{", "a JSON file"),
    (b"[", "a JSON file"),
    (b"pk\x03\x04", "a ZIP file or an Office document"),
    (b"\x89png", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"ii*\x00", "a picture"),
    (b"mm\x00*", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"st*", "a message without its envelope (no ISA)"),
    (b"gs*", "a message without its envelope (no ISA)"),
    (b"una", "an EDIFACT file"),
    (b"unb", "an EDIFACT file"),
    (b"msh|", "an HL7 message"),
)


def called(kind: str) -> str:
    """A kind of transaction set as people say it."""
    return _KINDS.get(kind, f"a message of the kind {kind}" if kind else "a message without its kind")


def looks_like(head: bytes) -> str:
    """What starts with these bytes; empty when it may be X12."""
    begins = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if begins.startswith(b"isa"):
        return ""
    if not begins:
        return "an empty file"
    for mark, words in _BEGINNINGS:
        if begins.startswith(mark):
            return words
    return "a file of another kind (it does not begin with ISA)"
