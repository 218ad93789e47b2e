#!/usr/bin/env python3
"""Compares each page of finished bundles with the page that it was made from, as poppler and mupdf draw them.

usage: looks.py BUNDLE.pdf...

The audit record BUNDLE.pdf.json stands beside each bundle and says which page of which source each page is. Each reader
resolves resources and annotations by rules of its own, so what is lost for one of them shows here. The number and what lies
beneath its frame are left out. Where the record has a finding that says that a document looks otherwise (comments or hidden
layers taken out, fields drawn), its pages may differ.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path, PurePosixPath

from verify import source_of

DPI = 24
# How far a dot may be from what it was (of 255), and how many dots of a page may be further.
NEAR, FEW = 96, 3
# What is told of a document whose pages may look otherwise.
TOLD = {
    "comments-stripped", "hidden-dropped", "annotation-dropped", "media-dropped", "form-drawn", "form-undrawn",
    "document-damaged", "attachment-dropped", "signature-flattened", "page-scaled",
    "link-dropped",
}
OF = "section", "document", "file"
# Pages that readers show otherwise in their files: a crop box beside its page, and content of which poppler shows
# nothing as it begins with a Q that has no q.
OTHERWISE = {("boxes-odd.pdf", 3), ("unbalanced-restore.pdf", 1)}
READERS = {
    "poppler": lambda pdf, first, last, out: [
        "pdftoppm", "-q", "-gray", "-r", str(DPI), "-cropbox", "-f", str(first), "-l", str(last), pdf, f"{out}/p"],
    "mupdf": lambda pdf, first, last, out: [
        "mutool", "draw", "-q", "-c", "gray", "-r", str(DPI), "-o", f"{out}/p-%d.pgm", pdf, f"{first}-{last}"],
}


def drawn(reader, pdf, first, last):
    """Pages as (width, height, dots), by their numbers; None where the reader cannot open the file."""
    with tempfile.TemporaryDirectory() as out:
        subprocess.run(READERS[reader](str(pdf), first, last, out), capture_output=True)
        # mutool fails when a resource is missing, too.
        pages = {int(re.search(r"(\d+)\.pgm$", path.name)[1]): picture(path) for path in Path(out).glob("*.pgm")}
        return pages or None


def picture(path):
    data = path.read_bytes()
    width, height = map(int, re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data).groups())
    return width, height, data[len(data) - width * height:]


def frames(bundle):
    """For each page of a bundle where its number stands, from the top left corner as displayed, in widths of the page."""
    run = ["qpdf", "--json=2", "--json-stream-data=none", str(bundle)]
    read = json.loads(subprocess.run(run, capture_output=True, check=True).stdout)
    objects = read["qpdf"][1]

    def get(value):
        if isinstance(value, str) and re.fullmatch(r"\d+ \d+ R", value):
            entry = objects[f"obj:{value}"]
            return entry["stream"]["dict"] if "stream" in entry else entry["value"]
        return value

    for page in read["pages"]:
        page = get(page["object"])
        left, bottom, right, top = page.get("/CropBox", page["/MediaBox"])
        x0, y0, x1, y1 = get(get(page["/Annots"])[-1])["/Rect"]
        turn = page.get("/Rotate", 0) % 360
        frame = {
            0: (x0 - left, top - y1, x1 - left, top - y0),
            90: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
            180: (right - x1, y0 - bottom, right - x0, y1 - bottom),
            270: (top - y1, right - x1, top - y0, right - x0),
        }[turn]
        width = top - bottom if turn % 180 else right - left
        yield [side / width for side in frame]


def different(before, after, frame):
    """How many dots of a page look otherwise, its number left out; None where it has another size. An edge may lie one dot
    further."""
    (width, height, old), (*size, new) = before, after
    if size != [width, height]:
        return None
    if old == new:
        return 0
    left, top, right, bottom = (side * width for side in frame)

    def is_number(at):
        return left - 2 <= at % width <= right + 2 and top - 2 <= at // width <= bottom + 2

    def lacks(dots, dot, at):
        around = (at + row * width + column for row in (-1, 0, 1) for column in (-1, 0, 1))
        return all(abs(dots[near] - dot) > NEAR for near in around if 0 <= near < len(dots))

    far = (at for at, (one, other) in enumerate(zip(old, new)) if abs(one - other) > NEAR and not is_number(at))
    return sum(lacks(new, old[at], at) or lacks(old, new[at], at) for at in far)


def compare(bundle):
    record = json.loads(Path(f"{bundle}.json").read_text("utf-8"))
    folder = bundle.resolve().parents[len(PurePosixPath(record["output"]).parts) - 1]
    # A finding about several pages names the first of them.
    told = {tuple(map(finding.get, OF)) for finding in record["findings"] if finding["code"] in TOLD}
    stamps = list(frames(bundle))
    faults, pages, passed = 0, 0, 0
    for reader in READERS:
        shown = drawn(reader, bundle, 1, record["pages"])
        for document in record["documents"]:
            if not document["source_pages"]:
                continue
            is_told = (document["section"], document["title"], document["file"]) in told
            file = source_of(folder, record["manifest"], document)
            if file is None:
                faults += 1
                print(f"  FAULT no listed file is {document['file']}")
                continue
            source = drawn(reader, file, 1, max(document["source_pages"]))
            for place, page in enumerate(document["source_pages"], document["first_page"]):
                named = Path(document["file"]).name, page
                if source is None or page not in source or is_told or named in OTHERWISE:
                    passed += 1
                    continue
                pages += 1
                count = different(source[page], shown[place], stamps[place - 1])
                if count is None or count > FEW:
                    faults += 1
                    what = "has another size" if count is None else f"differs in {count} dots"
                    print(f"  FAULT {reader}: page {place} {what}: page {page} of {document['file']}")
    print(f"  {'FAILED' if faults else 'alike'}: {bundle.name}: {pages} pages compared, {passed} not")
    return not faults


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    results = [compare(Path(name)) for name in sys.argv[1:]]
    sys.exit(0 if all(results) else 1)
