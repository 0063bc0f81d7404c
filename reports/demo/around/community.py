"""What surrounds the casework of one unit: papers, sponsors, practice, an exemplar, visits and calls."""

from datetime import timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.editing.exemplar import EXEMPLAR_FORM
from aid.editing.practice import PRACTICE_PLACEMENT_FORM
from aid.editing.sponsor import PAIRING_FORM, SPONSOR_FORM
from aid.enums import ExemplarFileKind, ExemplarKind, FollowUpKind, Programme, SponsorKind, VisitWay
from aid.households.papers import add_document, missing
from aid.models import Child, Household, PracticePost
from aid.sponsors.exemplars import add_file, publish
from aid.visits.services import Results, record_visit
from employment.records import VISIT
from portal.audit import By
from portal.models import User
from reports.demo.papers import photo, scan
from reports.demo.typing import typed, typed_values

WITH_PAPERS = 4
SPONSORS = (
    (SponsorKind.ENTERPRISE, "市慈善基金会", Programme.ENTERPRISES),  # who gave, by the sheet of contributions
    (SponsorKind.PARTY_BRANCH, "望江街道第一党支部", Programme.PARTY_BRANCHES),
    (SponsorKind.MODEL_WORKER, "高志强劳模工作室", Programme.MODEL_WORKERS),
    (SponsorKind.CIVILISED_TEAM, "东方电机三车间文明班组", Programme.CIVILISED_TEAMS),  # with the worker, not the child
)
STORY = "连续十年资助困难职工子女完成学业，每年暑期提供社会实践岗位，并安排职工结对辅导功课。"


def surround(clerk: User) -> None:
    """All of it, by the clerk of a unit."""
    children = Child.objects.visible_to(clerk).filter(household__closed_on=None)
    children = list(children.select_related("union", "person", "household__worker").order_by("pk")[:8])
    _keep_papers(clerk)
    _pair(children, clerk)
    _place(children, clerk)
    _praise(clerk)
    _visit(children, clerk)


def _keep_papers(clerk: User) -> None:
    """Whole files of some households; of the last one a paper is missing."""
    homes = Household.objects.visible_to(clerk).filter(closed_on=None).select_related("union").order_by("number")
    kinds = missing(set(), has_children=True)
    for place, home in enumerate(homes[:WITH_PAPERS], start=1):
        for which, kind in enumerate(kinds[: 2 if place == WITH_PAPERS else None]):
            add_document(home, kind=kind, name=f"{kind.label}.png", content=scan(which), by=By(clerk))


def _pair(children: list[Child], clerk: User) -> None:
    for child, (kind, name, programme) in zip(children, SPONSORS, strict=False):
        giver = typed(SPONSOR_FORM, clerk, kind=str(kind.label), name=name, union=clerk.union.code, number="")
        terms = {"sponsor": giver.number, "programme": str(programme.label), "yearly_amount": "2000"}
        whom = child.household if programme == Programme.CIVILISED_TEAMS else child
        typed(PAIRING_FORM, clerk, whom, number="", **terms)


def _place(children: list[Child], clerk: User) -> None:
    today = localdate()
    last = (today + timedelta(days=14)).isoformat()
    posts = PracticePost.objects.visible_to(clerk).order_by("number")
    for child, post in zip(children[3:5], posts, strict=False):
        typed(PRACTICE_PLACEMENT_FORM, clerk, child, post=post.number, ends_on=last, number="")


def _praise(clerk: User) -> None:
    words = {"kind": str(ExemplarKind.CARING_ENTERPRISE.label), "name": "春申食品厂", "title": _("十年助学路")}
    consent = {"consent_by": _("沈国平（厂长）"), "consent_on": localdate().isoformat()}
    consent |= {"union": clerk.union.code, "number": ""}
    made = typed(EXEMPLAR_FORM, clerk, story=STORY, **words, **consent)
    add_file(made, kind=ExemplarFileKind.PICTURE, name=_("照片.png"), content=photo(), by=By(clerk))
    add_file(made, kind=ExemplarFileKind.CONSENT, name=_("同意书.png"), content=scan(0), by=By(clerk))
    publish(made, by=By(clerk))


def _visit(children: list[Child], clerk: User) -> None:
    """One at the door with two things to do, one by telephone with one."""
    for child, by_telephone, asked in (
        (children[5], "否", (FollowUpKind.UPDATE_FILE, FollowUpKind.OFFER_PROJECT)),
        (children[6], "是", (FollowUpKind.ADJUST_STANDARD,)),
    ):
        words = {"visitor": clerk.name, "ways": [str(VisitWay.TALK.label)], "needs": _("想在暑期学编程"), "number": ""}
        values = typed_values(VISIT.editing, clerk, child, by_telephone=by_telephone, **words)
        photos = [] if by_telephone == "是" else [(_("走访照片.png"), photo())]
        record_visit(VISIT.editing, person=child, values=values, results=Results(asked, photos), by=By(clerk))
