"""全市总结报告: the units' texts side by side, and the city's own, drafted, edited and taken away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.documents.pdf import PdfUnavailableError
from portal.enums import AuditAction
from portal.models import Campaign
from portal.printouts.views import PrintoutPage
from portal.refusals.lookup import get_object_or_404
from portal.views.listing import address_with, pages_of
from portal.web.base import PortalPage
from reports.city.summary import (
    CityTold,
    city_printout,
    city_told,
    draft_city,
    handed_in,
    not_handed_in,
    pick_paragraphs,
    save_city_summary,
    unit_text,
)
from reports.enums import SummaryPart
from reports.forms.preparation import RedraftForm, SummaryTextForm
from reports.models import CityNarrative
from reports.preparing.narrative import title_of
from reports.summary.names import names_of_city
from reports.summary.numbers import texts_of
from reports.views.city.city import CityView
from reports.views.preparing.preparation import is_overtaken, show_refusal
from reports.views.preparing.summary_text import SummaryEditing, typed
from reports.views.selection import campaign_of

ON_A_PAGE = 6  # units side by side


class CitySummaryPage(CityView, PortalPage):
    """A page about the summaries of one campaign."""

    @cached_property
    def campaign(self) -> Campaign:
        return self.union and campaign_of(self.kwargs["year"])

    @cached_property
    def part(self) -> str:
        part = self.request.GET.get("part", SummaryPart.WORK.value)
        if part not in SummaryPart.values:
            raise Http404(_("总结报告没有这一部分。"))
        return part

    def get_context_data(self, **kwargs):
        back = f"{reverse('consolidation')}?campaign={self.campaign.year}"
        may_write = can(self.request.user, Permission.REVIEW_REPORTS)
        return super().get_context_data(campaign=self.campaign, back_url=back, may_write=may_write, **kwargs)


class CitySummaries(CitySummaryPage):
    """One part of what the units handed in, side by side; paragraphs may be picked from it into the city's text."""

    template_name = "reports/consolidation/summaries.html"

    def get_context_data(self, **kwargs):
        page = Paginator(handed_in(self.campaign), ON_A_PAGE).get_page(self.request.GET.get("page"))
        units = [unit_text(report) for report in page]
        return super().get_context_data(
            **pages_of(self.request, page),
            units=[(unit, unit.paragraphs(self.part)) for unit in units],
            missing=not_handed_in(self.campaign),
            part=self.part,
            label=SummaryPart(self.part).label,
            tabs=[
                (label, address_with(self.request, part=part, page=None), part == self.part)
                for part, label in SummaryPart.choices
            ],
            **kwargs,
        )

    def post(self, request, **_kwargs):
        if not can(request.user, Permission.REVIEW_REPORTS):
            return self.http_method_not_allowed(request)
        try:
            _kept, count = pick_paragraphs(
                self.campaign, part=self.part, picked=self._picked(), root=self.union, by=By.of(request)
            )
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, _("已摘入 %(count)d 段到“%(part)s”。") % self._told(count))
        return redirect(request.get_full_path())

    def _told(self, count: int) -> dict:
        return {"count": count, "part": SummaryPart(self.part).label}

    def _picked(self) -> list[tuple[int, int]]:
        """Raises Http404 for what is no paragraph."""
        pairs = [value.partition("-") for value in self.request.POST.getlist("paragraph")]
        try:
            return [(int(pk), int(at)) for pk, _dash, at in pairs]
        except ValueError:
            raise Http404(_("没有这一段。")) from None


class CitySummary(SummaryEditing, FormMixin, CitySummaryPage, ProcessFormView):
    """The city's text: last saved, or a draft that is not kept until it is saved."""

    permission = Permission.REVIEW_REPORTS
    template_name = "reports/consolidation/summary.html"
    form_class = SummaryTextForm
    heading = gettext_lazy("全市总结报告")
    done = gettext_lazy("已保存。")

    @cached_property
    def kept(self) -> CityNarrative | None:
        return CityNarrative.objects.filter(campaign=self.campaign).select_related("made_by", "campaign").first()

    @cached_property
    def told(self) -> CityTold:
        return city_told(self.campaign, self.union)

    @property
    def numbers(self):
        return self.told.numbers

    @cached_property
    def names(self):
        return names_of_city(self.campaign)

    def drafted(self):
        return draft_city(self.told)

    def fresh(self):
        kept = CityNarrative.objects.filter(campaign=self.campaign).values_list("version", flat=True).first()
        return {"version": kept or 0}

    def get_context_data(self, **kwargs):
        form = kwargs.pop("form", None) or self.get_form()
        shown = {"heading": self.heading, "title": title_of(self.campaign)}
        return super().get_context_data(**kwargs, **shown, **self.editing(form))

    def to_save(self, cleaned_data) -> dict:
        return {name: cleaned_data[name] for name in ("parts", "version")}

    def form_valid(self, form):
        try:
            saved = save_city_summary(self.campaign, **self.to_save(form.cleaned_data), by=By.of(self.request))
        except ValidationError as refused:
            show_refusal(form, refused)
            if is_overtaken(refused):
                form.renew(**self.fresh())
            return self.form_invalid(form)
        self.tell_lost(self.request, saved)
        messages.success(self.request, self.done)
        return redirect("consolidation_summary", self.campaign.year)


class CitySummaryDraft(CitySummary):
    """New drafts beside what was written; the parts that are ticked are replaced, and no other."""

    template_name = "reports/narrative/redraft.html"
    form_class = RedraftForm
    heading = gettext_lazy("重新起草全市总结报告")
    done = gettext_lazy("已用新稿替换所选的部分。")

    def get_initial(self):
        return self.fresh() | typed(self.drafted(), self.names)

    def get_context_data(self, **kwargs):
        shown = super().get_context_data(**kwargs)
        back = reverse("consolidation_summary", args=[self.campaign.year])
        return shown | {"beside": self.beside(shown["read"]), "back_url": back}

    def to_save(self, cleaned_data):
        return super().to_save(cleaned_data | {"parts": self.merged(cleaned_data["parts"])})


class CitySummaryDownload(CityView, PrintoutPage):
    """The city's text as a page to be printed, as .docx or as .pdf. Leaves one audit row."""

    def get(self, request, year: int):
        root, campaign = self.union, campaign_of(year)
        kept = get_object_or_404(CityNarrative.objects.select_related("campaign"), campaign=campaign)
        sheet = city_printout(kept, texts_of(city_told(campaign, root).numbers), root)
        ending, back = self.ending, reverse("consolidation_summaries", args=[year])
        name = _("%(year)d年全市总结报告.%(ending)s") % {"year": year, "ending": ending or "docx"}
        try:
            answer = self.handed_out([sheet], name) if ending else self._page(sheet, back)
        except PdfUnavailableError as error:
            messages.error(request, str(error))
            return redirect(back)
        audit.record(AuditAction.EXPORTED, by=By.of(request), subject=str(campaign), file=name)
        return answer

    def _page(self, sheet, back: str):
        return self.shown([sheet], title=sheet.title, back_url=back, file_url=self.request.path)
