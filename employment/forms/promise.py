"""Forms of promises: kept, dropped, and what is promised next together with help."""

from collections.abc import Iterable

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.forms.case import DAY, ActForm
from employment.editing.promise import USUAL_TERM
from employment.enums import AssistanceKind
from employment.models import Assistance
from employment.promises.services import LONGEST_REASON
from portal.forms.bounded import DayField
from portal.records.editing import RecordRefused, RecordsRefused
from portal.records.editing.fields import DateInput
from portal.records.editing.form import RecordForm

IS_MEANT = gettext_lazy("确属另一次帮扶")
NEXT = ("next_kind", "next_due_on", "next_note")
OF_NEXT = {"kind": "next_kind", "due_on": "next_due_on", "promised_on": "next_due_on", "note": "next_note"}
NEXT_HELP = gettext_lazy("同时答应了下一步帮扶的填写，到期列入首页待办；没有的留空。")


class KeepForm(ActForm):
    """The help by which a promise is called kept."""

    help_ = forms.ModelChoiceField(
        label=gettext_lazy("兑现的帮扶"), queryset=Assistance.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["help_"].queryset = offered
        self.fields["help_"].label_from_instance = in_words


class DropForm(ActForm):
    """Why a promise will not be kept."""

    reason = forms.CharField(
        label=gettext_lazy("取消原因"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )


class NextPromise(forms.Form):
    """What is promised next, on a form of help: nothing where no kind is chosen."""

    next_kind = forms.ChoiceField(
        label=gettext_lazy("接着承诺的帮扶"),
        choices=[("", gettext_lazy("不承诺")), *AssistanceKind.choices],
        required=False,
    )
    next_due_on = DayField(
        label=gettext_lazy("兑现期限"),
        widget=DateInput(format=DAY),
        required=False,
        initial=lambda: localdate() + USUAL_TERM,
    )
    next_note = forms.CharField(label=gettext_lazy("承诺说明"), max_length=200, required=False)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("next_kind") and "next_due_on" in cleaned and not cleaned["next_due_on"]:
            self.add_error("next_due_on", _("请填写兑现期限。"))
        return cleaned

    def promised(self) -> dict | None:
        """The values of the promise; made on the day of the help."""
        given = self.cleaned_data
        if not given["next_kind"]:
            return None
        days = {"promised_on": given["given_on"], "due_on": given["next_due_on"]}
        return {"kind": given["next_kind"], "note": given["next_note"]} | days

    def refuse_promise(self, refused: RecordRefused | RecordsRefused, names: dict[int, str]) -> None:
        """Show why the promise cannot be made beside what was promised; `names` say of whom, where it is of many."""
        by_parent = refused.by_parent if isinstance(refused, RecordsRefused) else {0: refused.by_field}
        for parent, by_field in by_parent.items():
            for attribute, reasons in by_field.items():
                self._refuse(OF_NEXT.get(attribute), reasons, names.get(parent, ""))

    def _refuse(self, field: str | None, reasons: Iterable[str], name: str) -> None:
        for reason in reasons:
            words = _("%(name)s：%(reason)s") % {"name": name, "reason": reason} if name else reason
            if field not in self.errors or words not in self.errors[field]:
                self.add_error(field, words)


class AssistanceForm(RecordForm, NextPromise):
    """A new act of help, and what was promised next. A box says that what seems to be on file already is meant."""

    is_meant = forms.BooleanField(label=IS_MEANT, required=False)

    @property
    def groups(self):
        fields = [(self[name], None) for name in NEXT]
        promise = {"title": _("承诺"), "help": NEXT_HELP, "fields": fields}
        return [*self._doubt(), *super().groups, promise]

    def _doubt(self) -> list[dict]:
        box = self["is_meant"]
        asked = bool(box.errors or box.value())
        return [{"title": _("可能重复登记"), "help": "", "fields": [(box, None)]}] if asked else []

    def doubt(self, words: str) -> None:
        """Ask whether help that seems to be on file already is meant."""
        self.add_error("is_meant", words)


def in_words(help_: Assistance) -> str:
    return " ".join(word for word in (str(help_.given_on), help_.number, help_.provider, help_.note) if word)
