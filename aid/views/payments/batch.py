"""Payment batches: list, page, making one, picking its cases, releasing it."""

from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Sum
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic.edit import FormMixin, ProcessFormView

from aid.enums import LineResult
from aid.forms.payments import BatchForm, ReasonForm, ReleaseForm, ReturnForm
from aid.models import PaymentBatch
from aid.payments.batches import cancel_batch, open_batch, reissue_failed
from aid.payments.handing_over import hand_over, return_batch
from aid.payments.ledger import balance_of
from aid.payments.preflight import frozen_total, preflight
from aid.payments.reissues import to_reissue
from aid.payments.release import recall_batch, release_batch
from aid.payments.workflow import PAYMENT_WORKFLOW
from portal.access import Permission, can
from portal.audit import By
from portal.models import User
from portal.records.lists.paging import Keyset
from portal.records.views import RecordDetail, RecordList
from portal.records.views.page import KindPage, caption
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalPage, PortalView
from portal.web.sent_once import SentOnce
from portal.workflow import MoveRefused

PREPARE, RELEASE = Permission.PREPARE_PAYMENTS, Permission.RELEASE_PAYMENTS
BY_NUMBER = Keyset("number")
BY_KEY = Keyset("pk")


def may_pay(user: User, permission: Permission = PREPARE) -> bool:
    """Whether the person may make (or release) batches: in the 填报单位, which keeps the funds."""
    return can(user, permission) and user.union.is_reporting


def find_batch(user: User, pk: int) -> PaymentBatch:
    """The batch, if it is of the user's union or one below; 404 otherwise."""
    batches = PaymentBatch.objects.visible_to(user).select_related("union", "campaign", "made_by", "released_by")
    return get_object_or_404(batches, pk=pk)


class BatchList(RecordList):
    """The batches in scope."""

    def _create_url(self):
        return reverse("paymentbatch_create") if may_pay(self.request.user) else ""


class BatchDetail(RecordDetail):
    """One batch: what it is, its items, and what can be done with it now."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        batch, user = context["record"], self.request.user
        acts = [move.name for move in PAYMENT_WORKFLOW.open_to(batch, user)] if user.union.is_reporting else []
        items = f"{reverse('batchitem_list')}?q={batch.number}"
        return context | {
            "acts": acts,
            "counts": [
                (label, batch.items.filter(result=result).count(), f"{items}&result={result}")
                for result, label in LineResult.choices
            ],
            "items_url": items,
            "total": frozen_total(batch)
            if batch.is_frozen
            else batch.items.aggregate(total=Sum("amount"))["total"] or Decimal(),
            "may_prepare": may_pay(user),
            "to_reissue": to_reissue(batch.items.all()).count(),
            "return_files": batch.return_files.defer("content").select_related("read_by"),
        }


class BatchItemDetail(RecordDetail):
    """One item of a batch. What happened to it stands in the versions of its batch and of its disbursement."""

    def get_context_data(self, **kwargs):
        record = self.get_record()
        return KindPage.get_context_data(
            self,
            record=record,
            caption=caption(self.kind, record, self.request.user.union.path),
            sections=[self._section(section, record) for section in self.kind.sections],
            links=self._links(record),
            reveal_url=self._reveal_url(record),
            **kwargs,
        )


class PayerPage(PortalPage):
    """A page on which the 填报单位 pays; for others of the scope a 403 with the reason."""

    permission = PREPARE

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and can(request.user, self.permission) and not request.user.union.is_reporting:
            raise PermissionDenied(_("发放批次由填报单位编制和复核。"))
        return super().dispatch(request, *args, **kwargs)


class PaymentFormPage(FormMixin, PayerPage, ProcessFormView):
    """One form about money. What the service refuses is shown on it, with everything that was typed."""

    template_name = "aid/payment/form.html"
    heading = ""
    intro = ""
    button = gettext_lazy("保存")
    done = gettext_lazy("已保存。")
    back_url = ""

    def get_context_data(self, **kwargs):
        shown = {"heading": self.heading, "intro": self.intro, "button": self.button, "back_url": self.back_url}
        return super().get_context_data(**{**shown, **kwargs})

    @property
    def by(self) -> By:
        """Who acts, and from where."""
        return By.of(self.request)

    def save(self, cleaned_data: dict):
        """Call the service; the answer where it is not `address_after`."""
        raise NotImplementedError

    def form_valid(self, form):
        try:
            answer = self.save(form.cleaned_data)
        except MoveRefused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        if answer is None:
            messages.success(self.request, self.done)
        return answer or redirect(self.address_after())

    def address_after(self) -> str:
        return self.back_url


class BatchFormPage(PaymentFormPage):
    """One form about one batch."""

    @cached_property
    def batch(self) -> PaymentBatch:
        return find_batch(self.request.user, self.kwargs["pk"])

    @property
    def back_url(self) -> str:
        return reverse("paymentbatch_detail", args=[self.batch.pk])

    def get(self, request, *args, **kwargs):
        _batch = self.batch  # 404 before anything is shown
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        _batch = self.batch
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(batch=self.batch, **kwargs)


class BatchCreate(SentOnce, PaymentFormPage):
    """The terms of a new batch; its cases are picked next. Sent twice it is made once."""

    form_class = BatchForm
    heading = gettext_lazy("新建发放批次")
    intro = gettext_lazy("先定活动年度、资金来源和发放方式，再挑选已审批通过、还没有足额发放的申请。")
    button = gettext_lazy("下一步：挑选申请")

    @property
    def back_url(self) -> str:
        return reverse("paymentbatch_list")

    def get_context_data(self, **kwargs):
        return super().get_context_data(sources=self._sources(), **kwargs)

    def _sources(self):
        unit = self.request.user.union
        return [(label, balance_of(unit, source)) for source, label in BatchForm.base_fields["source"].choices]

    def save(self, cleaned_data):
        return redirect("paymentbatch_pick", open_batch(**cleaned_data, by=self.by).pk)


class BatchRelease(BatchFormPage):
    """The pre-flight, and the second person's word."""

    permission = RELEASE
    template_name = "aid/payment/release.html"
    form_class = ReleaseForm
    heading = gettext_lazy("复核发放")
    done = gettext_lazy("已复核发放：明细已定，资金已占用。请经办人生成银行文件或打印签领表。")

    @cached_property
    def found(self):
        return preflight(self.batch)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"has_doubts": bool(self.found.doubts)}

    def get_context_data(self, **kwargs):
        is_own = self.batch.made_by_id == self.request.user.pk
        may_return = self.batch.is_handed_over and not is_own
        return super().get_context_data(
            found=self.found,
            is_own=is_own,
            may_release=self.batch.is_draft and may_return and not self.found.faults,
            return_form=ReturnForm() if may_return else None,
            **kwargs,
        )

    def save(self, cleaned_data):
        release_batch(self.batch, confirmed=cleaned_data.get("confirmed", False), by=self.by)


class BatchCheck(BatchFormPage):
    """The same pre-flight for who prepares the batch; nothing is sent."""

    template_name = "aid/payment/release.html"
    form_class = ReleaseForm
    heading = gettext_lazy("发放前检查")
    http_method_names = ["get"]

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"has_doubts": False}

    def get_context_data(self, **kwargs):
        return super().get_context_data(found=preflight(self.batch), only_check=True, **kwargs)


class BatchHandOver(PortalView):
    """The button by which who made a draft tells the second person that it is ready."""

    permission = PREPARE
    http_method_names = ["post", "options"]

    def post(self, request, pk: int):
        batch = find_batch(request.user, pk)
        try:
            hand_over(batch, by=By.of(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("已送复核，等待单位审核人复核发放。"))
        return redirect("paymentbatch_detail", pk)


class BatchReturn(BatchFormPage):
    permission = RELEASE
    form_class = ReturnForm
    heading = gettext_lazy("退回修改")
    intro = gettext_lazy("退回后由编制人更正，再送复核。")
    button = gettext_lazy("退回修改")
    done = gettext_lazy("批次已退回。")

    def save(self, cleaned_data):
        return_batch(self.batch, **cleaned_data, by=self.by)


class BatchCancel(BatchFormPage):
    form_class = ReasonForm
    heading = gettext_lazy("取消批次")
    intro = gettext_lazy("取消后，批次中的申请可以编入其他批次。")
    button = gettext_lazy("取消批次")
    done = gettext_lazy("批次已取消。")

    def save(self, cleaned_data):
        cancel_batch(self.batch, **cleaned_data, by=self.by)


class BatchRecall(BatchFormPage):
    permission = RELEASE
    form_class = ReasonForm
    heading = gettext_lazy("撤回发放")
    intro = gettext_lazy("银行文件还没有生成时可以撤回：占用的资金退回，申请可以重新编入批次。")
    button = gettext_lazy("撤回发放")
    done = gettext_lazy("发放已撤回。")

    def save(self, cleaned_data):
        recall_batch(self.batch, **cleaned_data, by=self.by)


class BatchReissue(PortalView):
    """A new draft with what failed."""

    permission = PREPARE

    def post(self, request, pk: int):
        batch = find_batch(request.user, pk)
        try:
            fresh, added = reissue_failed(batch, by=By.of(request))
        except MoveRefused as refused:
            messages.error(request, str(refused))
            return redirect("paymentbatch_detail", pk)
        words = _(
            "已建立重发批次，含 %(count)d 笔。请在家庭或子女的档案中更正银行卡或户名，更正后由单位审核人复核发放。"
        )
        messages.success(request, words % {"count": added.count})
        return redirect("paymentbatch_detail", fresh.pk)
