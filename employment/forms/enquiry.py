"""Forms of an enquiry's moves: the record that it became, or words and where it goes."""

from collections.abc import Sequence

from django import forms
from django.db.models import Model
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.forms.case import ActForm
from employment.enquiries.becoming import BECOMING, MOST_OFFERED
from employment.enquiries.services import LONGEST_WORDS, Told
from employment.models import Enquiry
from employment.models.enquiry import ANSWER_TERM
from portal.forms.bounded import DayField
from portal.forms.union import UnionNamedField
from portal.identity import IdentityError
from portal.models import User
from portal.records.editing.fields import DateInput
from portal.words.contacts import is_sensitive
from portal.workflow import Move

LONGEST_NUMBER = 40
TERM_WORDS = gettext_lazy("没有另外要求的，7 天内办结。")
# What the words of a move are called, where they are no account of what was done.
WORDS = {
    "hand_down": gettext_lazy("下派要求"),
    "send_back": gettext_lazy("退回原因"),
    "recall": gettext_lazy("收回原因"),
    "redo": gettext_lazy("重办原因"),
    "reply": gettext_lazy("答复"),
}


class EnquiryMoveForm(ActForm):
    """What is told with a move: `told` after it was found valid."""

    words = forms.CharField(
        label=gettext_lazy("办理说明"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, move: Move, user: User, enquiry: Enquiry | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.enquiry, self.user = enquiry, user
        self.fields["words"].required = move.reason
        self.fields["words"].label = WORDS.get(move.name, self.fields["words"].label)

    def clean_words(self) -> str:
        """Kept and shown as they are, so they hold no such number."""
        words = self.cleaned_data["words"]
        if is_sensitive(words):
            raise forms.ValidationError(_("办理说明中不要填写身份证号、银行卡号或电话号码。"))
        return words

    def told(self) -> Told:
        return Told(self.cleaned_data["words"])


class ReferForm(EnquiryMoveForm):
    """Where it goes: a union of the city, or somebody outside, told in words."""

    to = UnionNamedField(
        label=gettext_lazy("转往本市工会"),
        required=False,
        help_text=gettext_lazy(
            "从列出的填报单位中选择，或填写对方工会的全称或编码，咨询内容随即出现在对方的待办中；"
            "转街道、民政等工会以外的单位时留空，在办理说明中写明。"
        ),
    )
    field_order = ("to", "words")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].suggest()

    def told(self) -> Told:
        return Told(self.cleaned_data["words"], to=self.cleaned_data["to"])


def usual_term():
    return localdate() + ANSWER_TERM


class HandDownForm(EnquiryMoveForm):
    """To whom the city hands one down, or many, and by when the answer is wanted."""

    to = UnionNamedField(
        label=gettext_lazy("承办单位"),
        help_text=gettext_lazy("从列出的填报单位中选择，或填写工会的全称或编码；咨询随即出现在该单位的待办中。"),
    )
    due_on = DayField(
        label=gettext_lazy("办理期限"), initial=usual_term, widget=DateInput(format="%Y-%m-%d"), help_text=TERM_WORDS
    )
    field_order = ("to", "due_on", "words")

    def __init__(self, *args, enquiry: Enquiry | None = None, many: Sequence[Enquiry] = (), **kwargs):
        super().__init__(*args, enquiry=enquiry, **kwargs)
        self.fields["to"].suggest()
        named = {each.proposed for each in (many or filter(None, [enquiry]))}
        if len(named) == 1 and (only := named.pop()):
            self.fields["to"].initial = f"{only.code} {only.name}"
        elif named and None not in named:
            self.fields["to"].required = False
            self.fields["to"].help_text = _(
                "留空，就各按热线清单上的承办单位下派（见下表）；要一起交给一个单位的，在这里选。"
            )

    def told(self) -> Told:
        given = self.cleaned_data
        return Told(given["words"], to=given["to"], due_on=given["due_on"])


class BecomeForm(EnquiryMoveForm):
    """A record of one's own: one of those offered, or another by its number.

    Where neither the name nor the identity number fits, the form comes back and says whose record it is; a box says
    that it is meant all the same. `asked` is the record that the box is about: another number is asked about anew.
    """

    chosen = forms.ChoiceField(label=gettext_lazy("可能的记录"), required=False, widget=forms.RadioSelect)
    typed = forms.CharField(required=False, max_length=LONGEST_NUMBER)
    field_order = ("chosen", "typed", "words")

    def __init__(self, *args, move: Move, enquiry: Enquiry, user: User, **kwargs):
        super().__init__(*args, move=move, enquiry=enquiry, user=user, **kwargs)
        self.becoming = BECOMING[move.name]
        self.offered = {str(each.pk): each for each in self.becoming.offered(enquiry, user)[:MOST_OFFERED]}
        self.fields["chosen"].choices = [(pk, self.becoming.words(each)) for pk, each in self.offered.items()]
        self.fields["typed"].label = self.becoming.label
        self.fields["typed"].widget.attrs["autocomplete"] = "off"
        if self.offered:
            self.fields["typed"].help_text = _("上面没有的，在这里填写。")
        else:
            del self.fields["chosen"]
        if self.data.get("asked"):
            self._add_box()

    def _add_box(self) -> None:
        self.fields["asked"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.fields["is_meant"] = forms.BooleanField(label=_("核对无误，确属此人或此户"), required=False)

    def clean(self):
        given = super().clean()
        chosen, typed = given.get("chosen", ""), given.get("typed", "").strip()
        if bool(chosen) == bool(typed) and not self.errors:
            self.add_error("typed", _("只能选一条记录，请二者取一。") if chosen else _("请选择或填写一条记录。"))
        given["record"] = self.offered[chosen] if chosen else self._named(typed)
        if given["record"] and not self.errors and not self._is_the_right_one(given["record"]):
            self._ask(given["record"])
        return given

    def _is_the_right_one(self, record: Model) -> bool:
        """Whether it is of the enquirer's name or identity number, or was said to be meant."""
        given = self.cleaned_data
        is_meant = given.get("is_meant") and given["asked"] == str(record.pk)
        return is_meant or self.becoming.offered(self.enquiry, self.user).filter(pk=record.pk).exists()

    def _ask(self, record: Model) -> None:
        self._add_box()
        self.data = self.data.copy()
        self.data["asked"] = str(record.pk)
        self.data.pop("is_meant", None)
        words = _("这是“%(record)s”，姓名和证件号码都与咨询人不符；确属此人或此户的，请勾选后再关联。")
        self.add_error("is_meant", words % {"record": self.becoming.words(record)})

    def _named(self, typed: str):
        if not typed:
            return None
        try:
            found = self.becoming.find(typed, self.user).first()
        except IdentityError as error:
            self.add_error("typed", str(error))
            return None
        if found is None:
            self.add_error("typed", _("在您的工会范围内没有找到，请核对。"))
        return found

    def told(self) -> Told:
        return Told(self.cleaned_data["words"], record=self.cleaned_data["record"])


def form_of(move: Move) -> type[EnquiryMoveForm]:
    if move.name in BECOMING:
        return BecomeForm
    return {"refer": ReferForm, "hand_down": HandDownForm}.get(move.name, EnquiryMoveForm)
