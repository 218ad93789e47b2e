#!/usr/bin/env python3
"""Writes an office of invented cases, the same on every run: `office.py FOLDER [CASES]`.

Cases in every state around 24 December 2026, for the time of `check`, `list`, `chase` and `quality`:

    courtbundle check FOLDER --hearing 2026-12-01..2027-01-31 --today 2026-12-24
"""

import datetime
import pathlib
import random
import sys

TODAY = datetime.date(2026, 12, 24)
COURTS = ["Crown Court at Elmstow", "Crown Court at Porthwen", "Elmstow Magistrates' Court"]
FIRST = ["Alex", "Blaise", "Casey", "Drew", "Emrys", "Frankie", "Gwŷn", "Harley", "Indra", "Jules"]
LAST = ["Ashdown", "Brackwater", "Coldfell", "Dunmarsh", "Elsinge", "Ffynnon-Ŵydd", "Garthmoor", "Hexley"]
OFFENCES = ["Burglary", "Theft", "Assault occasioning actual bodily harm", "Criminal damage", "Affray"]
UNITS = ["Elmshire, North", "Elmshire, South", "Porthwen, Docks", None]
TYPES = ["Crown Court", "Magistrates", None]
STANDARDS = ["none", "none", "gap", "ngap", "crown", "trial", "remand", "youth", "threshold", "pre-charge"]
CODES = ["BR1", *(f"D{n}" for n in range(1, 7)), *(f"E{n}" for n in range(1, 14)), "V1", "V2", "V3"]
OUTCOMES = [None, "not-disputed", "disputed-successfully", "disputed-successfully", "disputed-unsuccessfully"]
PAPERS = [
    ("A", "Case papers", [("MG4", "Charge sheet"), ("MG5", "Case summary"), ("MG6C", "Schedule of unused material")]),
    ("B", "Statements", [("MG11", "Statement of {witness}"), ("MG11", "Statement of {second}")]),
    ("J", "Exhibits", [("media", "CCTV of the yard"), ("photographs", "Photographs of the gate")]),
]


def pdf(text):
    """A page with one line of text."""
    content = f"BT /F 12 Tf 72 720 Td ({text}) Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("ascii")


def text(value):
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def table(name, pairs):
    return "\n".join([name, *(f"{key} = {value}" for key, value in pairs if value is not None)]) + "\n"


class Case:
    """One case: its lines and its files."""

    def __init__(self, number, folder):
        self.number, self.folder = number, folder
        self.random = random.Random(f"case {number}")
        self.one_in = lambda count: self.random.randrange(count) == 0
        self.day = lambda first, last: TODAY + datetime.timedelta(self.random.randint(first, last))

    def head(self):
        pick = self.random.choice
        unit, kind = pick(UNITS), pick(TYPES)
        standard = pick(STANDARDS)
        # Some cases are listed twice.
        urn = None if self.one_in(60) else f"01EL{self.number - self.one_in(50):05}26"
        yield table("[case]", [
            ("urn", urn and text(urn)),
            ("court", None if self.one_in(40) else text(pick(COURTS))),
            ("file_standard", text(standard)),
            ("police_unit", unit and text(unit)),
            ("casework_type", kind and text(kind)),
            ("language", '"cy"' if self.one_in(10) else None),
            ("flags", '["victim", "cctv"]' if self.one_in(3) else None),
        ])

    def defendants(self):
        pick = self.random.choice
        for _ in range(pick([1, 1, 1, 2, 3])):
            remand = pick(["bail", "conditional-bail", "custody", "custody", "secure-unit", None])
            yield table("[[defendant]]", [
                ("name", text(f"{pick(FIRST)} {pick(LAST)}-{self.random.randint(1, 60)}")),
                ("remand", remand and text(remand)),
                ("youth", "true" if self.one_in(8) or remand == "secure-unit" else None),
            ])
            for _ in range(pick([0, 1, 1, 1, 2])):
                yield self.charge()

    def charge(self):
        pick = self.random.choice
        stage = pick(["summary", "either-way", "crown", "crown", "voluntary-bill", None])
        # From the years of other calendars, too.
        started = self.day(-11000, 9000) if self.one_in(4) else self.day(-200, 0)
        recorded = self.day(-20, 90)
        return table("[[defendant.charge]]", [
            ("offence", text(pick(OFFENCES))),
            ("custody_stage", stage and text(stage)),
            ("custody_start", None if self.one_in(12) else started),
            ("custody_days_served", self.random.randint(1, 50) if self.one_in(5) else None),
            ("custody_time_limit", recorded if self.one_in(6) else None),
            ("custody_extended_to", recorded + datetime.timedelta(28) if self.one_in(10) else None),
        ])

    def hearing(self):
        pick = self.random.choice
        if self.one_in(30):
            return
        time = None if self.one_in(20) else f"{pick(['09', '10', '11', '12', '14', '15'])}:{pick(['00', '15', '30'])}:00"
        yield table("[hearing]", [
            ("kind", text(pick(["trial", "ptph", "sentence", "mention"]))),
            ("date", None if self.one_in(40) else self.day(-5, 25)),
            ("time", time),
            ("courtroom", None if self.one_in(15) else text(str(self.random.randint(1, 12)))),
            ("prosecutor", None if self.one_in(6) else text(f"{pick('ABCDEFGH')} Advocate-{self.random.randint(1, 4)}")),
            ("session", text(pick(["morning", "afternoon"])) if time is None and self.one_in(2) else None),
            ("estimate", None if self.one_in(4) else pick([15, 30, 45, 90, 120, 240, 600])),
        ])

    def sections(self):
        names = {"witness": f"PC {self.number} Sample", "second": f"Pat Example-{self.number}"}
        for letter, title, papers in PAPERS:
            yield table("[[section]]", [("letter", text(letter)), ("title", text(title))])
            for index, (form, paper) in enumerate(papers):
                yield self.document(letter, index, form, paper.format(**names))

    def document(self, letter, index, form, title):
        # Half of the cases lack nothing.
        fate = self.random.choice(["there"] * 6 + ["gone", "expected", "expected", "came", "damaged"])
        fate = "there" if self.number % 2 else fate
        name = f"{letter.lower()}{index}.pdf"
        if fate in ("there", "came"):
            (self.folder / name).write_bytes(pdf(f"{letter}{index} of case {self.number}"))
        if fate == "damaged":
            (self.folder / name).write_bytes(b"%PDF-1.4\nbroken off")
        return table("[[section.document]]", [
            ("title", text(title)),
            ("form", text(form)),
            ("file", None if fate == "expected" and self.one_in(2) else text(name)),
            ("status", '"expected"' if fate in ("expected", "came") else None),
            ("witness", text(title.removeprefix("Statement of ")) if form == "MG11" else None),
            ("exhibit", text(f"PS/{index + 1}") if letter == "J" else None),
            ("supplier", text(self.random.choice(["police", "Elmshire police", "forensic provider"])) if self.one_in(3) else None),
            ("due", None if fate == "there" or self.one_in(5) else self.day(-40, 20)),
            ("required", "false" if self.one_in(12) else None),
            ("restricted_to", '["Nobody Listed"]' if fate == "gone" and self.one_in(8) else None),
        ])

    def assessment(self):
        if self.one_in(4):
            return
        assessed = None if self.one_in(4) else datetime.date(2026, self.random.randint(7, 12), self.random.randint(1, 28))
        yield table("[assessment]", [("eligible", "false" if self.one_in(9) else "true"), ("assessed_on", assessed)])
        count = self.random.choice([0, 0, 0, 1, 1, 2, 3]) if assessed else 0
        for code in self.random.choices(CODES, k=count):
            outcome = self.random.choice(OUTCOMES)
            disputed = outcome is not None and outcome.startswith("disputed") or outcome is None and self.one_in(2)
            yield table("[[assessment.failures]]", [
                ("code", text(code)),
                ("disputed", str(disputed).lower()),
                ("outcome", outcome and text(outcome)),
            ])

    def write(self):
        parts = [self.head, self.defendants, self.hearing, self.sections, self.assessment]
        lines = "\n".join(line for part in parts for line in part())
        if self.number % 97 == 0:
            lines = lines.replace("offence =", "ofence =").replace("[hearing]", "[hearing")
        (self.folder / "bundle.toml").write_text(lines, encoding="utf-8")


def main():
    root, count = pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    for number in range(1, count + 1):
        folder = root / f"{number // 100:02}" / f"case-{number:04}"
        folder.mkdir(parents=True, exist_ok=True)
        Case(number, folder).write()


if __name__ == "__main__":
    main()
