"""The way to work of the graduates, as steps with counts."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from employment import todos
from employment.enums import Standing
from employment.graduates.board import ARRIVED
from employment.graduates.standing import with_standing
from employment.models import Graduate
from portal.access import Permission, can
from portal.desk.ways import Step, Way
from portal.models import User


def asking_steps(user: User) -> Iterator[Step]:
    """Who comes to the union, and who is put forward by the years of school."""
    keeps = can(user, Permission.KEEP_RECORDS)
    yield Step(_("待办理的咨询"), todos.enquiries(user), todos.enquiries_url(user), keeps)
    yield Step(_("拟登记毕业生"), todos.proposed(user), todos.proposed_url(user), keeps)
    yield Step(_("待答复的推荐"), todos.unanswered(user), todos.unanswered_url(user), keeps)
    yield Step(_("该做的稳岗回访"), todos.to_be_asked(user), todos.to_be_asked_url(user), keeps)


def standing_steps(user: User) -> Iterator[Step]:
    """The graduates by where they stand, in the order of the way to work."""
    graduates = with_standing(Graduate.objects.visible_to(user))
    keeps = can(user, Permission.KEEP_RECORDS)
    for standing in Standing:
        url = f"{reverse('graduate_list')}?{urlencode({'standing': standing})}"
        yield Step(standing.label, graduates.filter(standing=standing), url, keeps and standing not in ARRIVED)


WAYS = (
    Way("jobs", _("求职进展"), Permission.VIEW_RECORDS, standing_steps, kept=True),
    Way("jobs", _("咨询、推荐和回访"), Permission.VIEW_RECORDS, asking_steps, in_order=False, kept=True),
)
