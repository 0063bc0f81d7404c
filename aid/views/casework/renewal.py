"""续办: last year's aided children on one page, ticked and corrected, made into drafts in one press."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.forms.renewal import RenewalForm, RenewalKey
from aid.records import AID_CASE
from aid.renewal.services import renew, renewable
from aid.standards.granted import standards_now
from portal.access import Permission
from portal.audit import By
from portal.form_keys import SentBeforeError, sent_before
from portal.models import Campaign
from portal.records.editing import RecordRefused, RecordsRefused
from portal.records.lists.left import way_back
from portal.web.base import PortalPage
from portal.workflow import MoveRefused

SHOWN = 100  # children on one page; those decided on make room for the next


class RenewalPage(FormMixin, PortalPage, ProcessFormView):
    """The children of the running campaign who wait; whoever is neither ticked nor given a reason goes on waiting."""

    permission = Permission.KEEP_RECORDS
    template_name = "aid/aidcase/renewal.html"
    form_class = RenewalForm

    @cached_property
    def campaign(self) -> Campaign:
        campaign = Campaign.objects.current()
        if campaign is None:
            raise Http404(_("还没有活动年度。"))
        return campaign

    def post(self, request, *args, **kwargs):
        """Sent twice it acts once: those who were decided on wait no longer, so the form would come back empty."""
        key = RenewalKey(request.POST)
        if key.is_valid() and sent_before(user=request.user, key=key.cleaned_data["key"]):
            return self._sent_before()
        return super().post(request, *args, **kwargs)

    def _sent_before(self):
        messages.info(self.request, _("这张表单已经保存过，没有重复办理。"))
        return redirect(drafts_of(self.campaign))

    def get_form_kwargs(self):
        waiting = renewable(self.request.user, self.campaign)
        asked = self.request.POST.getlist("ids")
        if asked:
            waiting = waiting.filter(pk__in=[int(pk) for pk in asked[:SHOWN] if pk.isascii() and pk.isdigit()])
        usual = standards_now(self.campaign.year, self.request.user.union.reporting_path)
        standards = {stage: each.amount for stage, each in usual.items()}
        given = {"children": list(waiting[:SHOWN]), "campaign": self.campaign, "standards": standards}
        return super().get_form_kwargs() | given | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        total = renewable(self.request.user, self.campaign).count()
        shown = {"total": total, "shown": SHOWN, "back_url": way_back(self.request, AID_CASE)}
        return super().get_context_data(campaign=self.campaign, **shown, **kwargs)

    def form_valid(self, form):
        given = {"key": form.cleaned_data["key"], "digest": form.digest}
        by = By.of(self.request)
        renewals, refusals = form.renewals(), form.refusals()
        try:
            renew(self.campaign, renewals=renewals, refusals=refusals, **given, by=by)
        except RecordsRefused as refused:
            form.refuse(refused.by_parent)
        except (RecordRefused, ValidationError, MoveRefused) as refused:
            form.add_error(None, refused if isinstance(refused, ValidationError) else words_of(refused))
        except SentBeforeError:
            return self._sent_before()
        else:
            words = _("已续办 %(made)d 份申请（草稿），登记不再续办 %(left)d 人。请核对后提交。")
            messages.success(self.request, words % {"made": len(renewals), "left": len(refusals)})
            return redirect(drafts_of(self.campaign))
        return self.form_invalid(form)


def words_of(refused: RecordRefused | MoveRefused) -> str | list[str]:
    if isinstance(refused, MoveRefused):
        return str(refused)
    return [reason for reasons in refused.by_field.values() for reason in reasons]


def drafts_of(campaign: Campaign) -> str:
    return f"{reverse('aidcase_list')}?campaign={campaign.year}&status=draft"
