"""The sheet that is posted: masked names and what was decided to be shown, and nothing else of the families."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from aid.casework.notices import against_showing
from aid.models import AidCase, NoticedCase, PublicNotice
from portal.documents import docx
from portal.documents.pdf import pdf_of, static_style
from portal.identity import mask_name
from portal.workflow import MoveRefused

STYLE_SHEET = "css/print-notice.css"


@dataclass(frozen=True)
class Line:
    """One child as it is shown."""

    serial: int
    name: str
    stage: str
    intake: str
    union: str
    standard: str

    @property
    def cells(self) -> tuple[str, ...]:
        return str(self.serial), self.name, self.stage, self.intake, self.union, self.standard


@dataclass(frozen=True)
class Sheet:
    """Everything that stands on the sheet of one notice."""

    title: str
    opening: str
    lines: tuple[Line, ...]
    period: str
    place: str
    objections: str
    union: str
    day: str

    @property
    def headings(self) -> tuple[str, ...]:
        return _("序号"), _("姓名"), _("学段"), _("类别"), _("所属工会"), _("帮扶标准（元）")

    @property
    def closing(self) -> tuple[str, ...]:
        return self.period, self.place, self.objections


def shown_on(notice: PublicNotice) -> Iterable[NoticedCase]:
    """The cases that are still shown on a notice, with what the sheet says of them."""
    noticed = notice.noticed.filter(taken_off=False).select_related("case__child", "case__union", "case__campaign")
    return noticed.order_by("case__union_path", "case__number")


def sheet_of(notice: PublicNotice) -> Sheet:
    """The sheet of a notice (notice of 2014, part one (two) 3). Raises MoveRefused if its cases were all taken off."""
    if nobody := against_showing(notice):
        raise MoveRefused(nobody)
    noticed = list(shown_on(notice))
    cases = AidCase.objects.with_intake().in_bulk([shown.case_id for shown in noticed])
    years = "、".join(sorted({str(shown.case.campaign.year) for shown in noticed})) or str(notice.first_day.year)
    return Sheet(
        title=_("%(years)s年金秋助学公示") % {"years": years},
        opening=_("根据金秋助学活动的有关规定，现将拟资助的困难职工、困难农民工子女名单和帮扶标准公示如下，接受监督。"),
        lines=tuple(_line(serial, shown.case, cases[shown.case_id].intake) for serial, shown in enumerate(noticed, 1)),
        period=_("公示时间：%(first)s至%(last)s。") % {"first": day(notice.first_day), "last": day(notice.last_day)},
        place=_("公示地点：%(place)s（%(kind)s）。") % {"place": notice.place, "kind": notice.get_kind_display()},
        objections=_("如有异议，请在公示期内向%(union)s反映，联系电话：%(telephone)s。")
        % {"union": notice.union.name, "telephone": notice.telephone},
        union=notice.union.name,
        day=day(notice.first_day),
    )


def day(value) -> str:
    return _("%(year)d年%(month)d月%(day)d日") % {"year": value.year, "month": value.month, "day": value.day}


def _line(serial: int, case: AidCase, intake: str) -> Line:
    return Line(
        serial,
        mask_name(case.child.name),
        str(case.get_stage_display()),
        intake,
        case.union.name,
        f"{case.standard:,.2f}",
    )


def sheet_docx(sheet: Sheet) -> bytes:
    """The sheet as .docx."""
    book = docx.new_document(sheet.title)
    docx.add_title(book, sheet.title)
    docx.add_text(book, sheet.opening)
    docx.add_table(book, sheet.headings, [line.cells for line in sheet.lines])
    docx.add_text(book, "", indent=False)
    for words in sheet.closing:
        docx.add_text(book, words)
    docx.add_signature(book, sheet.union)
    docx.add_signature(book, sheet.day)
    return docx.saved(book)


def sheet_html(sheet: Sheet) -> str:
    """The sheet as a page of its own."""
    return render_to_string("aid/publicnotice/_print.html", {"sheet": sheet})


def sheet_pdf(sheet: Sheet) -> bytes:
    """The sheet as .pdf. Raises PdfUnavailableError."""
    return pdf_of(sheet_html(sheet), style=static_style(STYLE_SHEET))
