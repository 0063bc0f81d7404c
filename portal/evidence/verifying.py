"""Proving the chain: every row that was changed, deleted or put in after it was sealed is named, and every link."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from portal.evidence.sealing import hashed_rows, heads_file, mark_of, table, unpacked
from portal.models import EvidenceLink
from portal.models.append_only import EVENTS


def faults() -> Iterator[str]:
    """What is wrong with the evidence, in words that name the row; nothing where all of it is as it was sealed."""
    yield from trigger_faults()
    before, kept = "", _heads()
    links = EvidenceLink.objects.order_by("pk")
    for link in links.iterator(chunk_size=1):
        if link.earlier != before:
            yield _("第 %(pk)d 号封存前面的封存被删除或改动") % {"pk": link.pk}
        kept.discard((link.pk, link.mark))
        before = link.mark
        yield from link_faults(link)
    for pk, _mark in sorted(kept):
        yield _("第 %(pk)d 号封存被删除或改动：与数据库以外保存的封存值不符") % {"pk": pk}


def link_faults(link: EvidenceLink) -> Iterator[str]:
    """The same of one link."""
    key = next((key for key in settings.SEAL_KEYS if mark_of(link, key) == link.mark), None)
    if key is None:
        yield _("第 %(pk)d 号封存不是本系统的密钥做的，或被改动") % {"pk": link.pk}
        return
    sealed = unpacked(link.hashes)
    for pk, digest in hashed_rows(link.source, link.fields, link.above, link.upto, key):
        given = sealed.pop(pk, None)
        if given is None:
            yield _named(link, pk, _("是封存后插入的"))
        elif given != digest:
            yield _named(link, pk, _("封存后被改动"))
    for pk in sealed:
        yield _named(link, pk, _("封存后被删除"))


def _named(link: EvidenceLink, pk: int, what: str) -> str:
    name = table(link.source)._meta.verbose_name
    return _("“%(table)s”第 %(pk)d 行%(what)s（第 %(link)d 号封存）") % {
        "table": name,
        "pk": pk,
        "what": what,
        "link": link.pk,
    }


def _heads() -> set[tuple[int, str]]:
    """The links that the file beside the database knows; none where another machine keeps it."""
    file = heads_file()
    if not file.exists():
        return set()
    lines = (line.split() for line in file.read_text(encoding="ascii").splitlines())
    return {(int(pk), mark) for pk, mark in lines}


def trigger_faults() -> Iterator[str]:
    """The tables whose triggers are gone or off: what is younger than the last link has no other guard."""
    standing = _triggers()
    for label in settings.EVIDENCE:
        model = table(label)
        for event in EVENTS:
            if f"{model._meta.db_table}_no_{event}" not in standing:
                words = _("“%(table)s”没有了防止改动和删除的触发器")
                yield words % {"table": model._meta.verbose_name}
                break


def _triggers() -> set[str]:
    asked = {
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'",
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return {name for (name,) in cursor.fetchall()}
