"""Forms in which a record of another kind is chosen from a list: a sponsor, a practice post."""

from collections.abc import Iterator
from datetime import timedelta

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.models import PracticePost, Sponsor
from portal.models import User
from portal.records.editing.fields import CHOOSE
from portal.records.editing.form import RecordForm

MOST_OFFERED = 500
RECENT = timedelta(days=550)  # posts of this season and of the one before


class ChoosingForm(RecordForm):
    """The field `chosen` is a list of what lies within scope; with too many of them its number is typed."""

    chosen = ""

    def __init__(self, *args, user: User, record=None, **kwargs):
        super().__init__(*args, user=user, record=record, **kwargs)
        offered = list(self.offered(user))
        current = getattr(record, self.chosen, None)
        if current is not None and current.number not in dict(offered):
            offered.append((current.number, str(current)))
        if len(offered) <= MOST_OFFERED:
            self.fields[self.chosen].widget = forms.Select(choices=[("", CHOOSE), *offered])

    def offered(self, user: User) -> Iterator[tuple[str, str]]:
        raise NotImplementedError


class PairingForm(ChoosingForm):
    chosen = "sponsor"

    def offered(self, user):
        sponsors = Sponsor.objects.visible_to(user).order_by("kind", "name")[: MOST_OFFERED + 1]
        return ((each.number, f"{each.name}（{each.get_kind_display()}）") for each in sponsors)


class PlacementForm(ChoosingForm):
    chosen = "post"

    def offered(self, user):
        recent = PracticePost.objects.visible_to(user).filter(contacted_on__gte=localdate() - RECENT)
        for each in recent.order_by("employer", "pk")[: MOST_OFFERED + 1]:
            words = {"employer": each.employer, "posts": each.posts, "number": each.number}
            yield each.number, _("%(employer)s（%(posts)d 个岗位，%(number)s）") % words
