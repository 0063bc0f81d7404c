"""Every hostile file is refused in words or loses what is wrong with it; every file of an office comes through."""

import io
import resource
import subprocess
import sys

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from portal.documents.file_kinds import DOCX, JPEG, PDF, PNG, XLSX
from portal.documents.file_names import own_name
from portal.gate import inspecting
from portal.gate.inspecting import admitted
from portal.gate.words import REASONS
from tests import papers
from tests.hostile import CLEANED, KEPT, PAGE, PROGRAM, samples, with_place

KINDS = (PDF, JPEG, PNG, DOCX, XLSX)
SAMPLES = {sample.name: sample for sample in samples()}


def test_there_are_as_many_as_promised():
    assert len(SAMPLES) >= 80


@pytest.mark.parametrize("name", SAMPLES)
def test_hostile_file(name):
    sample = SAMPLES[name]
    content = sample.make()
    if sample.then == CLEANED:
        kept = admitted(content, sample.file_name, KINDS).content
        assert not any(bad in kept for bad in (PAGE, PROGRAM, b"Exif", b"PK\x03\x04"))
        Image.open(io.BytesIO(kept)).load()
        return
    if sample.then == KEPT:
        assert admitted(content, sample.file_name, KINDS).content == content
        return
    kinds = (XLSX,) if sample.file_name.endswith("xlsx") else (DOCX,) if sample.file_name.endswith("docx") else KINDS
    with pytest.raises(ValidationError) as refused:
        admitted(content, sample.file_name, kinds)
    [words] = refused.value.messages
    assert words[-1] == "。"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("PDF: script when opened", "active_content"),
        ("PDF: script in a packed object", "active_content"),
        ("PDF: password to print", "encrypted"),
        ("PDF: archive around it", "two_in_one"),
        ("PDF: a million values", "too_heavy"),
        ("picture of 3600 million points", "too_many_pixels"),
        ("document with entities that swell", "doctype"),
        ("document with a template elsewhere", "active_content"),
        ("document that swells", "unpacks_too_large"),
    ],
)
def test_refusal_says_what_is_wrong(name, words):
    with pytest.raises(ValidationError) as refused:
        admitted(SAMPLES[name].make(), SAMPLES[name].file_name, KINDS)
    assert refused.value.messages == [str(REASONS[words])]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", papers.PDF),
        ("a.jpg", papers.JPEG),
        ("a.png", papers.PNG),
        ("a.docx", papers.docx_of("总结", "第二段")),
        ("a.xlsx", papers.xlsx_of(["姓名"], ["张三"])),
        ("a.pdf", b"\xef\xbb\xbf" + papers.PDF + b"\r\n\0"),
    ],
)
def test_file_of_an_office_is_kept_as_it_came(name, content):
    assert admitted(content, name, KINDS).content == content


def test_link_that_a_reader_may_press_is_let_through():
    link = papers.pdf_of(more=(b"<< /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://a.example/) >> >>",))
    assert admitted(link, "a.pdf", KINDS).content == link


def test_photo_is_turned_as_the_camera_was_held_and_loses_where_it_was_taken():
    kept = Image.open(io.BytesIO(admitted(with_place(), "a.jpg", KINDS).content))
    assert (kept.size, dict(kept.getexif())) == ((8, 16), {})


def test_sixteen_bits_of_grey_stay_as_dark_as_they_were():
    into = io.BytesIO()
    Image.new("I;16", (4, 4), 0x8000).save(into, "PNG")
    assert Image.open(io.BytesIO(admitted(into.getvalue(), "a.png", KINDS).content)).getpixel((1, 1)) == 128


def test_picture_that_is_clear_in_places_stays_so():
    into = io.BytesIO()
    Image.new("P", (4, 4)).save(into, "PNG", transparency=0)
    assert Image.open(io.BytesIO(admitted(into.getvalue(), "a.png", KINDS).content)).getpixel((1, 1))[3] == 0


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\Users\a\证明.pdf", "证明.pdf"),
        ("a\0b.pdf", "a_b.pdf"),
        ("a\r\nSet-Cookie: b.pdf", "a__Set-Cookie_ b.pdf"),
        ("n" * 300 + ".pdf", "n" * 120 + ".pdf"),
        ("证明\u202efdp.exe.pdf", "证明_fdp.exe.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1", "_lpt1"),
        ("", "_"),
        ("...", "_"),
        (".pdf", "pdf"),
    ],
)
def test_name_is_one_that_every_system_takes(given, kept):
    assert own_name(given) == kept


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "busy"),
        ("import sys; sys.exit(1)", "too_heavy"),
        ("print('no json')", "too_heavy"),
        ("from portal.gate import child, limits\nlimits.CPU_SECONDS = 1\nchild.bound()\nwhile True: pass", "too_heavy"),
        ("from portal.gate import child\nchild.run(lambda content: bytearray(2**30))", "too_heavy"),
    ],
)
def test_child_that_fails_is_told_in_words(monkeypatch, code, words):
    monkeypatch.setattr(inspecting, "_command", lambda _kind: [sys.executable, "-c", code])
    with pytest.raises(ValidationError) as refused:
        admitted(papers.PDF, "a.pdf", KINDS)
    assert refused.value.messages == [str(REASONS[words])]


def test_child_knows_no_django_and_writes_no_file(tmp_path):
    code = (
        "import sys, portal.gate.pdf, portal.gate.picture, portal.gate.office, portal.gate.child as child\n"
        "assert 'django' not in sys.modules\nchild.bound()\n"
        f"try:\n    open({str(tmp_path / 'a')!r}, 'w').write('a' * 9999)\nexcept OSError: print('refused')"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=inspecting.ROOT, check=True)  # noqa: S603
    assert said.stdout == b"refused\n"
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 0
