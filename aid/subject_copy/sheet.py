"""家庭信息副本: everything that is kept about a family, field by field in words, and who saw or changed it by day."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from aid.models import Household, Person
from aid.subject_copy.kept import PEOPLE_TOLD, KeptKind, people
from portal.access import Permission
from portal.enums import AuditAction
from portal.models import REPORTING_PATH_LENGTH, AuditEntry
from portal.printouts.cells import labelled
from portal.printouts.content import Beside, Block, Boxes, Look, Printout, Prose, Ruled, heading_line, list_line
from portal.printouts.kind import Asked, PrintoutKind
from portal.records.attribute import Attribute, as_text
from portal.words.on_paper import day_on_paper

SHORT = 16  # characters that stand beside another value
TITLE = gettext_lazy("家庭信息副本")


def subject_copy(kept: Iterable[KeptKind]) -> PrintoutKind:
    """The sheet that tells a family the records of the kinds that are `kept`, in their order."""
    kinds = tuple(kept)

    def content(home: Household, asked: Asked) -> Printout:
        subjects: list[str] = []
        blocks = [*_about_people(home, asked)]
        for kind in kinds:
            records = list(kind.records(home, asked.user))
            subjects += [record.audit_subject for record in records if hasattr(record, "audit_subject")]
            blocks += _section(str(kind.title), ((kind.told, record) for record in records), asked)
        told = _("档案编号：%s") % home.number, _("提供日期：%s") % day_on_paper(localdate())
        return Printout(str(TITLE), (Beside(told), *map(Prose, _words()), *blocks, *_seen(home, subjects, asked)))

    return PrintoutKind(
        model=Household,
        noun="households",
        act="copy",
        title=TITLE,
        content=content,
        read=_read,
        reveals=(gettext_lazy("个人信息"),),
        permission=Permission.GIVE_COPIES,
    )


def _read(homes: QuerySet) -> QuerySet:
    return homes.select_related("worker")


def _words() -> Iterator[str]:
    yield _(
        "以下是工会登记的您家庭的全部信息，没有填写的项目不列。所附材料只列名称。提出异议的人和异议内容依法保密，不列入。"
    )
    yield _(
        "最后一部分是谁在哪一天查看、导出或修改过这些信息。整批导出的列表只记条数，不逐户记录；从别的单位转入的，转入以前的不在内。"
    )


def _about_people(home: Household, asked: Asked) -> Iterator[Block]:
    yield Prose(str(Person._meta.verbose_name), is_heading=True)
    for name, person in people(home):
        yield Ruled((labelled((_("姓名"), name)), *_lines(_values(PEOPLE_TOLD, person, asked))))


def _section(title: str, records: Iterable[tuple[tuple[Attribute, ...], Any]], asked: Asked) -> list[Block]:
    tables = [Ruled(tuple(_lines(_values(told, record, asked)))) for told, record in records]
    return [Prose(title, is_heading=True), *tables] if tables else []


def _values(told: Iterable[Attribute], record: Any, asked: Asked) -> Iterator[tuple[str, str]]:
    """Name and words of each field that is filled in, masked unless there is a reason to tell them whole."""
    for attribute in told:
        if text := attribute.text(record, asked.user.union.path, reveal=bool(asked.reason)):
            yield attribute.label, text


def _lines(values: Iterable[tuple[str, str]]) -> Iterator[Boxes]:
    """Two short values on a line, a long one on a line of its own."""
    waiting: tuple[str, str] | None = None
    for value in values:
        if len(value[1]) > SHORT:
            yield labelled(value, look=Look.LONG)
        elif waiting:
            yield labelled(waiting, value)
            waiting = None
        else:
            waiting = value
    if waiting:
        yield labelled(waiting)


def _seen(home: Household, subjects: list[str], asked: Asked) -> Iterator[Block]:
    """Who saw, took away or changed any of it, by day, as far as it was in the scope of who asks."""
    unit = home.union_path[:REPORTING_PATH_LENGTH]
    path = max(unit, asked.user.union.path, key=len)
    head = heading_line((_("日期"), 4), (_("人员"), 4), (_("事项"), 5), (_("对象"), 8), (_("次数"), 3))
    lines = [
        list_line(head, (day.isoformat(), name or _("平台自动"), AuditAction(action).label, subject, as_text(times)))
        for day, name, action, subject, times in AuditEntry.objects.about(subjects, path).by_day()
    ]
    yield Prose(_("查看、导出和修改记录"), is_heading=True)
    yield Ruled((head, *lines), heads=1, is_small=True) if lines else Prose(_("没有记录。"))
