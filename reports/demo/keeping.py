"""What a year of keeping leaves: files verified and their papers seen, families called back, the line of incomes."""

from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.casework.moving import move_case
from aid.households.household_file import verify_household
from aid.households.papers import missing, note_seen
from aid.models import AidCase, Household, MinimumIncome
from aid.standards.services import keep_standard, years_without_standard
from employment.records import FINAL
from portal.accounts.second_person import ask
from portal.audit import By
from portal.enums import AccountAct, Role
from portal.models import Campaign, Union, User
from portal.unions.home_city import home_city

LINE = Decimal(1595)  # of the last year whose standard comes with the portal
RISE = Decimal(45)  # a year, invented
LEFT = 9  # files that wait to be verified, and whose papers are not complete
CALLED, CLOSED = 12, 5  # of this year's families


def draw_the_line(reviewer: User) -> None:
    """The standards of minimum income of the years that have none."""
    for place, year in enumerate(years_without_standard(), start=1):
        note = _("演示数据，不是正式标准")
        keep_standard(
            MinimumIncome(year=year, city=home_city(), monthly=LINE + RISE * place, note=note), by=By(reviewer)
        )


def go_through_the_files(clerk: User, *, after: int) -> None:
    """Most of the open files are verified today; the papers of those `after` the first were seen."""
    homes = Household.objects.visible_to(clerk).filter(closed_on=None).select_related("union").order_by("number")
    known = list(homes[: max(0, homes.count() - LEFT)])
    for home in known[after:]:
        note_seen(home, missing(set(), has_children=True), by=By(clerk))
    for home in known:
        verify_household(home, editing=FINAL["household"].editing, by=By(clerk))


def wind_up(campaign: Campaign, clerks: list[User]) -> None:
    """Every family that was paid in a year that is over was called back, and its case closed."""
    for clerk in clerks:
        for case in paid(campaign, clerk):
            move_case(move_case(case, "follow_up", by=By(clerk)), "close", by=By(clerk))


def call_back(campaign: Campaign, clerk: User) -> None:
    """Some of this year's families were called back already, and some of those cases are closed."""
    for place, case in enumerate(paid(campaign, clerk)[:CALLED]):
        followed = move_case(case, "follow_up", by=By(clerk))
        if place < CLOSED:
            move_case(followed, "close", by=By(clerk))


def paid(campaign: Campaign, clerk: User) -> list[AidCase]:
    return list(AidCase.objects.visible_to(clerk).filter(campaign=campaign).to_follow_up().order_by("pk"))


def ask_for_an_account(security: User) -> None:
    """An account that another security administrator has to agree to."""
    union = Union.objects.get(code="310201")
    fields = {"name": "沈机电", "role": str(Role.LEAD), "union": union}
    ask(AccountAct.OPEN, username=f"bureau{localdate():%y}", union=union, fields=fields, by=By(security))
