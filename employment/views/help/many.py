"""Help for many graduates: ticked in the list, or all that its filters find; one form, saved whole or not at all."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from employment.assistance.repeating import Repeated
from employment.editing.assistance import is_long_before
from employment.forms.help_many import HelpManyForm
from employment.models import Assistance, Graduate
from employment.promises.services import PromiseRefused, help_many
from employment.records import GRADUATE
from portal.access import Permission
from portal.audit import By
from portal.form_keys import CHANGED_SINCE, SENT_BEFORE, SentBeforeError
from portal.records.editing import RecordRefused, RecordsRefused
from portal.records.lists.left import way_back
from portal.records.lists.selection import selection_of
from portal.web.chosen_page import ChosenPage

LARGEST = 500  # lines of one form


@method_decorator(sensitive_post_parameters(), name="dispatch")
class HelpMany(ChosenPage):
    """First the form for those who were chosen, then what became of it. The chosen travel with the form."""

    chosen_in = "graduate_list"
    permission = Permission.KEEP_RECORDS
    template_name = "employment/assistance/many.html"

    def post(self, request, *args, **kwargs):
        chosen = selection_of(request, GRADUATE, LARGEST)
        if not 0 < len(chosen.pks) <= LARGEST:
            words = _("请先在列表中勾选要登记帮扶的毕业生。")
            if chosen.pks:
                words = _("一次最多登记 %(limit)d 人，请先筛选。") % {"limit": LARGEST}
            messages.error(request, words)
            return redirect(way_back(request, GRADUATE, filters=chosen.filters))
        is_first = "key" not in request.POST
        form = self._form(chosen.pks, None if is_first else request.POST)
        if is_first or not self._saved(form):
            back_url = way_back(request, GRADUATE, filters=chosen.filters)
            return self.render_to_response(self.get_context_data(form=form, filters=chosen.filters, back_url=back_url))
        return redirect("assistance_list")

    def _form(self, pks, data) -> HelpManyForm:
        found = Graduate.objects.visible_to(self.request.user).select_related("union", "household")
        return HelpManyForm(
            data, graduates=found.filter(pk__in=pks).order_by("union_path", "pk"), user=self.request.user
        )

    def _saved(self, form: HelpManyForm) -> bool:
        if not form.is_valid():
            return False
        try:
            made = help_many(**form.told(), by=By.of(self.request))
        except RecordsRefused as refused:
            form.refuse(refused.by_parent)
        except RecordRefused as refused:
            form.refuse(dict.fromkeys([form.graduates[0].pk], refused.by_field))
        except PromiseRefused as refused:
            form.refuse_promise(refused.refused, {each.pk: each.name for each in form.graduates})
        except Repeated as repeated:
            form.doubt(repeated.by_graduate)
        except SentBeforeError as before:
            return self._sent_before(form, same=before.same)
        else:
            self._tell(made)
        return form.is_valid()

    def _tell(self, made: list[Assistance]) -> None:
        amounts = [help_.amount for help_ in made if help_.amount is not None]
        words = _("已登记 %(count)d 人次帮扶，金额合计 %(total)s 元。") if amounts else _("已登记 %(count)d 人次帮扶。")
        messages.success(self.request, words % {"count": len(made), "total": f"{sum(amounts):.2f}"})
        if early := [help_.graduate.name for help_ in made if is_long_before(help_)]:
            words = _("请注意：帮扶日期比登记的年份早一年以上，请核对：%(names)s")
            messages.warning(self.request, words % {"names": _("、").join(early)})

    def _sent_before(self, form: HelpManyForm, *, same: bool) -> bool:
        if same:
            messages.info(self.request, SENT_BEFORE)
        else:
            form.add_error(None, CHANGED_SINCE)
        return same
