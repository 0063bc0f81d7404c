"""The ways by which files come in: whose page, of which record, and what is sent beside the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from aid.models import BankLayout
from tests.access import Named
from tests.access_rows import ROWS
from tests.papers import JPEG, PDF, xlsx_of

SCAN, PHOTO = ("证明.pdf", lambda: PDF), ("照片.jpg", lambda: JPEG)
TABLE = ("清单.xlsx", lambda: xlsx_of(["姓名"], ["张三"]))


@dataclass(frozen=True)
class Way:
    """`field` of the page takes files; `good` is one that it is meant for."""

    field: str = "file"
    good: tuple[str, Callable[[], bytes]] = SCAN
    who: str = "clerk"
    beside: Callable[[], Mapping[str, str]] = dict

    def address(self, name: str, union) -> str:
        row = next(row for row in ROWS if row.name == name)
        named = row.make(union) if row.make else {}
        if row.named == Named.IN_QUERY:
            return f"{reverse(name)}?{urlencode(named)}"
        return reverse(name, kwargs=named) + row.query


def of_the_bank() -> dict[str, str]:
    return {"layout": str(BankLayout.objects.values_list("pk", flat=True)[0]), "paid_on": "2014-06-01"}


WAYS = {
    "calendar_import": Way(good=TABLE, who="admin", beside=lambda: {"year": "2031", "source": "国办发明电〔2030〕1号"}),
    "contribution_voucher_add": Way(),
    "paymentbatch_return_file": Way(good=TABLE, beside=of_the_bank),
    "publicnotice_photo": Way("photo", PHOTO),
    "objection_create": Way("files"),
    "exemplar_detail": Way(beside=lambda: {"kind": "consent"}),
    "officequestion_detail": Way(),
    "workbook_upload": Way(good=TABLE),
    "enquirybook_upload": Way(good=TABLE),
    "list_upload": Way(good=TABLE),
    "accountbatch_create": Way(good=TABLE, who="security"),
    "household_documents": Way(beside=lambda: {"kind": "identity"}),
    "visit_create": Way("photos", PHOTO),
    "visit_edit": Way("photos", PHOTO),
    "report_adjust": Way(beside=lambda: {"difference": "1", "reason": "核对"}),
    "report_summary": Way(),
    "report_annex_upload": Way(good=TABLE, beside=lambda: {"reason": "核对"}),
}


def send(client, address: str, way: Way, file: SimpleUploadedFile):
    """The page's answer; that of the page it leads to, where it leads to one."""
    return client.post(address, {**way.beside(), way.field: file}, follow=True)


def told(answer, way: Way) -> list[str]:
    """What is said of the file: beside the field, or on the page that it leads to."""
    context = answer.context or {}
    forms = [context.get(name) for name in ("form", "file_form")]
    errors = [form.errors for form in forms if form is not None]
    said = [reason for faults in errors for name in (way.field, "__all__") for reason in faults.get(name, [])]
    outcome = context.get("outcome")
    said += [error.reason for error in getattr(outcome, "errors", [])]
    return said + [str(message) for message in context.get("messages", [])]
