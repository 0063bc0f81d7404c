"""Bringing a case workbook in, and taking one out."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.gate.field import TableField
from portal.models import Campaign, Union
from portal.web.layout import form_helper
from portal.workbook.reading.limits import FILE_BYTES

TOO_LARGE = gettext_lazy("文件超过 %(limit)d MB，请拆分后分次导入。")


class WorkbookUploadForm(forms.Form):
    """One .xlsx file. What is in it is judged by the import, which says more than a form could."""

    file = TableField(
        label=gettext_lazy("工作簿文件"),
        accept=(".xlsx",),
        largest=FILE_BYTES,
        help_text=gettext_lazy(".xlsx 格式，不超过 10 MB、每个工作表 20000 行。"),
        error_messages={"too_large": TOO_LARGE},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()


class WorkbookExportForm(forms.Form):
    """Whose records, and of which campaign. Unions outside the scope are answered like ones that do not exist."""

    unit = forms.CharField(
        label=gettext_lazy("工会编码"), max_length=20, help_text=gettext_lazy("导出该工会及其下级工会的记录。")
    )
    campaign = forms.ModelChoiceField(
        label=gettext_lazy("活动年度"),
        queryset=Campaign.objects.all(),
        required=False,
        empty_label=gettext_lazy("全部年度"),
        help_text=gettext_lazy(
            "选定年度时，只含该年度的申请、发放及日期在其间的记录，和它们涉及的家庭、子女、毕业生。"
        ),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.unions = Union.objects.visible_to(user)
        self.helper = form_helper()

    def clean_unit(self) -> Union:
        union = self.unions.filter(code=self.cleaned_data["unit"].strip()).first()
        if union is None:
            raise forms.ValidationError(_("您的范围内没有该编码的工会，可在“工会名录”中查到编码。"))
        if union.is_city:
            raise forms.ValidationError(_("市总工会不直接拥有档案，请填写其下工会的编码。"))
        return union
