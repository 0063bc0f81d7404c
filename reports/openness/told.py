"""What a public page tells besides figures: notices that hang today, projects that were accepted, exemplars."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from aid.enums import ExemplarFileKind
from aid.models import Exemplar, ExemplarFile, NoticeBoard, Project, PublicNotice
from portal.models import Union
from reports.enums import PublicPart
from reports.openness.hiding import LEAST
from reports.openness.pages import Page

MOST = 50  # projects or exemplars, the latest; a page of more is read by nobody


@dataclass(frozen=True)
class Hanging:
    """A notice of today: by which union, from when to when, and the page that shows its sheet."""

    pk: int
    union: Union
    first_day: datetime.date
    last_day: datetime.date
    url: str


def hanging(page: Page) -> list[Hanging]:
    """The running notices of the unit and of the unions below it. Two queries; none where the part is off."""
    if PublicPart.NOTICES not in page.shown:
        return []
    notices = PublicNotice.objects.in_union(page.unit).running().filter(noticed__taken_off=False).distinct()
    found = list(notices.select_related("union").order_by("last_day", "pk"))
    boards = NoticeBoard.objects.filter(union__in=[notice.union_id for notice in found])
    tokens = dict(boards.values_list("union", "token"))
    return [
        Hanging(
            notice.pk,
            notice.union,
            notice.first_day,
            notice.last_day,
            reverse("notice_board", args=[tokens[notice.union_id]]),
        )
        for notice in found
        if notice.union_id in tokens
    ]


def exemplars(page: Page) -> list[Exemplar]:
    """Those that are public now, the latest first, each with `pictures`. Two queries; none where the part is off."""
    if PublicPart.EXEMPLARS not in page.shown:
        return []
    public = Exemplar.objects.in_union(page.unit).filter(published_on__isnull=False).select_related("union")
    found = list(public.order_by("-published_on", "-pk")[:MOST])
    pictures: dict[int, list[int]] = {}
    for pk, exemplar in _pictures().filter(exemplar__in=found).order_by("pk").values_list("pk", "exemplar"):
        pictures.setdefault(exemplar, []).append(pk)
    for exemplar in found:
        exemplar.pictures = pictures.get(exemplar.pk, [])
    return found


def projects(page: Page) -> list[Project]:
    """The projects of the unit and of those below it that were accepted, the latest first, each with what was `paid`.

    `reached` is how many children got something of it, None where they are fewer than `LEAST`. One query; none where
    the part is off.
    """
    if PublicPart.PROJECTS not in page.shown:
        return []
    accepted = Project.objects.in_union(page.unit).filter(accepted_on__isnull=False).as_listed()
    found = list(accepted.select_related("union", "organisation").order_by("-accepted_on", "-pk")[:MOST])
    for project in found:
        project.reached = project.children_aided if project.children_aided >= LEAST else None
    return found


def picture(page: Page, pk: int) -> ExemplarFile | None:
    """One picture of an exemplar that is public now; None for any other file."""
    if PublicPart.EXEMPLARS not in page.shown:
        return None
    return _pictures().in_union(page.unit).filter(pk=pk, exemplar__published_on__isnull=False).first()


def _pictures():
    return ExemplarFile.objects.filter(kind=ExemplarFileKind.PICTURE)


def title_of(notice: Hanging) -> str:
    days = {"union": notice.union.name, "first": notice.first_day, "last": notice.last_day}
    return _("%(union)s金秋助学公示（%(first)s 至 %(last)s）") % days
