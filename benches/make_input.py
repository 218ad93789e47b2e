#!/usr/bin/env python3
"""Makes the cases that benches/run.sh measures, the same on every run. Needs Pillow.

mixed: 33 files, 2,400 pages, some 300 MB. 24 born-digital files of 60 pages with text, bookmarks and links, and 9 scans of about 107 pages:
six grey JPEG at 200 dpi, two colour JPEG, one black and white (CCITT G4) at 300 dpi.
digital: 900 files of five pages of text, with bookmarks, links, and the same letterhead in each.
many: 2,000 such files of fifty pages. half: the first thousand of them.
Beside `bundle.toml` stands `three.toml`: the same case with a bundle each for the court, the defence and the jury.

usage: make_input.py mixed|digital|half|many FOLDER
"""

import io
import random
import sys
import zlib
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

WORDS = """the of and to in a was he that it on at by with from she had said as not were for which his her they
statement officer premises vehicle evening attended recorded exhibit produced seized approximately street
registered described identified returned station interview solicitor property window camera footage""".split()


class Writer:
    """A plain PDF file, object by object."""

    def __init__(self):
        self.objects = []

    def add(self, value, stream=None):
        if stream is not None:
            value = value[:-2] + b"/Length %d>>\nstream\n" % len(stream) + stream + b"\nendstream"
        self.objects.append(value)
        return len(self.objects)

    def save(self, path, root):
        out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        offsets = []
        for number, value in enumerate(self.objects, 1):
            offsets.append(len(out))
            out += b"%d 0 obj\n" % number + value + b"\nendobj\n"
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
        for offset in offsets:
            out += b"%010d 00000 n \n" % offset
        out += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, root, start)
        path.write_bytes(out)


def lines(rng, count):
    return [" ".join(rng.choices(WORDS, k=rng.randint(9, 13))) for _ in range(count)]


def finish(pdf, path, pages, tree, outline=b""):
    """`tree` was added first, so that pages can name it; it is filled in now."""
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    pdf.objects[tree - 1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids)
    pdf.save(path, pdf.add(b"<</Type/Catalog/Pages %d 0 R%s>>" % (tree, outline)))


def page_of_text(rng, number):
    body = ["BT /B 14 Tf 72 770 Td (Page %d) Tj /R 11 Tf 0 -28 Td 15 TL" % number]
    body += [f"({line}) Tj T*" for line in lines(rng, 42)]
    return zlib.compress("\n".join([*body, "ET"]).encode())


def text_file(path, rng, count, letterhead=None, pool=None):
    """`pool` holds pages of text to take from, where there are too many to make each."""
    pdf = Writer()
    tree = pdf.add(b"")
    fonts = [pdf.add(b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name)
             for name in (b"Times-Roman", b"Times-Bold")]
    pages = []
    pictures = b""
    if letterhead:
        width, height, grey = letterhead
        pictures = b"/XObject<</L %d 0 R>>" % pdf.add(
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
            b"/Filter/FlateDecode>>" % (width, height), grey)
        head = pdf.add(b"<<>>", b"q 120 0 0 30 400 790 cm /L Do Q")
    for number in range(1, count + 1):
        text = rng.choice(pool) if pool else page_of_text(rng, number)
        content = pdf.add(b"<</Filter/FlateDecode>>", text)
        links = b""
        if pages:
            link = pdf.add(b"<</Type/Annot/Subtype/Link/Border[0 0 0]/Rect[72 760 140 784]/Dest[%d 0 R/Fit]>>" % pages[0])
            links = b"/Annots[%d 0 R]" % link
        contents = b"[%d 0 R %d 0 R]" % (content, head) if letterhead else b"%d 0 R" % content
        pages.append(pdf.add(
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %s%s"
            b"/Resources<</Font<</R %d 0 R/B %d 0 R>>%s>>>>" % (tree, contents, links, *fonts, pictures)))
    first = len(pdf.objects) + 2
    chapters = pages[::10]
    root = pdf.add(b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>"
                   % (first, first + len(chapters) - 1, len(chapters)))
    for place, page in enumerate(chapters):
        beside = b"/Prev %d 0 R" % (first + place - 1) if place else b""
        if place + 1 < len(chapters):
            beside += b"/Next %d 0 R" % (first + place + 1)
        pdf.add(b"<</Title(Part %d)/Parent %d 0 R/Dest[%d 0 R/Fit]%s>>" % (place + 1, root, page, beside))
    finish(pdf, path, pages, tree, b"/Outlines %d 0 R" % root)


def scan_file(path, rng, count, mode, dpi, papers, font):
    pdf = Writer()
    tree = pdf.add(b"")
    width, height = round(595 * dpi / 72), round(842 * dpi / 72)
    pages = []
    sheets = []
    for _ in range(8):
        sheet = Image.new("L", (width, height), 255)
        draw = ImageDraw.Draw(sheet)
        for row, line in enumerate(lines(rng, 42)):
            draw.text((width * 0.12, height * (0.08 + row * 0.019)), line, 0, font=font)
        sheets.append(sheet)
    for number in range(count):
        # Moved a little, so that no two pages are the same.
        page = ImageChops.offset(sheets[number % len(sheets)], number // len(sheets))
        if mode == "1":
            tiff = io.BytesIO()
            page.convert("1").save(tiff, "TIFF", compression="group4", strip_size=1 << 30)
            with Image.open(tiff) as saved:
                offset, length = saved.tag_v2[273][0], saved.tag_v2[279][0]
                flipped = saved.tag_v2.get(262, 0) == 1
            data = tiff.getvalue()[offset:offset + length]
            kind = (b"/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns %d"
                    b"/Rows %d/BlackIs1 %s>>" % (width, height, b"true" if flipped else b"false"))
        else:
            # Grain, as every scan has; it is what makes a scan large.
            page = ImageChops.multiply(page, ImageChops.offset(papers[dpi], rng.randrange(500), rng.randrange(500)))
            jpeg = io.BytesIO()
            if mode == "RGB":
                page = Image.merge("RGB", [page, page, page.point(lambda level: level * 9 // 10)])
            page.save(jpeg, "JPEG", quality=45 if mode == "L" else 40)
            data = jpeg.getvalue()
            space = b"DeviceGray" if mode == "L" else b"DeviceRGB"
            kind = b"/ColorSpace/%s/BitsPerComponent 8/Filter/DCTDecode" % space
        image = pdf.add(b"<</Type/XObject/Subtype/Image/Width %d/Height %d%s>>" % (width, height, kind), data)
        content = pdf.add(b"<<>>", b"q 595 0 0 842 0 0 cm /I Do Q")
        pages.append(pdf.add(
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>>>>>"
            % (tree, content, image)))
    finish(pdf, path, pages, tree)


ENTRY = '\n[[section.document]]\ntitle = "{}"\nfile = "{}"\ndate = 2026-06-01\n'


def write_manifests(folder, manifest):
    text = "".join(manifest)
    (folder / "bundle.toml").write_text(text, "utf-8")
    bundles = "".join(f'\n[[bundle]]\nname = "{name}"\naudience = "{name}"\n' for name in ("court", "defence", "jury"))
    # What goes to a jury has to be said to be an exhibit.
    exhibits = text.replace("\ndate =", '\nform = "exhibit"\ndate =')
    (folder / "three.toml").write_text(exhibits + bundles, "utf-8")


def digital(folder, files, count, pool=None):
    sheet = Image.new("L", (480, 120), 255)
    ImageDraw.Draw(sheet).text((20, 20), "EXAMPLE & CO", 0, font=ImageFont.load_default(50))
    letterhead = (*sheet.size, zlib.compress(sheet.tobytes()))
    manifest = ['[case]\ntitle = "R v Example"\n']
    for number in range(files):
        if number % 100 == 0:
            manifest.append(f'\n[[section]]\nletter = "{chr(65 + number // 100)}"\ntitle = "Part {number // 100}"\n')
        name = f"text {number:04}.pdf"
        text_file(folder / name, random.Random(number), count, letterhead, pool)
        manifest.append(ENTRY.format(f"Statement {number}", name))
    write_manifests(folder, manifest)


def mixed(folder):
    rng = random.Random(1)
    manifest = ['[case]\ntitle = "R v Example"\n\n[[section]]\nletter = "A"\ntitle = "Statements"\n']
    for number in range(1, 25):
        name = f"text {number:02}.pdf"
        text_file(folder / name, random.Random(number), 60)
        manifest.append(ENTRY.format(f"Statement {number}", name))
    manifest.append('\n[[section]]\nletter = "B"\ntitle = "Scans"\n')
    papers = {}
    for dpi in (200,):
        size = (round(595 * dpi / 72), round(842 * dpi / 72))
        # effect_noise cannot be seeded, so the grain is made from bytes that can.
        grain = Image.frombytes("L", size, random.Random(2).randbytes(size[0] * size[1]))
        papers[dpi] = grain.point(lambda level: 236 + level * 10 // 255)
    kinds = [("L", 200)] * 6 + [("RGB", 200)] * 2 + [("1", 300)]
    for number, (mode, dpi) in enumerate(kinds, 1):
        name = f"scan {number}.pdf"
        count = 107 if number < 9 else 104
        scan_file(folder / name, rng, count, mode, dpi, papers, ImageFont.load_default(dpi * 11 / 72))
        manifest.append(ENTRY.format(f"Scan {number}", name))
    write_manifests(folder, manifest)


if __name__ == "__main__":
    pool = [page_of_text(random.Random(number), number) for number in range(500)] if len(sys.argv) == 3 else []
    makers = {
        "mixed": mixed,
        "digital": lambda folder: digital(folder, 900, 5),
        "half": lambda folder: digital(folder, 1000, 50, pool),
        "many": lambda folder: digital(folder, 2000, 50, pool),
    }
    if len(sys.argv) != 3 or sys.argv[1] not in makers:
        sys.exit(__doc__)
    Path(sys.argv[2]).mkdir(parents=True, exist_ok=True)
    makers[sys.argv[1]](Path(sys.argv[2]))
