"""The public pages: which unions have one, the page of a union, its figures as .csv, the pictures of its exemplars."""

import csv
import io

from django.http import Http404, HttpResponse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.generic.base import TemplateResponseMixin

from portal.records.views.kept_file import GUARDED
from portal.text import without_formula
from reports.enums import PublicPart
from reports.openness.hiding import LEAST
from reports.openness.pages import Page, open_page, open_pages
from reports.openness.published import HEADINGS, Published, as_rows, published
from reports.openness.told import exemplars, hanging, picture, projects
from reports.views.openness.open_page import OpenView

FIGURES = frozenset({PublicPart.RAISED, PublicPart.PAID, PublicPart.AIDED})
HOTLINE = "12351"


class PublicIndex(TemplateResponseMixin, OpenView):
    """The unions that have a public page, by code."""

    template_name = "reports/openness/index.html"

    def get(self, _request):
        return self.render_to_response({"pages": open_pages()})


class UnitView(OpenView):
    """About the page of one unit. One that shows nothing is like one that does not exist."""

    @cached_property
    def page(self) -> Page:
        if (page := open_page(self.kwargs["code"])) is None:
            raise Http404(_("没有这个公开页面。"))
        return page

    @property
    def shows_figures(self) -> bool:
        return bool(FIGURES & self.page.shown)

    def published(self) -> Published | None:
        return published(self.page.unit, self.page.shown) if self.shows_figures else None


class PublicShow(TemplateResponseMixin, UnitView):
    """What the unit raised and paid, whom it aided, notices that hang today, projects, exemplars, how to complain."""

    template_name = "reports/openness/page.html"

    def get(self, _request, code: str):
        page = self.page
        told = {
            "unit": page.unit,
            "shown": {part.value for part in page.shown},
            "shows_figures": self.shows_figures,
            "found": self.published(),
            "notices": hanging(page),
            "projects": projects(page),
            "exemplars": exemplars(page),
            "complaint": page.complaint,
            "hotline": HOTLINE,
            "least": LEAST,
        }
        return self.render_to_response(told)


class PublicFigures(UnitView):
    """The figures of the page as .csv: UTF-8 with a mark by which spreadsheets know it."""

    def get(self, _request, code: str):
        found = self.published()
        if found is None:
            raise Http404(_("没有公开的数字。"))
        lines = io.StringIO()
        writer = csv.writer(lines)
        writer.writerow(map(str, HEADINGS))
        writer.writerows([without_formula(str(cell)) for cell in row] for row in as_rows(found))
        words = {"year": found.campaign.year, "unit": self.page.unit.code}
        name = _("%(unit)s %(year)d年金秋助学公开数据.csv") % words
        headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
        return HttpResponse(lines.getvalue().encode("utf-8-sig"), content_type="text/csv", headers=headers)


class PublicPicture(UnitView):
    """A picture of an exemplar, for as long as the exemplar is public."""

    def get(self, _request, code: str, pk: int):
        if (file := picture(self.page, pk)) is None:
            raise Http404(_("没有这张照片。"))
        headers = GUARDED | {"X-Robots-Tag": "noindex, noarchive"}
        return HttpResponse(bytes(file.content), content_type=file.content_type, headers=headers)


class Robots(OpenView):
    """What machines that search the web are asked to leave alone: all but the public pages."""

    def get(self, _request):
        lines = ("User-agent: *", "Allow: /public/", "Disallow: /", "")
        return HttpResponse("\n".join(lines), content_type="text/plain")
