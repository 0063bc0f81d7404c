"""Aid cases with all that an auditor reads of them: of many it takes as many queries as of one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from aid.deciding.facts import CaseFacts, facts_of
from aid.enums import PaymentState
from aid.models import (
    AidCase,
    BatchItem,
    Disbursement,
    Document,
    NoticedCase,
    NoticePhoto,
    ObjectionFile,
    ReturnFile,
    Visit,
    VisitPhoto,
)
from aid.printouts import APPLICATION_FORM
from portal.models import REPORTING_PATH_LENGTH, AuditEntry, User
from portal.printouts.cells import Reader
from portal.printouts.kind import Asked

SEALED = ("raised_by", "text", "answer")


@dataclass(frozen=True)
class Dossier:
    """One case as `asked.user` may know it.

    `papers` are those of the family, None where its file has gone out of the scope; `visits` those to child and worker,
    `seen` what the audit log tells of the case, the latest last.
    """

    case: AidCase
    asked: Asked
    facts: CaseFacts
    payments: tuple[Disbursement, ...]
    items: tuple[BatchItem, ...]
    returns: tuple[ReturnFile, ...]
    papers: tuple[Document, ...] | None
    objection_files: tuple[ObjectionFile, ...]
    visits: tuple[Visit, ...]
    seen: tuple[AuditEntry, ...]

    @property
    def reader(self) -> Reader:
        """Nothing is revealed."""
        return self.asked.reader()

    @property
    def noticed(self) -> list[NoticedCase]:
        return list(self.case.noticed.all())

    @property
    def is_paid(self) -> bool:
        return any(payment.status == PaymentState.PAID for payment in self.payments)


def dossiers_of(pks: Iterable[int], asked: Asked) -> list[Dossier]:
    """The dossiers of those of these cases that `asked.user` may see, in the order of their numbers."""
    user = asked.user
    cases = list(_with_all(APPLICATION_FORM.records(user).filter(pk__in=list(pks))).order_by("number", "pk"))
    keys = [case.pk for case in cases]
    payments, items = _by_case(_payments(keys, user)), _by_case(_items(keys, user))
    returns, papers, visits, seen = (
        _returns(items, user),
        _papers(cases, user),
        _visits(cases, user),
        _seen(cases, user),
    )
    files = _objection_files(keys, user)
    return [
        Dossier(
            case=case,
            asked=asked,
            facts=facts,
            payments=payments[case.pk],
            items=items[case.pk],
            returns=tuple(
                file for batch in {item.batch_id: None for item in items[case.pk]} for file in returns[batch]
            ),
            papers=papers.get(case.pk),
            objection_files=files[case.pk],
            visits=tuple(
                visit for visit in visits if visit.person_id in (case.person_id, case.child.household.worker_id)
            ),
            seen=tuple(entry for entry in seen if _is_about(entry, case)),
        )
        for case, facts in zip(cases, facts_of(cases, user), strict=True)
    ]


def _with_all(cases: QuerySet) -> QuerySet:
    return cases.select_related("child__person", "child__union").prefetch_related(
        Prefetch("noticed__notice__photo", NoticePhoto.objects.defer("content").select_related("uploaded_by")),
        "noticed__objections__decided_by",
    )


def _payments(keys: list[int], user: User) -> QuerySet:
    return Disbursement.objects.visible_to(user).filter(case__in=keys).order_by("paid_on", "pk")


def _items(keys: list[int], user: User) -> QuerySet:
    found = BatchItem.objects.visible_to(user).filter(case__in=keys)
    return found.select_related("batch__made_by", "batch__released_by", "line", "reissue_of").order_by("pk")


def _by_case(records: Iterable) -> dict[int, tuple]:
    found = defaultdict(tuple)
    for record in records:
        found[record.case_id] += (record,)
    return found


def _returns(items: dict[int, tuple[BatchItem, ...]], user: User) -> dict[int, list[ReturnFile]]:
    batches = {item.batch_id for each in items.values() for item in each}
    found = defaultdict(list)
    files = ReturnFile.objects.visible_to(user).filter(batch__in=batches).defer("content")
    for file in files.select_related("batch", "read_by").order_by("read_at", "pk"):
        found[file.batch_id].append(file)
    return found


def _papers(cases: list[AidCase], user: User) -> dict[int, tuple[Document, ...]]:
    """By case, of the families whose file is in the scope."""
    here = [case for case in cases if case.child.household.union_path.startswith(user.union.path)]
    homes = {case.child.household_id for case in here}
    found = defaultdict(tuple)
    papers = Document.objects.visible_to(user).filter(household__in=homes).defer("content")
    for paper in papers.select_related("uploaded_by").order_by("kind", "pk"):
        found[paper.household_id] += (paper,)
    return {case.pk: found[case.child.household_id] for case in here}


def _objection_files(keys: list[int], user: User) -> dict[int, tuple[ObjectionFile, ...]]:
    found = defaultdict(tuple)
    files = ObjectionFile.objects.visible_to(user).filter(objection__noticed__case__in=keys).defer("content")
    for file in files.select_related("objection__noticed").order_by("pk"):
        found[file.objection.noticed.case_id] += (file,)
    return found


def _visits(cases: list[AidCase], user: User) -> list[Visit]:
    people = {person for case in cases for person in (case.person_id, case.child.household.worker_id)}
    photos = Prefetch("photos", VisitPhoto.objects.defer("content").order_by("pk"))
    found = Visit.objects.visible_to(user).filter(person__in=people).defer("needs").prefetch_related(photos)
    return list(found.order_by("visited_on", "pk"))


def _seen(cases: list[AidCase], user: User) -> list[AuditEntry]:
    """What the log tells of any of the cases; nothing to who may not read it."""
    named = Q(subject__in=[case.audit_subject for case in cases])
    return list(AuditEntry.objects.visible_to(user).filter(named).select_related("actor").order_by("pk"))


def _is_about(entry: AuditEntry, case: AidCase) -> bool:
    """Numbers are unique within a 填报单位."""
    unit = case.union_path[:REPORTING_PATH_LENGTH]
    return entry.subject == case.audit_subject and entry.union_path.startswith(unit)
