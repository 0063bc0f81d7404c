"""Graduates of one unit on their way to work: employers, a fair with vacancies, offers, promises, who came."""

from datetime import date, timedelta
from itertools import cycle

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.editing.employer import EMPLOYER_FORM
from aid.editing.schooling import CHILD_FORM
from aid.enums import Trade
from aid.models import Child
from aid.models.casework.case import APPROVED_STATES
from employment.attendance.code import code_of
from employment.attendance.services import scan, sign_in
from employment.editing.graduate import GRADUATE_FORM
from employment.editing.job_event import JOB_EVENT_FORM
from employment.editing.promise import PROMISE_FORM
from employment.editing.referral import REFERRAL_FORM
from employment.editing.vacancy import VACANCY_FORM
from employment.enums import AssistanceKind, AttendanceWay, Degree, EventKind, Season
from employment.graduates.standing import seeking
from employment.models import Graduate, JobEvent, Vacancy
from employment.proposals.services import TERTIARY, unregistered
from employment.referrals.services import Answer, move_referral
from portal.audit import By
from portal.models import User
from portal.records.editing import change_record
from reports.demo import words
from reports.demo.around.applications import bring_applications
from reports.demo.typing import typed

FEW = 8
LEAVING = 3
OFFERED_AGO = timedelta(days=10)
VACANCIES = (
    ("数控操作工", Trade.C, Degree.COLLEGE, 5000, 7000),
    ("财务助理", Trade.L, Degree.BACHELOR, 5500, 8000),
    ("养老护理员", Trade.Q, Degree.COLLEGE, 4500, 6500),
)
PROMISES = (  # kind, promised so many days ago, due in so many
    (AssistanceKind.TRAINING, 40, -3),
    (AssistanceKind.INTERNSHIP, 10, 5),
    (AssistanceKind.CERTIFICATE, 5, 40),
)


def seek_work(clerk: User) -> None:
    """All of it, by the clerk of a unit."""
    _leave_school(clerk)
    graduates = list(seeking(Graduate.objects.visible_to(clerk)).select_related("union").order_by("pk")[:FEW])
    fair = _fair(clerk)
    vacancies = _vacancies(fair, clerk)
    _wish(graduates, clerk)
    _refer(graduates[:3], vacancies, clerk)
    bring_applications(graduates[6:8], vacancies[0], clerk)
    _promise(graduates[3:6], clerk)
    sign_in(fair, [each.pk for each in graduates[2:5]], way=AttendanceWay.TICKED, by=By(clerk))
    for graduate in graduates[5:6]:
        scan(fair, code_of(graduate.pk), by=By(clerk))


def _leave_school(clerk: User) -> None:
    """Some who are aided this year finish their studies in it: put forward as graduates."""
    year = localdate().year
    students = unregistered(Child.objects.visible_to(clerk)).filter(
        on_file=True, stage__in=TERTIARY, cases__campaign__year=year, cases__status__in=APPROVED_STATES
    )
    for child in students.distinct().order_by("pk")[:LEAVING]:
        change_record(CHILD_FORM, child, values={"graduates_on": date(year, 7, 1)}, by=By(clerk))


def _fair(clerk: User) -> JobEvent:
    """A job fair of the season, today."""
    today = localdate()
    season = tuple(Season)[(today.month - 3) // 3 % len(Season)]
    title = _("%(season)s专场招聘会") % {"season": season.label}
    what = {"kind": str(EventKind.JOB_FAIR.label), "season": str(season.label), "place": _("区职工服务中心一楼")}
    return typed(JOB_EVENT_FORM, clerk, title=title, posts="60", union=clerk.union.code, number="", **what)


def _vacancies(fair: JobEvent, clerk: User) -> list[Vacancy]:
    made = []
    for name, (title, trade, degree, low, high) in zip(words.EMPLOYERS, VACANCIES, strict=False):
        of = {"trade": str(trade.label), "district": clerk.union.name.removesuffix("总工会")}
        giver = typed(EMPLOYER_FORM, clerk, name=name, union=clerk.union.code, number="", **of)
        terms = of | {"degree": str(degree.label), "wage_from": str(low), "wage_to": str(high)}
        since = (localdate() - OFFERED_AGO).isoformat()
        shown = {"title": title, "posts": "5", "offered_on": since, "published": "是", "number": ""}
        made.append(typed(VACANCY_FORM, clerk, fair, employer=giver.number, **shown, **terms))
    return made


def _wish(graduates: list[Graduate], clerk: User) -> None:
    """Who is responsible, and what is wished for; one has wished for nothing yet."""
    here = clerk.union.name.removesuffix("总工会")
    for graduate, (_title, trade, _degree, low, _high) in zip(graduates[:-1], cycle(VACANCIES)):
        wishes = {"helper": clerk.name, "wished_trade": trade, "wished_wage": low, "wished_district": here}
        wishes |= {"obstacles": _("没有工作经验")}
        change_record(GRADUATE_FORM, graduate, values=wishes, by=By(clerk))


def _refer(graduates: list[Graduate], vacancies: list[Vacancy], clerk: User) -> None:
    """One offer unanswered for ten days, or since the registration, one accepted, one that led to work."""
    today = localdate()
    for graduate, vacancy, moves in zip(graduates, vacancies, ((), ("accept",), ("accept", "place")), strict=False):
        passed = max(today - OFFERED_AGO, graduate.registered_on).isoformat()
        told = typed(REFERRAL_FORM, clerk, graduate, vacancy=vacancy.number, referred_on=passed, number="")
        for move in moves:
            signed = today if move == "place" else None
            told = move_referral(told, move, by=By(clerk), answer=Answer(today, contract_on=signed))


def _promise(graduates: list[Graduate], clerk: User) -> None:
    """One overdue, one due soon, one later."""
    today = localdate()
    for graduate, (kind, ago, due) in zip(graduates, PROMISES, strict=False):
        days = {"promised_on": (today - timedelta(ago)).isoformat(), "due_on": (today + timedelta(due)).isoformat()}
        typed(PROMISE_FORM, clerk, graduate, kind=str(kind.label), **days)
