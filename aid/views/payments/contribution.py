"""A contribution with its vouchers, and the second person's word that the money came in."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from aid.forms.contribution import ConfirmForm, VoucherForm
from aid.models import Contribution, ContributionVoucher
from aid.payments.confirming import against_confirming, confirm_contribution, keep_voucher
from aid.views.kept_file import KeptFileRemove
from aid.views.payments.batch import PaymentFormPage
from portal.access import Permission
from portal.records.views import RecordDetail
from portal.records.views.kept_file import KeptFileShow
from portal.refusals.lookup import get_object_or_404
from portal.web.base import PortalPage
from portal.workflow import MoveRefused


class ContributionDetail(RecordDetail):
    """The record with the scans of its voucher."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        vouchers = context["record"].vouchers.defer("content").select_related("uploaded_by").order_by("pk")
        return context | {"vouchers": vouchers}


class ContributionAct(PaymentFormPage):
    """One form about one contribution; of unions below the 填报单位 as well, which only pays."""

    @cached_property
    def contribution(self) -> Contribution:
        found = Contribution.objects.visible_to(self.request.user).select_related("union", "entered_by")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    @property
    def back_url(self) -> str:
        return reverse("contribution_detail", args=[self.contribution.pk])

    def dispatch(self, request, *args, **kwargs):
        return PortalPage.dispatch(self, request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        _contribution = self.contribution  # 404 before anything is shown
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        _contribution = self.contribution
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        subject = f"{self.contribution.number}　{self.contribution.amount:,.2f}"
        return super().get_context_data(subject=subject, **kwargs)


class ContributionConfirm(ContributionAct):
    """The second person: from then on the money can be paid."""

    permission = Permission.RELEASE_PAYMENTS
    template_name = "aid/contribution/confirm.html"
    form_class = ConfirmForm
    heading = gettext_lazy("复核收款")
    button = gettext_lazy("确认收款，可以发放")
    done = gettext_lazy("收款已复核，可以用于发放。")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"has_voucher": self.contribution.vouchers.exists()}

    def get_context_data(self, **kwargs):
        vouchers = self.contribution.vouchers.defer("content").select_related("uploaded_by").order_by("pk")
        against = against_confirming(self.contribution, self.request.user)
        return super().get_context_data(contribution=self.contribution, vouchers=vouchers, against=against, **kwargs)

    def save(self, cleaned_data):
        reason = cleaned_data.get("without_voucher", "")
        confirm_contribution(self.contribution, without_voucher=reason, by=self.by)


class ContributionVoucherAdd(ContributionAct):
    """A scan or photo of the voucher."""

    permission = Permission.KEEP_RECORDS
    form_class = VoucherForm
    heading = gettext_lazy("上传收款凭证")
    button = gettext_lazy("上传")
    done = gettext_lazy("凭证已上传。")

    def save(self, cleaned_data):
        file = cleaned_data["file"]
        try:
            keep_voucher(self.contribution, name=file.name, content=file.read(), by=self.by)
        except ValidationError as refused:
            raise MoveRefused(" ".join(refused.messages)) from None


class ContributionVoucherShow(KeptFileShow):
    model, owner, act = ContributionVoucher, "contribution", gettext_lazy("下载凭证")


class ContributionVoucherRemove(KeptFileRemove):
    model, owner, act = ContributionVoucher, "contribution", gettext_lazy("撤去凭证")
