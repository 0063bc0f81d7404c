"""感谢信 to a sponsor: what it gave and whom it helped, by surname alone."""

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.models import Sponsor
from aid.sponsors.sponsoring import reach, reached
from portal.printouts.content import Align, Printout, Prose, Ruled, Sealed, heading_line, list_line
from portal.printouts.kind import Asked, PrintoutKind
from portal.words.on_paper import day_on_paper

MOST_IN_A_LETTER = 200


def letter_of_thanks(sponsor: Sponsor, asked: Asked) -> Printout:
    """Within the scope of who asks."""
    found, children = reach(sponsor, asked.user), list(reached(sponsor, asked.user))[:MOST_IN_A_LETTER]
    blocks = [
        Prose(_("%s：") % sponsor.name, Align.FLUSH),
        Prose(_("衷心感谢贵方热心参与工会金秋助学活动，关爱困难职工、农民工家庭子女。")),
    ]
    if found.given:
        blocks.append(Prose(_("截至目前，贵方共出资 %s 元。") % f"{found.given:,.2f}"))
    if children:
        head = heading_line((_("序号"), 3), (_("学生"), 5), (_("学段"), 4), (_("结对项目"), 12))
        lines = (list_line(head, (str(number), *told)) for number, told in enumerate(children, start=1))
        blocks += [Prose(_("贵方的爱心帮助了 %d 名学生：") % found.children), Ruled((head, *lines), heads=1)]
    if found.workers:
        blocks.append(Prose(_("贵方牵手帮扶了 %d 名困难职工。") % found.workers))
    blocks.append(Prose(_("谨代表受助学生和家庭向贵方致以诚挚的谢意！")))
    blocks.append(Sealed(sponsor.union.name, day_on_paper(localdate())))
    return Printout(str(LETTER_OF_THANKS.title), tuple(blocks), is_form=False)


def _as_it_is(sponsors: QuerySet) -> QuerySet:
    return sponsors


LETTER_OF_THANKS = PrintoutKind(
    model=Sponsor,
    noun="sponsors",
    act="letter",
    title=gettext_lazy("感谢信"),
    content=letter_of_thanks,
    read=_as_it_is,
    number=lambda sponsor: sponsor.number,
)
