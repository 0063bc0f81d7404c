"""The code on a print: where it stands, where it leads, and figures from paper told same or not."""

import io
import struct
import zlib
from decimal import Decimal

import pytest
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from portal.audit import By
from portal.documents import qr
from portal.enums import AuditAction
from portal.models import AuditEntry
from reports.figures import FIGURES
from reports.handed_in.submission import accept_report, return_report, start_review, submit_report
from reports.handed_in.verifying import DIFFERS, SAME, UNREADABLE, checked
from reports.models import Submission
from reports.render.docx import annex_docx
from reports.render.filled import Filled
from reports.render.frozen import FrozenForms
from tests.reports import builders as make
from tests.reports.getting_ready import ready
from tests.reports.printed import expected, squeezed
from tests.reports.render.test_pdf import unstamped

ADDRESS = "https://portal.example.org"


@pytest.fixture
def submission(year_2014, district, lead):
    make.payment(district, amount=Decimal("12345.60"))
    make.contribution(district, amount=Decimal("123456789.12"))
    make.practice_post(district, posts=1234)
    return Submission.objects.get(pk=submit_report(ready(year_2014, district), by=By(lead)).pk)


@pytest.fixture
def url_of(settings):
    settings.PORTAL_ADDRESS = ADDRESS
    return lambda submission: f"{ADDRESS}/verify/?code={submission.code}"


def footer_of(content: bytes):
    return Document(io.BytesIO(content)).sections[0].footer


def verdicts(submission, **typed) -> dict[str, str]:
    return {row.row.figure.slug: row.verdict for row in checked(submission, typed) if row.verdict}


def test_figures_from_paper_are_told_same_or_not(submission):
    assert verdicts(
        submission,
        raised="12,345.678912",
        paid="１.２３４５６",
        paid_secondary="1.23",
        aided="1",
        practice_posts="一千",
        practice_employers=" ",
        event_posts="NaN",
    ) == {
        "raised": SAME,
        "paid": SAME,
        "paid_secondary": DIFFERS,
        "aided": SAME,
        "practice_posts": UNREADABLE,
        "event_posts": UNREADABLE,
    }
    assert [row.row.figure.slug for row in checked(submission, {})] == [figure.slug for figure in FIGURES]


def test_page_names_the_figures_that_differ(submission, client_of, clerk):
    browser, asked = client_of(clerk), {"code": submission.code, "aided": "2", "paid": "1.23456"}
    body = browser.get(reverse("verify"), asked).content.decode()
    assert "核对了 2 个数字，1 个相同，1 个与报送的不同：资助子女" in body
    body = browser.get(reverse("verify"), asked | {"aided": "1"}).content.decode()
    assert "核对了 2 个数字，都与报送的相同" in body


def test_stranger_learns_nothing_from_a_code_with_figures(submission, client_of, foreign_clerk):
    asked = {"code": submission.code, "aided": "1"}
    body = client_of(foreign_clerk).get(reverse("verify"), asked).content.decode()
    assert "没有这个核验码的报表" in body
    assert "个相同" not in body
    assert submission.digest not in body


def test_word_file_of_what_was_handed_in_carries_code_and_picture(submission, client_of, clerk, url_of):
    response = client_of(clerk).get(reverse("submission_download", args=[submission.pk, 1, "docx"]))
    footer = footer_of(response.content)
    assert f"核验码 {submission.code}" in footer.paragraphs[0].text
    (picture,) = [part.blob for part in footer.part.package.iter_parts() if part.partname.endswith(".png")]
    assert picture == qr.png(url_of(submission))
    entry = AuditEntry.objects.get(action=AuditAction.EXPORTED)
    assert (entry.actor, entry.detail["code"]) == (clerk, submission.code)


def test_print_of_live_figures_has_no_code_and_says_so(submission, year_2014, district):
    footer = footer_of(annex_docx(Filled.live(year_2014, district)))
    assert footer.paragraphs[0].text.startswith("尚未报送")
    assert submission.code not in footer.paragraphs[0].text
    assert not [part for part in footer.part.package.iter_parts() if part.partname.endswith(".png")]


def test_workbook_says_the_code_below_each_form(submission, client_of, clerk):
    content = client_of(clerk).get(reverse("submission_download", args=[submission.pk, 0, "xlsx"])).content
    feet = [sheet.oddFooter.left.text for sheet in load_workbook(io.BytesIO(content))]
    assert len(feet) == 2
    assert all(submission.code in foot for foot in feet)


@pytest.mark.pdf
def test_pdf_keeps_its_pages_with_the_code_on_each(submission, client_of, clerk, pages_of):
    filled = FrozenForms.of(submission)
    for number, most in ((1, 2), (2, 1)):
        address = reverse("submission_download", args=[submission.pk, number, "pdf"])
        pages = pages_of(client_of(clerk).get(address).content)
        assert len(pages) <= most
        assert all(submission.code in squeezed(page) for page in pages)
        assert unstamped(pages, filled) == expected(filled, (number,))


@pytest.mark.parametrize(("number", "kind"), [(1, "json"), (3, "pdf"), (1, "exe")])
def test_other_files_are_not_there(submission, client_of, clerk, number, kind):
    address = reverse("submission_download", args=[submission.pk, number, kind])
    assert client_of(clerk).get(address).status_code == 404


def test_receipt_and_page_lead_to_the_code(submission, client_of, clerk, url_of):
    for name in ("submission_receipt", "submission_show"):
        body = client_of(clerk).get(reverse(name, args=[submission.pk])).content.decode()
        assert qr.svg(url_of(submission)) in body
        assert submission.code in body


def test_address_is_that_of_the_request_where_none_is_set(submission, client_of, clerk, settings):
    settings.PORTAL_ADDRESS = ""
    body = client_of(clerk).get(reverse("submission_receipt", args=[submission.pk])).content.decode()
    assert qr.svg(f"http://testserver/verify/?code={submission.code}") in body


def test_picture_shows_the_modules_of_the_code(url_of, submission):
    """The .png unpacked by hand: the finder pattern at its corner, white around it."""
    picture = qr.png(url_of(submission))
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    side, height, depth, colour = struct.unpack(">IIBB", picture[16:26])
    assert (side, depth, colour) == (height, 1, 0)
    start = picture.index(b"IDAT") + 4
    pixels = zlib.decompress(picture[start : picture.index(b"IEND") - 8])
    width = 1 + side // 8
    rows = [f"{int.from_bytes(pixels[i + 1 : i + width], 'big'):0{side}b}" for i in range(0, len(pixels), width)]
    modules = [[row[i] == "0" for i in range(0, side, qr.PIXELS)] for row in rows[:: qr.PIXELS]]
    assert not any(modules[0])
    finder = [line[qr.QUIET : qr.QUIET + 7] for line in modules[qr.QUIET : qr.QUIET + 7]]
    ring = [True, False, False, False, False, False, True]
    core = [True, False, True, True, True, False, True]
    assert finder == [[True] * 7, ring, core, core, core, ring, [True] * 7]


def verified(client, submission) -> str:
    return client.get(reverse("verify"), {"code": submission.code}).content.decode()


def test_page_says_which_submission_it_is_and_how_it_stands(submission, client_of, clerk, lead, reviewer):
    client, report = client_of(clerk), submission.report
    assert "第 1 次报送：已报送。" in verified(client, submission)
    start_review(report, by=By(reviewer))
    assert "第 1 次报送：审核中。" in verified(client, submission)
    return_report(report, figures=[], comment="请核对", by=By(reviewer))
    page = verified(client, submission)
    assert "第 1 次报送：已退回。" in page
    assert page.index("第 1 次报送：已退回。") < page.index("数字未被接收") < page.index("SHA-256")
    again = submit_report(report, by=By(lead))
    assert "第 1 次报送：已退回。" in verified(client, submission)
    assert "第 2 次报送的状态是“已报送”" in verified(client, submission)
    report.refresh_from_db()
    accept_report(report, by=By(reviewer))
    page = verified(client, again)
    assert "第 2 次报送：已接收。" in page
    assert "已退回" not in page
