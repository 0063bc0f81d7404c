"""The city's tables to take away: the city alone at once; with all units, or all that was handed in, as a job."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from portal import audit
from portal.audit import By
from portal.documents.pdf import PdfUnavailableError
from portal.enums import AuditAction
from portal.jobs.starting import start
from portal.text import as_key
from reports.city.files import Source, city_file, described
from reports.city.jobs import BUNDLE, CITY_FILE
from reports.counting.asof import parse_as_of
from reports.models import Consolidation
from reports.render.formats import FORMATS
from reports.views.city.city import CityView
from reports.views.selection import campaign_of

KINDS = ("xlsx", "docx", "pdf")


def source_of(asked) -> Source:
    """What `kept`, `live` and `as_of` in an address or a form name; a bad one is answered with 400 or 404."""
    kept = as_key(asked.get("kept", ""))
    if kept is None and asked.get("kept"):
        raise Http404(_("没有这次汇总。"))
    try:
        as_of = parse_as_of(asked.get("as_of", ""))
    except ValueError as error:
        raise BadRequest(str(error)) from None
    return Source(kept, bool(asked.get("live")), as_of.isoformat() if as_of else "")


class ConsolidationDownload(CityView):
    """The forms of the city alone with the units that are missing; as .xlsx also the matrix and the years before.

    Where this machine cannot make a .pdf, the person is back at the page, with the reason. Writes one audit row.
    """

    def get(self, request, *, year: int, kind: str):
        union, campaign, source = self.union, campaign_of(year), source_of(request.GET)
        if kind not in KINDS:
            raise Http404(_("没有这种格式。"))
        try:
            city = source.city(campaign)
            content = city_file(city, union, FORMATS[kind], with_units=False)
        except Consolidation.DoesNotExist:
            raise Http404(_("没有这次汇总。")) from None
        except PdfUnavailableError as error:
            messages.error(request, str(error))
            return redirect(f"{reverse('consolidation')}?{urlencode({'campaign': year})}")
        name = f"{year}_{source.name}_{city.cut_off:%Y%m%d}.{kind}"
        detail = described(city, source, name)
        audit.record(AuditAction.EXPORTED, by=By.of(request), subject=source.name, union=union, **detail)
        headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
        return HttpResponse(content, content_type=FORMATS[kind].content_type, headers=headers)


class ConsolidationJob(CityView):
    """Start the job that prints the city with every unit (.xlsx, .docx, .pdf), or packs what was handed in (.zip)."""

    def post(self, request, *, year: int, kind: str):
        campaign = self.union and campaign_of(year)
        if kind == "zip":
            job = start(BUNDLE, request.user, year=campaign.year, with_pdf=bool(request.POST.get("with_pdf")))
        elif kind in KINDS:
            source = source_of(request.POST)
            if source.kept and not campaign.consolidations.filter(pk=source.kept).exists():
                raise Http404(_("没有这次汇总。"))
            job = start(CITY_FILE, request.user, year=campaign.year, kind=kind, **source.__dict__)
        else:
            raise Http404(_("没有这种格式。"))
        return redirect("job_show", job.pk)
