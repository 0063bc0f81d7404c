"""How banks want their files: a table kept by the city, used by every unit."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.forms.payments import LayoutForm, in_words
from aid.models import BankLayout
from aid.payments.bank.layouts import TO_FILL_IN
from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.enums import AuditAction
from portal.keeping import keep_along
from portal.records.exporting.resource import ExportColumn
from portal.refusals.lookup import get_object_or_404
from portal.views.exporting import WholeListExport
from portal.web.base import PortalPage
from portal.web.sent_once import SentOnce


def _columns(layout: BankLayout) -> str:
    """The headings, each with what stands below it where that has another name."""
    told = ((heading, in_words(value)) for heading, value in layout.columns)
    return "　".join(heading if heading == value else f"{heading}（{value}）" for heading, value in told)


def _head(layout: BankLayout) -> str:
    """The cells above the headings: `A2 总金额　B2 {sum}`."""
    known = {"{sum}": _("（总金额）"), "{count}": _("（总笔数）"), "{title}": _("（用途）")}
    return "　".join(f"{place} {known.get(text, text)}" for place, text in layout.head)


class BankLayoutList(PortalPage):
    permission = Permission.VIEW_RECORDS
    template_name = "aid/payment/layouts.html"

    def get_rows(self) -> list[tuple[BankLayout, str, str]]:
        """Each layout with its columns and head in words."""
        return [(layout, _columns(layout), _head(layout)) for layout in BankLayout.objects.all()]

    def get_context_data(self, **kwargs):
        given = {"layouts": self.get_rows(), "export_url": reverse("banklayout_export")}
        may_edit = can(self.request.user, Permission.MANAGE_CAMPAIGNS)
        return super().get_context_data(may_edit=may_edit, **given, **kwargs)


class BankLayoutExport(WholeListExport, BankLayoutList):
    permission = Permission.EXPORT_LISTS
    title = gettext_lazy("银行文件格式")
    list_name = "banklayout_list"
    columns = (
        ExportColumn(gettext_lazy("格式名称"), lambda row: row[0].name),
        ExportColumn(gettext_lazy("列"), lambda row: row[1]),
        ExportColumn(gettext_lazy("表头单元格"), lambda row: row[2]),
        ExportColumn(gettext_lazy("明细从第几行开始"), lambda row: row[0].first_row),
    )


class BankLayoutCreate(SentOnce, PortalPage):
    """A new layout, or a changed one. Two who change one: the second is told."""

    permission = Permission.MANAGE_CAMPAIGNS
    template_name = "aid/payment/form.html"

    @cached_property
    def layout(self) -> BankLayout | None:
        return None

    def get_context_data(self, **kwargs):
        like = TO_FILL_IN.get(self.request.GET.get("like"))
        begun = BankLayout(**like) if like and not self.layout else None
        kwargs.setdefault("form", LayoutForm(instance=self.layout, like=begun))
        heading = _("修改银行文件格式") if self.layout else _("新建银行文件格式")
        back = reverse("banklayout_list")
        return super().get_context_data(heading=heading, button=_("保存"), back_url=back, **kwargs)

    @transaction.atomic
    def post(self, request, **_kwargs):
        form = LayoutForm(request.POST, instance=self.layout)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        layout = form.save(commit=False)
        seen = form.cleaned_data["version"] or 0
        if layout.pk:
            current = BankLayout.objects.select_for_update().get(pk=layout.pk)
            if current.version != seen:
                form.add_error(None, _("您打开之后，有人已修改了这个格式。请返回重新打开，再修改。"))
                return self.render_to_response(self.get_context_data(form=form))
            layout.version = seen
        by = By.of(request)
        keep_along(layout, by)
        audit.record(AuditAction.FORM_CHANGED, by=by, subject=f"{layout._meta.verbose_name} {layout.name}")
        messages.success(request, _("银行文件格式已保存。"))
        return redirect("banklayout_list")


class BankLayoutEdit(BankLayoutCreate):
    @cached_property
    def layout(self) -> BankLayout:
        return get_object_or_404(BankLayout, pk=self.kwargs["pk"])
