"""Figures of a campaign's own: their list, adding, editing, trying and removing them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from portal.models import Campaign
from portal.workflow import MoveRefused
from reports.annex.campaign_figures import Declared, declared_for, figures_of
from reports.beside.reported import handed_in_without
from reports.campaign.campaigns import has_own_forms
from reports.campaign.form_editing import add_figure, change_figure, figure_faults, remove_figure, save_names
from reports.campaign.palette import Known, palette
from reports.campaign.trial import Trial, try_figure
from reports.figures.facts import FACTS
from reports.figures.own import FACT_BY_NAME, OwnFigure, OwnKind
from reports.forms.campaign import NamesForm, OwnFigureForm, TotalForm
from reports.forms.composing import ComposedForm
from reports.views.campaign.campaign import CampaignChange, CampaignPage, CampaignView

FORMS = {form.kind: form for form in (OwnFigureForm, TotalForm, ComposedForm)}


class OwnFigureList(CampaignPage):
    """The figures of a campaign's own, each with where it stands."""

    template_name = "reports/campaign/figures.html"

    def get_context_data(self, **kwargs):
        own = [known for known in palette(declared_for(self.campaign)).values() if known.own]
        rows = [(known, OwnKind(known.own.kind).label, self._copy_url(known.own)) for known in own]
        lacks = handed_in_without(self.campaign, figures_of(self.campaign))
        return super().get_context_data(rows=rows, lacks=lacks, may_copy=self._may_copy(), **kwargs)

    def _copy_url(self, own: OwnFigure) -> str:
        """Where a figure is added that begins as `own`."""
        year, is_composed = self.campaign.year, own.kind == OwnKind.COMPOSED
        name, which = ("campaign_figure_compose", own.fact) if is_composed else ("campaign_figure_add", own.kind)
        return f"{reverse(name, args=[year, which])}?copy={own.slug}"

    def _may_copy(self) -> bool:
        """Whether the year before has forms that this one could take over."""
        before = Campaign.objects.filter(year=self.campaign.year - 1).first()
        return before is not None and has_own_forms(before) and not has_own_forms(self.campaign)


class FigureNames(CampaignChange):
    """What the figures of the notice are called this year."""

    template_name = "reports/campaign/names.html"
    form_class = NamesForm

    @cached_property
    def declared(self) -> Declared:
        return declared_for(self.campaign)

    def get_form_kwargs(self):
        known = [known for known in palette(self.declared).values() if not known.own]
        return super().get_form_kwargs() | {"known": known}

    def get_initial(self):
        return {"version": self.campaign.version, **self.declared.labels}

    def get_success_url(self):
        return reverse("campaign_figures", args=[self.campaign.year])

    def save(self, form):
        save_names(self.campaign, names=form.names, version=form.cleaned_data["version"], by=self.by)
        self.done = _("已保存数字的名称。")


class OwnFigureFacts(CampaignPage):
    """The first step of composing: what is counted."""

    template_name = "reports/campaign/facts.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(facts=FACTS, **kwargs)


class OwnFigureChange(CampaignChange):
    """One figure: the form of its kind; 试算 counts a composed one before it is saved."""

    template_name = "reports/campaign/figure.html"
    own: OwnFigure | None = None
    trial: Trial | None = None

    @cached_property
    def declared(self) -> Declared:
        return declared_for(self.campaign)

    @cached_property
    def known(self) -> dict[str, Known]:
        return palette(self.declared)

    @property
    def kind(self) -> OwnKind:
        raise NotImplementedError

    @property
    def fact_name(self) -> str:
        raise NotImplementedError

    @property
    def fact(self):
        """What a composed figure counts; None for the other kinds."""
        if self.kind is not OwnKind.COMPOSED:
            return None
        if self.fact_name not in FACT_BY_NAME:
            raise Http404(_("没有这一类记录。"))
        return FACT_BY_NAME[self.fact_name]

    def get_form_class(self):
        return FORMS[self.kind]

    def get_form_kwargs(self):
        asked = {"known": self.known, "own": self.own}
        return super().get_form_kwargs() | asked | ({"fact": self.fact} if self.fact else {})

    def get_initial(self):
        return {"version": self.campaign.version}

    def get_success_url(self):
        return reverse("campaign_figures", args=[self.campaign.year])

    def get_context_data(self, **kwargs):
        shown = {"kind": self.kind, "fact": self.fact, "own": self.own, "trial": self.trial}
        return super().get_context_data(**{**kwargs, **shown})  # the address names kind and fact by words

    def form_valid(self, form):
        if "try" not in self.request.POST:
            return super().form_valid(form)
        if faults := figure_faults(self.declared, form.declared()):
            self.refuse(form, ValidationError(faults))
        else:
            self.trial = try_figure(form.declared(), self.campaign, self.request.user)
        return self.form_invalid(form)

    def refuse(self, form, refused):
        if self.fact is None or not hasattr(refused, "error_dict"):
            return super().refuse(form, refused)
        form.show(refused.message_dict)
        return None


class OwnFigureAdd(OwnFigureChange):
    @property
    def kind(self):
        try:
            return OwnKind(self.kwargs["kind"])
        except ValueError:
            raise Http404(_("没有这一种数字。")) from None

    @property
    def fact_name(self):
        return self.kwargs.get("fact", "")

    def get_initial(self):
        """What the figure named by `?copy=` says, all but its slug and name: two figures may not share them."""
        model = self.known.get(self.request.GET.get("copy", ""))
        if model is None or model.own is None or (model.own.kind, model.own.fact) != (self.kind, self.fact_name):
            return super().get_initial()
        return super().get_initial() | FORMS[self.kind].initial_of(model.own) | {"slug": "", "label": ""}

    def save(self, form):
        own = form.declared()
        add_figure(self.campaign, own=own, by=self.by)
        self.done = _("已增加“%(label)s”。在表式中写入 {%(label)s} 就会出现在表上。") % {"label": own.label}


class OwnFigureEdit(OwnFigureChange):
    @cached_property
    def own(self) -> OwnFigure:
        known = self.known.get(self.kwargs["slug"])
        if known is None or known.own is None:
            raise Http404(_("没有这个自设的指标。"))
        return known.own

    @property
    def kind(self):
        return OwnKind(self.own.kind)

    @property
    def fact_name(self):
        return self.own.fact

    def get_initial(self):
        return super().get_initial() | FORMS[self.kind].initial_of(self.own)

    def save(self, form):
        own = form.declared()
        change_figure(self.campaign, own=own, version=form.cleaned_data["version"], by=self.by)
        self.done = _("已保存“%(label)s”。") % {"label": own.label}


class OwnFigureRemove(CampaignView):
    def post(self, request, *args, slug: str, **kwargs):
        known = palette(declared_for(self.campaign)).get(slug)
        try:
            remove_figure(self.campaign, slug=slug, by=self.by)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            removed = _("已删除%(figure)s。") % {"figure": known.named} if known else _("这个数字已经删除。")
            messages.success(request, removed)
        return redirect("campaign_figures", self.campaign.year)
