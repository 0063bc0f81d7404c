"""公示: the sheet that is posted, names masked, in the columns that the campaign chose, nothing else of a family."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.casework.notices import against_showing
from aid.enums import NoticeColumn
from aid.models import AidCase, NoticeBoard, NoticedCase, PublicNotice
from aid.notice_columns import columns_of
from portal.models import REPORTING_PATH_LENGTH
from portal.printouts.cells import Reader
from portal.printouts.content import UNITS, Boxes, Code, Printout, Prose, Ruled, Sealed, heading_line, list_line
from portal.printouts.kind import Asked, NotPrinted, PrintoutKind
from portal.records.attribute import Attribute
from portal.words.on_paper import day_on_paper

BREADTHS = {
    NoticeColumn.WORKER: 4,
    NoticeColumn.EMPLOYER: 8,
    NoticeColumn.CATEGORY: 5,
    NoticeColumn.HARDSHIP: 4,
    NoticeColumn.CHILD: 4,
    NoticeColumn.STAGE: 3,
    NoticeColumn.INTAKE: 4,
    NoticeColumn.UNION: 6,
    NoticeColumn.STANDARD: 5,
}
SERIAL = 3


def mask_one(name: str) -> str:
    """张*, 王*明, 欧阳*明: the name with the one character masked by which it could not be guessed."""
    letters = [place for place, character in enumerate(name) if character.isalnum()]
    if not letters:
        return "*" * len(name)
    place = letters[len(letters) // 2]
    return f"{name[:place]}*{name[place + 1 :]}"


HOME = "child.household"
ATTRIBUTES = {
    NoticeColumn.WORKER: Attribute(f"{HOME}.worker_name", mask=mask_one),
    NoticeColumn.EMPLOYER: Attribute(f"{HOME}.employer"),
    NoticeColumn.CATEGORY: Attribute(f"{HOME}.worker_category"),
    NoticeColumn.HARDSHIP: Attribute(f"{HOME}.hardship_category"),
    NoticeColumn.CHILD: Attribute("child.name", mask=mask_one),
    NoticeColumn.STAGE: Attribute("stage"),
    NoticeColumn.INTAKE: Attribute("intake"),
    NoticeColumn.UNION: Attribute("union.name"),
    NoticeColumn.STANDARD: Attribute("standard"),
}


def shown_on(notice: PublicNotice) -> QuerySet[NoticedCase]:
    """The cases that are still shown on a notice, with what the sheet says of them."""
    joined = ("case__child__household", "case__union", "case__campaign")
    noticed = notice.noticed.filter(taken_off=False).select_related(*joined)
    return noticed.order_by("case__union_path", "case__number")


def notice_sheet(notice: PublicNotice, *, board: str = "") -> Printout:
    """The sheet of a notice (notice of 2014, part one (two) 3), with a code of the address `board` if there is one.

    Raises NotPrinted if its cases were all taken off.
    """
    if nobody := against_showing(notice):
        raise NotPrinted(nobody)
    noticed = list(shown_on(notice))
    years = "、".join(sorted({str(shown.case.campaign.year) for shown in noticed})) or str(notice.first_day.year)
    blocks = (
        Prose(_("根据金秋助学活动的有关规定，现将拟资助的困难职工、困难农民工子女名单和帮扶标准公示如下，接受监督。")),
        _table(notice, noticed),
        *map(Prose, _closing(notice)),
        Sealed(notice.union.name, day_on_paper(notice.first_day)),
        *([Code(board, _("扫码查看公示网页"))] if board else []),
    )
    return Printout(_("%s年金秋助学公示") % years, blocks, is_form=False)


def _closing(notice: PublicNotice) -> Iterable[str]:
    first, last = day_on_paper(notice.first_day), day_on_paper(notice.last_day)
    yield _("公示时间：%(first)s至%(last)s。") % {"first": first, "last": last}
    yield _("公示地点：%(place)s（%(kind)s）。") % {"place": notice.place, "kind": notice.get_kind_display()}
    words = _("如有异议，请在公示期内向%(union)s反映，联系电话：%(telephone)s。")
    yield words % {"union": notice.union.name, "telephone": notice.telephone}


def _table(notice: PublicNotice, noticed: Sequence[NoticedCase]) -> Ruled:
    """In the columns of the campaign. A family that moved to another 填报单位 meanwhile tells nothing here."""
    columns = columns_of(noticed[0].case.campaign) if noticed else columns_of(None)
    reader = Reader(notice.union_path[:REPORTING_PATH_LENGTH])
    cases = AidCase.objects.with_intake().select_related("union", "child__household__union")
    told = cases.in_bulk([shown.case_id for shown in noticed])
    head = _head(columns)
    lines = (
        list_line(head, (str(serial), *(reader.text(ATTRIBUTES[column], told[shown.case_id]) for column in columns)))
        for serial, shown in enumerate(noticed, start=1)
    )
    return Ruled((head, *lines), heads=1)


def _head(columns: Sequence[NoticeColumn]) -> Boxes:
    """The chosen columns, as broad as their texts ask, over the whole breadth."""
    asked = [BREADTHS[column] for column in columns]
    room, units = UNITS - SERIAL, []
    for number, breadth in enumerate(asked):
        rest = sum(asked[number:])
        units.append(max(1, round(breadth * (room - sum(units)) / rest)))
    return heading_line(
        (_("序号"), SERIAL), *((column.label, width) for column, width in zip(columns, units, strict=True))
    )


def _of_record(notice: PublicNotice, asked: Asked) -> Printout:
    """With a code that leads to the public page."""
    board = NoticeBoard.objects.filter(union=notice.union_id).first()
    return notice_sheet(notice, board=f"{asked.site}{reverse('notice_board', args=[board.token])}" if board else "")


def _read(notices: QuerySet) -> QuerySet:
    return notices.with_bare()


NOTICE_SHEET = PrintoutKind(
    model=PublicNotice,
    noun="notices",
    act="print",
    title=gettext_lazy("公示"),
    content=_of_record,
    read=_read,
)
