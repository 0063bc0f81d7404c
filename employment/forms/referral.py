"""Forms of a referral: which offer is passed on, and what was answered."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.forms.case import DAY, ActForm
from aid.forms.sponsor import MOST_OFFERED, ChoosingForm
from employment.models import Vacancy
from employment.referrals.services import LONGEST_NOTE, Answer
from portal.forms.bounded import DayField
from portal.records.editing.fields import DateInput
from portal.workflow import Move


class ReferralForm(ChoosingForm):
    chosen = "vacancy"

    def offered(self, user):
        vacancies = Vacancy.objects.visible_to(user).open_on(localdate()).select_related("employer")
        for each in vacancies.order_by("title", "pk")[: MOST_OFFERED + 1]:
            words = {"title": each.title, "employer": each.employer.name, "number": each.number}
            yield each.number, _("%(title)s（%(employer)s，%(number)s）") % words


class AnswerForm(ActForm):
    """The day and the words of a move; of a placement also the day of the contract."""

    day = DayField(label=gettext_lazy("日期"), widget=DateInput(format=DAY), initial=localdate)
    contract_on = DayField(
        label=gettext_lazy("签约日期"),
        widget=DateInput(format=DAY),
        required=False,
        help_text=gettext_lazy("已签约的填写，写入毕业生的签约日期；没有签约的留空。"),
    )
    note = forms.CharField(
        label=gettext_lazy("说明"), max_length=LONGEST_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, move: Move, **kwargs):
        super().__init__(*args, **kwargs)
        if move.name != "place":
            del self.fields["contract_on"]
        self.fields["note"].required = move.reason

    def answer(self) -> Answer:
        given = self.cleaned_data
        return Answer(given["day"], given["note"], given.get("contract_on"))
