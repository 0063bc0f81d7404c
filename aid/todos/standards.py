"""What waits where standards of aid are set."""

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aid.enums import Stage, TableState
from aid.models import AidStandard, UnitTable
from aid.standards.services import years_without_standard
from aid.todos.lists import listed
from portal.access import Permission
from portal.desk.todos import Todo
from portal.enums import OwnStandards
from portal.models import Campaign, User


def lacking_stages(_user: User) -> int:
    """The stages for which the current campaign has set nothing."""
    campaign = Campaign.objects.current()
    return len(Stage) - AidStandard.objects.filter(campaign=campaign).count() if campaign else 0


def standards_of_campaign(_user: User) -> str:
    return reverse("aidstandard_edit", args=[Campaign.objects.current().year])


def tables_to_answer(_user: User) -> QuerySet:
    """Standards that units set and the city has to agree to."""
    asked = UnitTable.objects.filter(state=TableState.ASKED)
    return asked.exclude(campaign__own_standards=OwnStandards.NONE)


def tables_refused(user: User) -> QuerySet:
    """Standards of the own unit that the city did not agree to, as long as the unit has set no others since."""
    tables = UnitTable.objects.visible_to(user)
    later = tables.filter(union=OuterRef("union"), campaign=OuterRef("campaign"), pk__gt=OuterRef("pk"))
    return tables.filter(~Exists(later), state=TableState.REFUSED)


def lacking_years(_user: User) -> int:
    return len(years_without_standard())


def minimum_incomes(_user: User) -> str:
    return reverse("minimumincome_list")


TODOS = (
    Todo(_("本年度还没有定帮扶标准的学段"), Permission.MANAGE_CAMPAIGNS, lacking_stages, standards_of_campaign),
    Todo(
        _("等您核准的单位自定帮扶标准"),
        Permission.MANAGE_CAMPAIGNS,
        tables_to_answer,
        listed("unittable_list", f"state={TableState.ASKED}"),
        urgent=True,
        act=_("核准 {count} 个单位的自定帮扶标准"),
    ),
    Todo(
        _("市总没有核准的本单位帮扶标准"),
        Permission.APPROVE_CASES,
        tables_refused,
        listed("unittable_list", f"state={TableState.REFUSED}"),
    ),
    Todo(_("还没有录入最低生活保障标准的年份"), Permission.KEEP_STANDARDS, lacking_years, minimum_incomes),
)
