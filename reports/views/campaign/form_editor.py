"""The two-pane editor of a form: the text with its blanks, and beside it the form as it will look."""

import difflib

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.base import TemplateResponseMixin

from portal.models import Campaign
from portal.workflow import MoveRefused
from reports.annex.campaign_figures import FORM_NUMBERS, declared_for
from reports.annex.wording import WORDINGS
from reports.beside.reported import handed_in_without
from reports.campaign.form_editing import reset_wording, save_wording, with_wording
from reports.campaign.form_problems import problems_of
from reports.campaign.named_blanks import by_name
from reports.campaign.palette import Known, palette
from reports.checks import lost_checks
from reports.enums import OVERTAKEN
from reports.forms.campaign import WordingForm
from reports.render import html
from reports.render.draft import Draft
from reports.views.campaign.campaign import CampaignPage, CampaignView
from reports.views.selection import form_number


class FormView(CampaignView):
    """What is done with one form of a campaign, and with the text that was typed for it."""

    @cached_property
    def number(self) -> int:
        return form_number(str(self.kwargs["number"]), FORM_NUMBERS)

    def preview(self, wording: str) -> dict:
        """What the right pane shows, and the palette: `wording` as the form, with its problems."""
        declared = with_wording(declared_for(self.campaign), self.number, wording)
        known, problems = palette(declared), problems_of(declared)
        registry = None if problems else declared.registry()
        faulty = {problem.slug for problem in problems if problem.form == self.number}
        draft = Draft(declared.wordings[self.number], self.campaign.year, known, faulty)
        return {
            "problems": problems,
            "lacks": handed_in_without(self.campaign, registry) if registry else [],
            "lost": lost_checks(registry) if registry else (),
            "title": draft.form(self.number).title,
            "rows": html.rows(draft, self.number, draft.url),
            "palette": _grouped(known),
            "used": " ".join(slug for slug, figure in known.items() if figure.places),
        }

    def named(self, wording: str) -> str:
        """`wording` with figures by name, as the department reads and writes them."""
        return by_name(wording, palette(declared_for(self.campaign)))

    def typed(self) -> WordingForm:
        return WordingForm(self.request.POST)


class FormPreview(TemplateResponseMixin, FormView):
    """The right pane for the text as it is typed. Saves nothing."""

    template_name = "reports/campaign/_preview.html"

    def post(self, request, *args, **kwargs):
        form = self.typed()
        form.is_valid()
        context = {"number": self.number, **self.preview(form.cleaned_data.get("wording", ""))}
        return self.render_to_response(context)


class FormEdit(FormView, CampaignPage):
    """The editor. Without JavaScript its button 预览 shows the typed text; nothing is saved before 保存."""

    template_name = "reports/campaign/form.html"

    def get(self, request, *args, **kwargs):
        return self._shown(declared_for(self.campaign).wordings[self.number], self.campaign.version)

    def post(self, request, *args, **kwargs):
        form = self.typed()
        if not form.is_valid():
            return self._shown(request.POST.get("wording", ""), self.campaign.version)
        wording, version = form.cleaned_data["wording"], form.cleaned_data["version"]
        if "save" not in request.POST:
            return self._shown(wording, version)
        try:
            save_wording(self.campaign, number=self.number, wording=wording, version=version, by=self.by)
        except MoveRefused as refused:
            return self._shown(wording, version, refusal=str(refused))
        except ValidationError as refused:
            return self._refused(wording, version, refused)
        messages.success(request, _("已保存附件 %(number)d 的表式。") % {"number": self.number})
        return redirect("campaign_form", self.campaign.year, self.number)

    def _refused(self, wording: str, version: int, refused: ValidationError):
        """Problems stand beside the text anyway; of somebody else's change, the lines that differ."""
        if getattr(refused, "code", None) != OVERTAKEN:
            return self._shown(wording, version, refusal=_("没有保存：请先改正右边列出的问题。"))
        self.campaign.refresh_from_db()
        kept = declared_for(self.campaign).wordings[self.number]
        theirs = _theirs(self.named(kept), self.named(wording))
        return self._shown(wording, self.campaign.version, refusal=refused.message, theirs=theirs)

    def _shown(self, wording: str, version: int, **context):
        shown = {"number": self.number, "numbers": FORM_NUMBERS, "wording": self.named(wording), "version": version}
        differs = declared_for(self.campaign).wordings[self.number] != WORDINGS[self.number]
        changed = {"is_own": differs, **self.preview(wording), **context}
        return self.render_to_response(self.get_context_data(**shown, **changed))


class FormReset(FormView):
    """Gives the form the wording of the notice again."""

    def post(self, request, *args, **kwargs):
        version = Campaign.objects.values_list("version", flat=True).get(pk=self.campaign.pk)
        try:
            reset_wording(self.campaign, number=self.number, version=version, by=self.by)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        except ValidationError as refused:
            messages.error(request, _("没有恢复：%(problems)s") % {"problems": " ".join(refused.messages)})
        else:
            messages.success(request, _("附件 %(number)d 已恢复为通知原文。") % {"number": self.number})
        return redirect("campaign_form", self.campaign.year, self.number)


def _grouped(known: dict[str, Known]) -> list[tuple[str, list[Known]]]:
    """The figures under headings: those that stand in no form yet come first."""
    own = [figure for figure in known.values() if figure.own]
    free = [figure for figure in known.values() if not figure.own and not figure.places]
    used = [figure for figure in known.values() if not figure.own and figure.places]
    groups = ((_("自设的指标"), own), (_("通知规定、表中还没有的数字"), free), (_("通知规定、已在表中的数字"), used))
    return [(heading, figures) for heading, figures in groups if figures]


def _theirs(kept: str, typed: str) -> list[tuple[str, str]]:
    """Lines that only one of the two texts has: (“+” kept by somebody else, “-” typed here, line)."""
    lines = difflib.ndiff(typed.replace("\r\n", "\n").splitlines(), kept.splitlines())
    return [(line[0], line[2:]) for line in lines if line[0] in "+-"]
