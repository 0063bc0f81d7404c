"""What a sponsor gave and whom it reached, as numbers and as a letter of thanks."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.models import AidCase, Contribution, Pairing, Sponsor
from aid.models.casework.case import APPROVED_STATES
from aid.records.sponsor import cases_of, contributions_of
from portal.documents.docx import add_signature, add_table, add_text, add_title, new_document, saved
from portal.identity import mask_name
from portal.models import User

MOST_IN_A_LETTER = 200


@dataclass(frozen=True)
class Reach:
    """Yuan given, and children reached: paired, or on an approved case that names the sponsor."""

    given: Decimal
    children: int


def pairings_of(sponsor: Sponsor, user: User) -> QuerySet:
    return Pairing.objects.visible_to(user).filter(sponsor=sponsor)


def _cases(sponsor: Sponsor, user: User) -> QuerySet:
    return AidCase.objects.visible_to(user).filter(cases_of(sponsor), status__in=APPROVED_STATES)


def reach(sponsor: Sponsor, user: User) -> Reach:
    """Within the scope of `user`. Three questions, however many children."""
    gifts = Contribution.objects.visible_to(user).filter(contributions_of(sponsor))
    children = set(pairings_of(sponsor, user).order_by().values_list("child__person", flat=True))
    children.update(_cases(sponsor, user).order_by().values_list("person", flat=True))
    return Reach(gifts.aggregate(total=Sum("amount"))["total"] or Decimal(), len(children))


def _reached(sponsor: Sponsor, user: User) -> Iterator[tuple[str, str, str]]:
    """Masked name, stage and programme of each child, once."""
    told = set()
    for pairing in pairings_of(sponsor, user).select_related("child").order_by("starts_on", "pk"):
        if pairing.child.person_id not in told:
            told.add(pairing.child.person_id)
            yield mask_name(pairing.child.name), pairing.child.get_stage_display(), pairing.get_programme_display()
    for case in _cases(sponsor, user).select_related("child").order_by("campaign", "pk"):
        if case.person_id not in told:
            told.add(case.person_id)
            yield mask_name(case.child.name), case.get_stage_display(), case.programme or case.get_mode_display()


def letter_of_thanks(sponsor: Sponsor, user: User) -> bytes:
    """感谢信 as a .docx: what was given, and the children reached, by surname alone."""
    found, rows = reach(sponsor, user), list(_reached(sponsor, user))
    book = new_document(_("感谢信"))
    add_title(book, _("感谢信"))
    add_text(book, _("%(sponsor)s：") % {"sponsor": sponsor.name}, indent=False)
    add_text(book, _("衷心感谢贵方热心参与工会金秋助学活动，关爱困难职工、农民工家庭子女。"))
    if found.given:
        add_text(book, _("截至目前，贵方共出资 %(given)s 元。") % {"given": f"{found.given:,.2f}"})
    if rows:
        add_text(book, _("贵方的爱心帮助了 %(children)d 名学生：") % {"children": found.children})
        headings = (_("序号"), _("学生"), _("学段"), _("结对项目"))
        add_table(book, headings, ([str(n), *row] for n, row in enumerate(rows[:MOST_IN_A_LETTER], 1)))
    add_text(book, _("谨代表受助学生和家庭向贵方致以诚挚的谢意！"))
    today = localdate()
    add_signature(book, sponsor.union.name)
    add_signature(book, _("%(y)d 年 %(m)d 月 %(d)d 日") % {"y": today.year, "m": today.month, "d": today.day})
    return saved(book)
