"""Files of a batch for the bank and from the bank, and what was signed for."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.forms.payments import BankFileForm, ReasonForm, ReturnFileForm, SignForm, SignPaymentForm
from aid.models import Disbursement
from aid.payments.bank.outgoing import send_batch
from aid.payments.bank.return_table import ReturnRefused
from aid.payments.bank.returns import take_return
from aid.payments.receipts import outside_batches, sign_items, sign_payment, unsign_items
from aid.payments.workflow import against_unsigning
from aid.views.payments.batch import BY_KEY, BatchFormPage, PaymentFormPage
from portal.access import Permission
from portal.records.lists.paging import turn_to
from portal.records.lists.selection import keys_of
from portal.refusals.lookup import get_object_or_404
from portal.views.listing import page_addresses

REASONS_TOLD = 50


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003  Django's signature
    return response


class BankFileMake(BatchFormPage):
    """The bank file: shows whole cards, so it asks what for."""

    form_class = BankFileForm
    heading = gettext_lazy("生成银行文件")
    intro = gettext_lazy(
        "按复核发放时定下的明细生成，重新下载得到的文件完全相同。每个文件最多 3000 笔，超过时分成几个文件。"
    )
    button = gettext_lazy("下载银行文件")

    def save(self, cleaned_data):
        made = send_batch(self.batch, **cleaned_data, by=self.by)
        return download(made.content, made.name, made.content_type)


class ReturnFileTake(BatchFormPage):
    """The bank's answer; refused whole, with every reason, or taken whole."""

    form_class = ReturnFileForm
    heading = gettext_lazy("读入回盘文件")
    intro = gettext_lazy("笔数、金额、账号都要与送出的明细一致，否则整个文件不读入。同一份文件读两次，第二次不起作用。")
    button = gettext_lazy("读入")

    def save(self, cleaned_data):
        file = cleaned_data.pop("file")
        found = take_return(self.batch, content=file.read(), name=file.name, **cleaned_data, by=self.by)
        words = (
            _("这份回盘文件以前读过，没有重复登记。")
            if found.again
            else _("已读入：成功 %(paid)d 笔，失败 %(failed)d 笔。")
        )
        self.done = words % {"paid": found.paid, "failed": found.failed} + found.notice

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ReturnRefused as refused:
            reasons = refused.reasons[:REASONS_TOLD]
            if len(refused.reasons) > REASONS_TOLD:
                reasons.append(_("还有 %(count)d 处，没有全部列出。") % {"count": len(refused.reasons) - REASONS_TOLD})
            form.add_error("file", [ValidationError(_("整个文件没有读入。")), *map(ValidationError, reasons)])
            return self.form_invalid(form)


class BatchSign(BatchFormPage):
    """Who signed, who did not come: ticked from the list of what is still pending."""

    template_name = "aid/payment/sign.html"
    form_class = SignForm
    heading = gettext_lazy("登记签领")
    button = gettext_lazy("登记选中的各笔")

    def get_context_data(self, **kwargs):
        pending = self.batch.items.filter(result="pending").select_related("line", "case__child").defer("line__card")
        page = turn_to(self.request.GET, pending, pending, BY_KEY)
        shown = {"items": page.records, "page": page, "pages": page_addresses(self.request, page)}
        chosen = keys_of(self.request.POST, "item")
        return super().get_context_data(chosen=chosen, **shown, **kwargs)

    def save(self, cleaned_data):
        keys = keys_of(self.request.POST, "item")
        if "all" in self.request.POST:
            keys = list(self.batch.items.filter(result="pending").values_list("pk", flat=True))
        count = sign_items(self.batch, keys, **cleaned_data, by=self.by)
        self.done = _("已登记 %(count)d 笔。") % {"count": count}
        if not count:
            messages.info(self.request, _("没有选中待发放的明细，没有登记。"))


class BatchUnsign(BatchFormPage):
    """What was signed for by mistake, taken back by the second person: ticked from the list of what is signed for."""

    permission = Permission.RELEASE_PAYMENTS
    template_name = "aid/payment/unsign.html"
    form_class = ReasonForm
    heading = gettext_lazy("撤回签领")
    button = gettext_lazy("撤回选中的各笔")

    def get_context_data(self, **kwargs):
        signed = self.batch.items.filter(result="paid").select_related("line", "case__child").defer("line__card")
        page = turn_to(self.request.GET, signed, signed, BY_KEY)
        shown = {"items": page.records, "pages": page_addresses(self.request, page)}
        hindrance = against_unsigning(self.batch, self.request.user)
        chosen = keys_of(self.request.POST, "item")
        return super().get_context_data(chosen=chosen, hindrance=hindrance, **shown, **kwargs)

    def save(self, cleaned_data):
        count = unsign_items(self.batch, keys_of(self.request.POST, "item"), **cleaned_data, by=self.by)
        self.done = _("已撤回 %(count)d 笔签领，请重新登记。") % {"count": count}


class DisbursementSign(PaymentFormPage):
    """A pending payment without a batch was signed for."""

    form_class = SignPaymentForm
    heading = gettext_lazy("登记签领")
    intro = gettext_lazy("适用于随工作簿导入、不在发放批次中的待发放记录。")
    button = gettext_lazy("登记为已发放")
    done = gettext_lazy("已登记为已发放。")

    @cached_property
    def payment(self) -> Disbursement:
        payments = Disbursement.objects.visible_to(self.request.user).select_related("item", "union")
        return get_object_or_404(payments, pk=self.kwargs["pk"])

    @property
    def back_url(self) -> str:
        return reverse("disbursement_detail", args=[self.payment.pk])

    def get(self, request, *args, **kwargs):
        _payment = self.payment
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        _payment = self.payment
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        subject = f"{self.payment.number}　{self.payment.amount:,.2f}"
        return super().get_context_data(subject=subject, is_open=outside_batches(self.payment), **kwargs)

    def save(self, cleaned_data):
        sign_payment(self.payment, **cleaned_data, by=self.by)
