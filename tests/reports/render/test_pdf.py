"""The .pdf, read back with another program; and what is said where none can be made."""

import io
import sys
from decimal import Decimal
from urllib.request import OpenerDirector

import pytest
from django.urls import reverse
from PIL import Image

from portal.documents import pdf as printing
from portal.documents.pdf import PdfUnavailableError
from portal.gate.thumbnail import thumbnail
from portal.models import Union
from reports.counting.derive import derive_units
from reports.figures import FIGURES
from reports.render import pdf
from reports.render.filled import Filled
from reports.render.pdf import annex_pdf, city_pdf
from tests.reports import builders as make
from tests.reports.printed import expected, squeezed

LONG_NAME = ("<&>\"'甲乙丙丁" * 12)[:100]
NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}</cachedir></fontconfig>"""


@pytest.fixture
def filled(unit, year_2014):
    make.payment(unit, amount=Decimal("520.48"))
    make.contribution(unit, amount=Decimal("123456789.12"))
    make.event(unit, posts=592)
    return Filled.live(year_2014, unit, make.AS_OF)


def text_of(pages: list[str]) -> str:
    return squeezed("".join(pages))


def unstamped(pages: list[str], filled: Filled) -> str:
    """The text of the form alone; at the foot of every page stands what the print says of itself."""
    stamp = squeezed(filled.stamp.words)
    assert all(squeezed(page).endswith(stamp) for page in pages)
    return "".join(squeezed(page).removesuffix(stamp) for page in pages)


@pytest.mark.pdf
@pytest.mark.parametrize("forms", [(1,), (2,), (1, 2)])
def test_text_is_the_wording_with_the_values(filled, pages_of, forms):
    assert unstamped(pages_of(annex_pdf(filled, forms)), filled) == expected(filled, forms)


@pytest.mark.pdf
@pytest.mark.parametrize("value", ["0", "7", "123456789.12"])
@pytest.mark.parametrize("name", ["东湖区总工会", LONG_NAME])
def test_first_form_takes_two_pages_at_most_and_the_second_one(filled, pages_of, name, value):
    filled.union.name = name
    values = {f.slug: Decimal(value) if f.unit.is_money else int(Decimal(value)) // 1000 for f in FIGURES}
    full = Filled(filled.campaign, filled.union, filled.cut_off, values)
    for number, most in ((1, 2), (2, 1)):
        pages = pages_of(annex_pdf(full, (number,)))
        assert len(pages) <= most
        assert unstamped(pages, full) == expected(full, (number,))


@pytest.mark.pdf
def test_city_has_its_forms_then_its_units_then_theirs(filled, units, pages_of):
    city = derive_units(filled.campaign, make.AS_OF)
    whole = Filled(filled.campaign, Union.objects.get(depth=1), filled.cut_off, city.total)
    pages = pages_of(city_pdf(whole, city))
    assert [page.split("— ")[-1].split(" —")[0] for page in pages] == [str(n) for n in range(1, len(pages) + 1)]
    text = text_of([page.rsplit("—", 2)[0] for page in pages])
    names = squeezed("".join(f"{turn}.{unit.code}{unit.name}" for turn, unit in enumerate(units, start=1)))
    said = f"汇总单位名单由下列{len(units)}个填报单位汇总，统计截止日2014-08-31。"
    of_units = [expected(Filled(filled.campaign, unit, filled.cut_off, values)) for unit, values in city.units.items()]
    assert text == "".join((expected(whole), said, names, *of_units))


@pytest.mark.pdf
@pytest.mark.parametrize("address", ["{file}", "http://127.0.0.1:9/x.png", "data:image/png;base64,AAAA"])
def test_nothing_is_loaded_from_anywhere(filled, printer, monkeypatch, tmp_path, address):
    weasyprint = printing._weasyprint()
    opened, address = [], address.format(file=(tmp_path / "secret.png").as_uri())
    monkeypatch.setattr(OpenerDirector, "open", lambda _self, request, **_kwargs: opened.append(request))
    monkeypatch.setattr(pdf, "_style", lambda _types: f"body {{ background: url({address}) }}")
    assert annex_pdf(filled).startswith(b"%PDF-")
    assert opened == []
    weasyprint.HTML(string="<body></body>").render(stylesheets=[weasyprint.CSS(string=pdf._style(()))])
    assert opened != []  # as it is without the refusal


@pytest.mark.pdf
def test_printing_leaves_a_picture_cut_short_refused(filled, printer):
    into = io.BytesIO()
    Image.new("RGBA", (1600, 400)).save(into, "PNG")
    annex_pdf(filled)
    assert thumbnail(into.getvalue()[:60], "image/png") is None


@pytest.fixture
def no_pango(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)


def test_without_pango_it_is_said_what_to_install(filled, no_pango):
    with pytest.raises(PdfUnavailableError, match="apt-get install libpango"):
        annex_pdf(filled)


@pytest.mark.pdf
def test_without_chinese_type_it_is_said_what_to_install(filled, printer, monkeypatch, tmp_path):
    (tmp_path / "fonts.conf").write_text(NO_FONTS.format(folder=tmp_path))
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))
    printing._check_font.cache_clear()
    with pytest.raises(PdfUnavailableError, match="apt-get install fonts"):
        annex_pdf(filled)


def test_page_without_pango_leads_back_with_the_reason(client_of, clerk, reviewer, year_2014, no_pango):
    for person, address, back in (
        (clerk, reverse("annex_download", args=[2014, clerk.union.code, 1, "pdf"]), "annex"),
        (reviewer, reverse("consolidation_download", args=[2014, "pdf"]), "consolidation"),
    ):
        response = client_of(person).get(address, follow=True)
        assert response.redirect_chain[0][0].startswith(reverse(back) + "?campaign=2014")
        assert "libpango-1.0-0" in response.content.decode()


def test_job_without_pango_fails_with_the_reason(client_of, reviewer, year_2014, no_pango):
    response = client_of(reviewer).post(reverse("consolidation_job", args=[2014, "pdf"]), follow=True)
    assert "libpango-1.0-0" in response.content.decode()
