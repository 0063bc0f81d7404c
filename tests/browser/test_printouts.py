"""A sheet printed from the browser is the sheet of the .pdf: the same paper, the same pages, the same text on each."""

from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.models import Union
from portal.printouts.making import file_of
from tests import builders
from tests.aid.printouts import worlds
from tests.printing import PAGE_NUMBER, content_text, paper_of_pdf, pdf_pages
from tests.reports import builders as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LENGTHS = (12, 13, 14, 30)  # of a register: around the end of its first page, and over several


def printed(page, tmp_path) -> tuple[list[str], list[tuple[float, float]]]:
    content = page.pdf(prefer_css_page_size=True)
    pages = [PAGE_NUMBER.sub("", text) for text in pdf_pages(content, tmp_path)]
    return pages, paper_of_pdf(content, tmp_path)


def set_by_ourselves(sheet, tmp_path) -> tuple[list[str], list[tuple[float, float]]]:
    content = file_of([sheet], "pdf")
    return [PAGE_NUMBER.sub("", text) for text in pdf_pages(content, tmp_path)], paper_of_pdf(content, tmp_path)


def test_browser_prints_every_sheet_as_the_pdf_has_it(window_of, district, clerk, lead, printer, tmp_path):
    world = worlds.build(district, clerk, lead)
    page, found, expected = window_of(clerk), {}, {}
    for name, record in world.printed_from.items():
        page.goto(reverse(name, args=[record.pk]))
        found[name] = printed(page, tmp_path)
        expected[name] = set_by_ourselves(world.sheet(name), tmp_path)
        assert "".join(expected[name][0]) == content_text(world.sheet(name)), name
    assert found == expected


def test_long_list_breaks_where_the_pdf_breaks(window_of, district, clerk, lead, printer, tmp_path):
    world = worlds.build(district, clerk, lead)
    page, found, expected = window_of(clerk), {}, {}
    have = 1
    for length in LENGTHS:
        paid_cases(district, length - have)
        have = length
        page.goto(f"{reverse('call_back_register')}?campaign=2014")
        found[length] = printed(page, tmp_path)
        expected[length] = set_by_ourselves(world.sheet("call_back"), tmp_path)
    assert found == expected
    assert len(expected[LENGTHS[0]][0]) < len(expected[LENGTHS[-1]][0])


def paid_cases(union: Union, count: int) -> None:
    for _more in range(count):
        case = make.case(union, child=builders.child(union))
        make.payment(union, case=case, amount=Decimal(1000))


def test_bar_is_not_printed_and_the_page_fits_a_telephone(window_of, district, clerk, lead):
    world = worlds.build(district, clerk, lead)
    page = window_of(clerk, viewport={"width": 390, "height": 844})
    for name, record in world.printed_from.items():
        page.goto(reverse(name, args=[record.pk]))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        page.emulate_media(media="print")
        expect(page.locator(".printout-bar"), name).to_be_hidden()
        page.emulate_media(media="screen")
