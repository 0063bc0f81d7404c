"""The cases of a draft: picked one by one or all that a filter finds, given other amounts, and taken out again."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.enums import AidMode, Stage
from aid.forms.payments import AmountsForm
from aid.models import AidCase, PaymentBatch
from aid.payments.amounts import AmountsRefused, set_amounts
from aid.payments.batches import add_cases, remove_items
from aid.payments.dues import payable
from aid.views.payments.batch import BY_KEY, BY_NUMBER, PayerPage, find_batch
from portal.audit import By
from portal.records.filters import CodeFilter, RecordFilterSet, period
from portal.records.lists.paging import turn_to
from portal.records.lists.selection import keys_of
from portal.views.listing import page_addresses
from portal.workflow import MoveRefused

REFUSALS_TOLD = 20


class PayableFilters(RecordFilterSet):
    stage = CodeFilter(label=gettext_lazy("学段"), choices=Stage)
    mode = CodeFilter(label=gettext_lazy("助学方式"), choices=AidMode)
    decided_from, decided_to = period("decided_on", gettext_lazy("审批日期"))

    class Meta(RecordFilterSet.Meta):
        model = AidCase


class BatchPick(PayerPage):
    """Choose cases for a draft: one by one, or all that the filter finds, on all pages."""

    template_name = "aid/payment/pick.html"

    @cached_property
    def batch(self) -> PaymentBatch:
        return find_batch(self.request.user, self.kwargs["pk"])

    @cached_property
    def filterset(self) -> PayableFilters:
        found = payable(self.request.user, self.batch.campaign, self.batch.source).select_related("child", "union")
        return PayableFilters(self.request.GET, queryset=found, request=self.request)

    @property
    def found(self):
        return self.filterset.qs if self.filterset.is_valid() else self.filterset.queryset.none()

    def get_context_data(self, **kwargs):
        page = turn_to(self.request.GET, self.found, self.filterset.queryset, BY_NUMBER)
        return super().get_context_data(
            batch=self.batch,
            listing={"filterset": self.filterset},
            cases=page.records,
            page=page,
            pages=page_addresses(self.request, page),
            back_url=reverse("paymentbatch_detail", args=[self.batch.pk]),
            **kwargs,
        )

    def post(self, request, pk: int):
        """What is ticked, or everything found; whatever is left out is told."""
        cases = self.found if "all" in request.POST else keys_of(request.POST, "case")
        try:
            added = add_cases(self.batch, cases, by=By.of(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("paymentbatch_detail", pk)
        messages.success(request, _("已加入 %(count)d 件申请。") % {"count": added.count})
        for number, reason in added.refused[:REFUSALS_TOLD]:
            messages.warning(
                request, _("申请 %(number)s 没有加入：%(reason)s。") % {"number": number, "reason": reason}
            )
        return redirect("paymentbatch_detail", pk)


class BatchItems(PayerPage):
    """The items of a draft, a page at a time: to give them other amounts or to take some out."""

    template_name = "aid/payment/items.html"

    @cached_property
    def batch(self) -> PaymentBatch:
        return find_batch(self.request.user, self.kwargs["pk"])

    @cached_property
    def page(self):
        items = self.batch.items.select_related("batch", "case__child__household")
        return turn_to(self.request.GET, items, items, BY_KEY)

    def get_context_data(self, **kwargs):
        shown = {"page": self.page, "pages": page_addresses(self.request, self.page)}
        shown["form"] = kwargs.pop("form", None) or AmountsForm(items=self.page.records)
        back = reverse("paymentbatch_detail", args=[self.batch.pk])
        return super().get_context_data(batch=self.batch, back_url=back, **shown, **kwargs)

    def post(self, request, pk: int):
        return self._set_amounts() if "amounts" in request.POST else self._remove(request, pk)

    def _set_amounts(self):
        request = self.request
        typed = [item for item in self.page.records if AmountsForm.name(item) in request.POST]
        form = AmountsForm(request.POST, items=typed)
        if form.is_valid():
            try:
                count = set_amounts(self.batch, form.amounts(), shown=form.shown(), by=By.of(request))
            except AmountsRefused as refused:
                form.show(refused.by_item)
            except MoveRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("已修改 %(count)d 笔金额。") % {"count": count})
                return redirect(request.get_full_path())
        return self.render_to_response(self.get_context_data(form=form))

    def _remove(self, request, pk: int):
        try:
            count = remove_items(self.batch, keys_of(request.POST, "item"), by=By.of(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("已移出 %(count)d 件申请。") % {"count": count})
        return redirect("paymentbatch_detail", pk)
