"""To which activities the chosen children came."""

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from aid.forms.case import ActForm
from aid.models import Activity
from portal.models import User

LATEST = 60  # activities that are offered; a series of a summer has fewer


class CameForm(ActForm):
    """The latest activities in scope that were held, several of which may be ticked: the lessons of a series."""

    activities = forms.ModelMultipleChoiceField(
        label=_("参加了哪些活动"), queryset=Activity.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        held = Activity.objects.visible_to(user).filter(held_on__lte=localdate())
        latest = held.order_by("-held_on", "-pk").values_list("pk", flat=True)[:LATEST]
        self.fields["activities"].queryset = Activity.objects.filter(pk__in=list(latest)).order_by("-held_on", "-pk")
