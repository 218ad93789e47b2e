#!/usr/bin/env python3
"""Compares finished bundles with their audit records, through qpdf and poppler only.

usage: verify.py BUNDLE.pdf...

The audit record BUNDLE.pdf.json stands beside each bundle; the case folder is found from the
record's own "output". Nothing of courtbundle is used, so a fault that its own proof shares with
its writer shows here.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path, PurePosixPath

PARTS = 40  # no more faults than this are printed for one bundle


def run(*command):
    done = subprocess.run(command, capture_output=True)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]}: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode("utf-8", errors="replace")


def text_of(pdf, page, *options):
    return run("pdftotext", "-q", "-cropbox", "-f", str(page), "-l", str(page), *options, str(pdf), "-")


def squeezed(text):
    """Text without white space, so that line breaks do not matter."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text))


def row_text(bundle, page, rectangle):
    """What stands within a rectangle of the index, which is A4 and upright."""
    left, bottom, right, top = rectangle
    x, y, width, height = int(left), int(842 - top), int(right - left) + 1, int(top - bottom) + 1
    return squeezed(text_of(bundle, page, "-x", str(x), "-y", str(y), "-W", str(width), "-H", str(height), "-raw"))


def roman(number):
    text = ""
    for value, digits in [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
                          (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]:
        count, number = divmod(number, value)
        text += digits * count
    return text


class Pdf:
    """A finished file as qpdf reads it."""

    def __init__(self, path):
        self.path = path
        with tempfile.NamedTemporaryFile(suffix=".json") as out:
            run("qpdf", "--json=2", "--json-stream-data=none", str(path), out.name)
            self.json = json.loads(Path(out.name).read_text("utf-8"))
        self.objects = self.json["qpdf"][1]
        self.pages = [page["object"] for page in self.json["pages"]]
        self.number = {page: index + 1 for index, page in enumerate(self.pages)}
        self.catalog = self.get(self.objects["trailer"]["value"]["/Root"])

    def get(self, value):
        seen = 0
        while isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            entry = self.objects.get(f"obj:{value}")
            if entry is None:
                return None
            value = entry["stream"]["dict"] if "stream" in entry else entry["value"]
            seen += 1
            if seen > 20:
                return None
        return value

    def labels(self):
        ranges = sorted((entry["index"], entry["label"]) for entry in self.json["pagelabels"])
        texts = []
        for page in range(len(self.pages)):
            first, label = max((entry for entry in ranges if entry[0] <= page), key=lambda entry: entry[0])
            number = label.get("/St", 1) + page - first
            prefix = label.get("/P", "u:")[2:]
            style = label.get("/S")
            digits = {"/D": str, "/r": roman}.get(style, lambda _: "")(number)
            texts.append(prefix + digits)
        return texts

    def target(self, link):
        """The page that a link leads to, from 1; None where it leads elsewhere."""
        action = self.get(link.get("/A")) or {}
        destination = self.get(link.get("/Dest"))
        if destination is None and action.get("/S") == "/GoTo":
            destination = self.get(action.get("/D"))
        return self.number.get(destination[0]) if isinstance(destination, list) and destination else None

    def links(self, page):
        """Rectangle and target of every link of a page, in order."""
        annotations = self.get((self.get(self.pages[page - 1]) or {}).get("/Annots")) or []
        links = [self.get(annotation) or {} for annotation in annotations]
        return [(link["/Rect"], self.target(link)) for link in links if link.get("/Subtype") == "/Link"]

    def bookmarks(self):
        def read(entries):
            return [(entry["title"], entry["destpageposfrom1"], read(entry["kids"])) for entry in entries]

        return read(self.json["outlines"])


def source_of(folder, manifest, document):
    """The listed file of a document; a record that may be sent along has names and hashes, and no folders."""
    listed = tomllib.loads((folder / manifest).read_text("utf-8-sig"))
    files = [entry.get("file") for section in listed["section"] for entry in section.get("document", [])]
    for file in filter(None, files):
        path = folder / file
        named = document["file"] in (str(PurePosixPath(file)), PurePosixPath(file).name)
        if named and path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == document["sha256"]:
            return path
    return None


def verify(bundle):
    faults = []

    def expect(true, message):
        if not true:
            faults.append(message)

    record = json.loads(Path(f"{bundle}.json").read_text("utf-8"))
    data = bundle.read_bytes()
    expect(record["sha256"] == hashlib.sha256(data).hexdigest(), "the record has another hash than the file")
    expect(record["bytes"] == len(data), "the record has another size than the file")
    output = PurePosixPath(record["output"])
    folder = bundle.resolve().parents[len(output.parts) - 1]
    pdf = Pdf(bundle)
    documents = record["documents"]
    expect(len(pdf.pages) == record["pages"], f"{len(pdf.pages)} pages, {record['pages']} in the record")

    # Labels, and the number printed on each page.
    labels = pdf.labels()
    expect(len(set(labels)) == len(labels), "a page label occurs twice")
    texts = [text_of(bundle, page, "-raw") for page in range(1, len(pdf.pages) + 1)]
    for page, (label, text) in enumerate(zip(labels, texts), 1):
        expect(squeezed(label) in squeezed(text), f"page {page} does not show its label {label}")

    # Links: every number leads to the index, every row of the index to its document.
    front = documents[0]["first_page"] - 1 if documents else len(pdf.pages)
    for page in range(1, len(pdf.pages) + 1):
        links = pdf.links(page)
        expect(links and links[-1][1] == 2, f"the number of page {page} does not lead to the index")
    rows = [(page, *link) for page in range(2, front + 1) for link in pdf.links(page)[:-1]]
    shown = [row_text(bundle, page, rectangle) for page, rectangle, _ in rows]
    # Each section has a row, then each of its documents.
    wanted = []
    for document in documents:
        section, first = document["section"], document["first_page"]
        if not wanted or wanted[-1][0] != section:
            divider = first - 1 - (wanted[-1][3] if wanted else front)
            wanted.append((section, section, [section], first, first - divider))
        labels_shown = [document["title"], document["first_label"], document["last_label"]]
        wanted.append((section, document["title"], labels_shown, document["last_page"], first))
    expect(len(rows) == len(wanted), f"{len(rows)} rows of the index are links, {len(wanted)} expected")
    for (section, title, parts, _, page), text, (_, _, target) in zip(wanted, shown, rows):
        name = f"{section}, {title!r}"
        expect(target == page, f"{name}: its row leads to page {target} instead of {page}")
        for part in parts:
            expect(squeezed(part) in text, f"{name}: its row does not show {part!r} but {text[:80]!r}")

    # Bookmarks: cover, index, then a section each with its documents.
    bookmarks = pdf.bookmarks()
    expect([page for _, page, _ in bookmarks[:2]] == [1, 2], "the first two bookmarks are not cover and index")
    for title, page, _ in bookmarks:
        expect(title.endswith(f"[{labels[page - 1]}]"), f"the bookmark {title!r} does not show its page")
    sections = []
    for document in documents:
        if not sections or sections[-1][0] != document["section"]:
            sections.append((document["section"], []))
        sections[-1][1].append((f"{document['title']} [{document['first_label']}]", document["first_page"]))
    expect(len(bookmarks) == 2 + len(sections), f"{len(bookmarks)} bookmarks at the top, {2 + len(sections)} expected")
    for (letter, wanted), (title, _, kids) in zip(sections, bookmarks[2:]):
        expect(title.startswith(f"{letter} "), f"the bookmark {title!r} is not section {letter}")
        expect([(t, p) for t, p, _ in kids] == wanted, f"the bookmarks of section {letter} are not its documents")

    # The documents follow each other, come from the files in the record, and lose no word.
    last = front
    for document in documents:
        name = f"{document['section']}, {document['title']!r}"
        first, end, pages = document["first_page"], document["last_page"], document["source_pages"]
        # A divider sheet may stand between two sections.
        expect(first - last in (1, 2), f"{name}: starts at page {first} after page {last}")
        last = end
        expect(labels[first - 1] == document["first_label"], f"{name}: its first label is {labels[first - 1]}")
        expect(labels[end - 1] == document["last_label"], f"{name}: its last label is {labels[end - 1]}")
        expect(end - first + 1 == max(len(pages), 1), f"{name}: {end - first + 1} pages for {len(pages)}")
        if not pages:
            expect(squeezed(document["title"]) in squeezed(texts[first - 1]), f"{name}: its sheet does not name it")
            continue
        source = source_of(folder, record["manifest"], document)
        expect(source is not None, f"{name}: no listed file of this name has the hash")
        if source is None:
            continue
        for page, source_page in enumerate(pages, first):
            missing = Counter(squeezed(text_of(source, source_page, "-raw"))) - Counter(squeezed(texts[page - 1]))
            expect(not missing, f"{name}: page {page} lacks {''.join(missing)[:60]!r} of page {source_page}")
            words = Counter(text_of(source, source_page, "-raw").split())
            lost = words - Counter(texts[page - 1].split())
            expect(sum(lost.values()) <= 2, f"{name}: page {page} lacks the words {sorted(lost)[:5]}")
    expect(last == len(pdf.pages), f"page {last} is the last in the record, {len(pdf.pages)} in the file")

    # How it opens, and that nothing of the sources' own data came along.
    expect(pdf.catalog.get("/PageMode") == "/UseOutlines", "it does not open with the bookmarks shown")
    expect("/OpenAction" in pdf.catalog, "it does not say how it opens")
    expect("/Lang" in pdf.catalog, "it names no language")
    expect("/Metadata" not in pdf.catalog, "it carries XMP metadata")
    info = pdf.get(pdf.objects["trailer"]["value"].get("/Info")) or {}
    expect(not {"/Author", "/Creator", "/Keywords"} & set(info), f"it carries {sorted(info)}")
    expect("/Encrypt" not in pdf.objects["trailer"]["value"], "it is encrypted")

    for fault in faults[:PARTS]:
        print(f"  FAULT {fault}")
    print(
        f"  {'FAILED' if faults else 'agrees'}: {bundle.name}: {len(pdf.pages)} pages, {len(documents)} documents, "
        f"{len(rows)} rows linked"
    )
    return not faults


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    results = [verify(Path(name)) for name in sys.argv[1:]]
    sys.exit(0 if all(results) else 1)
