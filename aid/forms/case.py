"""Forms of an aid case: why it is moved, where it is shown, what became of the policies, who objects."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from django import forms
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.casework.moving import LONGEST_OPINION
from aid.casework.notices import Details
from aid.casework.objections import MOST_FILES
from aid.casework.policies import Answer
from aid.enums import CaseReason, NoticeApart, NoticeKind, ObjectionOutcome, Policy, PolicyFilling, PolicyOutcome, Stage
from aid.forms.received import ReceivedForm
from aid.models import PolicyAid
from portal.documents.file_kinds import LARGEST_SCAN, PICTURES, SCANS
from portal.forms.bounded import DayField, YuanField
from portal.gate.field import UploadField, UploadsField
from portal.records.editing.fields import CHOOSE, DateInput
from portal.web.layout import form_helper
from portal.words.bounds import MOST_OF_ONE
from portal.workflow import Move

AMOUNT = {"most": MOST_OF_ONE}
DAY = "%Y-%m-%d"


class ActForm(forms.Form):
    """A form drawn by crispy; `show` puts the sentences of a service beside the fields they are about."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = form_helper()

    def show(self, refused) -> None:
        by_field = refused.error_dict if hasattr(refused, "error_dict") else {None: refused.error_list}
        for field, errors in by_field.items():
            self.add_error(field if field in self.fields else None, errors)


def opinion_field() -> forms.CharField:
    """初审意见 is printed, and need not be written."""
    return forms.CharField(
        label=_("初审意见"),
        max_length=LONGEST_OPINION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("可以不填；印在申请审批表上。"),
    )


class MoveForm(ReceivedForm, ActForm):
    """Why a case is moved: a reason where the move asks for one, words where there is something `to_explain`."""

    reason = forms.ChoiceField(label=_("原因"), choices=[("", CHOOSE), *CaseReason.choices])
    comment = forms.CharField(label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, move: Move, to_explain: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        if not move.reason:
            del self.fields["reason"]
        if move.name != "follow_up":
            self.without_received()
        if move.name == "check":
            self.fields["comment"] = opinion_field()
        if to_explain:
            self.fields["comment"].required = True
            self.fields["comment"].help_text = to_explain

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("reason") == CaseReason.OTHER and not cleaned.get("comment", "").strip():
            self.add_error("comment", _("选了“其他原因”，请写明是什么原因。"))
        return cleaned


class NoticeForm(ActForm):
    """Where and how long cases are shown, and where objections are taken."""

    apart = forms.ChoiceField(
        label=_("分张公示"), choices=NoticeApart, initial=NoticeApart.TOGETHER, required=False, widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label=_("公示范围"), choices=NoticeKind)
    place = forms.CharField(
        label=_("公示地点"),
        max_length=100,
        required=False,
        help_text=_("分张公示时，地点是各工作单位（工会）的公告栏；这里填的地点用于没有填写工作单位的家庭。"),
    )
    first_day = DayField(label=_("公示开始日期"), widget=DateInput(format=DAY))
    last_day = DayField(label=_("公示结束日期"), widget=DateInput(format=DAY))
    telephone = forms.CharField(label=_("异议受理电话"), max_length=40, help_text=_("工会办公室的电话，印在公示单上。"))

    def __init__(self, *args, sheets: Mapping[str, int] | None = None, **kwargs):
        """`sheets` tells how many sheets each way of hanging them would make."""
        super().__init__(*args, **kwargs)
        told = sheets or {}
        words = _("%(way)s（%(number)d 张）")
        self.fields["apart"].choices = [
            (way.value, words % {"way": way.label, "number": told[way]} if way in told else way.label)
            for way in NoticeApart
        ]

    def clean_apart(self) -> NoticeApart:
        return NoticeApart(self.cleaned_data["apart"] or NoticeApart.TOGETHER)

    def details(self) -> Details:
        return Details(**{name: self.cleaned_data[name] for name in Details.__dataclass_fields__})


class PolicyForm(ActForm):
    """One row for every policy asked for: what became of it, how much was granted, or why not.

    `answers` is what stands there at first; `presets` what is meant of those left blank when the form is sent.
    """

    outcomes_required = True

    def __init__(
        self,
        *args,
        policies: Iterable[Policy],
        answers: Mapping[str, PolicyAid | Answer],
        presets: Mapping[str, Answer],
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        self.policies = tuple(policies)
        for policy in self.policies:
            self._add(policy, answers.get(policy))
        if self.is_bound and presets:
            self.data = self._filled(presets)

    def _filled(self, presets: Mapping[str, Answer]) -> QueryDict:
        data = self.data.copy()
        for policy, answer in presets.items():
            if not data.get(f"{policy}_outcome"):
                data[f"{policy}_outcome"], data[f"{policy}_reason"] = answer.outcome, answer.reason
                data[f"{policy}_amount"] = "" if answer.amount is None else str(answer.amount)
        return data

    def _add(self, policy: Policy, given: PolicyAid | Answer | None) -> None:
        named = {"policy": policy.label}
        self.fields[f"{policy}_outcome"] = forms.ChoiceField(
            label=_("%(policy)s：落实情况") % named,
            required=self.outcomes_required,
            choices=[("", CHOOSE), *PolicyOutcome.choices],
            initial=given.outcome if given else "",
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.fields[f"{policy}_amount"] = YuanField(
            label=_("%(policy)s：金额") % named,
            required=False,
            initial=given.amount if given else None,
            widget=forms.TextInput(attrs={"class": "form-control number", "inputmode": "decimal"}),
            **AMOUNT,
        )
        self.fields[f"{policy}_reason"] = forms.CharField(
            label=_("%(policy)s：原因") % named,
            required=False,
            max_length=200,
            initial=given.reason if given else "",
            widget=forms.TextInput(attrs={"class": "form-control"}),
        )

    def rows(self) -> Iterator[tuple]:
        for policy in self.policies:
            yield policy.label, *(self[f"{policy}_{part}"] for part in ("outcome", "amount", "reason"))

    def answers(self) -> list[Answer]:
        given = self.cleaned_data
        return [
            Answer(str(policy), *(given[f"{policy}_{part}"] for part in ("outcome", "amount", "reason")))
            for policy in self.policies
            if given[f"{policy}_outcome"]
        ]


class ManyPoliciesForm(PolicyForm):
    """The same for many cases: what is typed holds for all of them, `filling` for the policies left blank."""

    outcomes_required = False

    filling = forms.ChoiceField(
        label=_("未填写的项目"),
        required=False,
        choices=[*PolicyFilling.choices, ("", _("不填"))],
        initial=PolicyFilling.BY_STAGE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, policies=Policy, answers={}, presets={}, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("filling") or any(cleaned.get(f"{policy}_outcome") for policy in Policy)):
            raise forms.ValidationError(_("请选择填写方式，或至少填写一项政策。"))
        return cleaned


class PhotoForm(ActForm):
    photo = UploadField(
        label=_("张贴后的照片"),
        kinds=PICTURES,
        largest=LARGEST_SCAN,
        help_text=_("JPG 或 PNG，10 MB 以内，按文件的内容检查。"),
    )


class ObjectionForm(ActForm):
    raised_on = DayField(label=_("提出日期"), initial=localdate, widget=DateInput(format=DAY))
    raised_by = forms.CharField(label=_("异议人"), max_length=100, required=False, help_text=_("可以不填；加密保存。"))
    text = forms.CharField(
        label=_("异议内容"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("加密保存。")
    )
    files = UploadsField(
        label=_("材料"),
        required=False,
        kinds=SCANS,
        largest=LARGEST_SCAN,
        most=MOST_FILES,
        help_text=_("PDF、JPG 或 PNG，每份 10 MB 以内，最多 5 份。"),
    )


class PlaceForm(ActForm):
    place = forms.CharField(
        label=_("公示地点"), max_length=100, help_text=_("起止日期不变；更正后请重新打印、张贴，并上传新的照片。")
    )


class DecisionForm(ActForm):
    outcome = forms.ChoiceField(label=_("处理结果"), choices=[("", CHOOSE), *ObjectionOutcome.choices])
    answer = forms.CharField(
        label=_("处理说明"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明调查情况和理由；加密保存。"),
    )


class StandardsForm(ActForm):
    """What a campaign grants by stage; blank where it sets nothing."""

    def __init__(self, *args, amounts: Mapping[str, Decimal], **kwargs):
        super().__init__(*args, **kwargs)
        for stage in Stage:
            self.fields[stage.value] = YuanField(
                label=stage.label, required=False, initial=amounts.get(stage.value), **AMOUNT
            )

    def clean(self):
        """Blank means that there is no standard any more; what was not sent at all means nothing."""
        for stage in Stage:
            if self.add_prefix(stage.value) not in self.data:
                self.add_error(stage.value, _("没有收到这一学段的标准，请重新打开本页再填。"))
        return super().clean()

    @property
    def amounts(self) -> dict[str, Decimal | None]:
        """What was typed, by stage; the form must be valid."""
        return {stage.value: self.cleaned_data[stage.value] for stage in Stage}


class UnitTableForm(StandardsForm):
    """What a unit grants in place of the city; beside each stage stands what the city grants."""

    def __init__(self, *args, from_city: Mapping[str, Decimal], **kwargs):
        super().__init__(*args, **kwargs)
        for stage in Stage:
            amount = from_city.get(stage)
            told = _("市总标准 %(amount)s 元") % {"amount": f"{amount:,.2f}"} if amount else _("市总没有定这一学段")
            self.fields[stage.value].help_text = told
        self.fields["grounds"] = forms.CharField(
            label=_("依据"), max_length=200, help_text=_("文件号或会议纪要，例如：区总主席办公会 2014 年第 3 次会议")
        )
