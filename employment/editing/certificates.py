"""The number of a certificate: told, or said not to be there yet; and of one person only, wherever in the city."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from employment.enums import AssistanceKind
from employment.models import Assistance
from portal.fields import blind_index
from portal.record_rules import Fault, Party
from portal.workbook.cells import TextCell
from portal.workbook.importing.book import Book
from portal.workbook.importing.chunks import in_chunks

NOT_YET = "暂无"  # typed in place of a number
NUMBERED = frozenset({"certificate_number", "graduate"})


class CertificateNumberCell(TextCell):
    """A cell in which 暂无 is an answer, not a blank."""

    nothing = TextCell.nothing - {NOT_YET}


def is_certificate(assistance: Assistance) -> bool:
    return assistance.kind == AssistanceKind.CERTIFICATE


def certificates_of_somebody_else(book: Book) -> Iterator[Fault]:
    """The number of a certificate names one person; of whose it is nothing is told, nor where, outside the scope."""
    fresh = list(_numbered(book))
    holders = dict(_holders(fresh, book))
    for help_ in fresh:
        key = blind_index(help_.certificate_number)
        person, words = holders.setdefault(key, (help_.graduate.person_id, _("与本表中另一人的证书编号相同，请核对")))
        if person != help_.graduate.person_id:
            yield Fault(words, (Party(help_, "certificate_number", NUMBERED),))


def _numbered(book: Book) -> Iterator[Assistance]:
    for row in book.records_of(Assistance):
        told = row.record.certificate_number not in {"", NOT_YET} and is_certificate(row.record)
        if told and row.changed & NUMBERED and not row.faulty & NUMBERED:
            yield row.record


def _holders(fresh: list[Assistance], book: Book) -> Iterator[tuple[str, tuple[int, str]]]:
    """Who holds these numbers on file, and what is said to anybody else, by the hash of the number."""
    own = {help_.pk for help_ in fresh}
    for chunk in in_chunks({blind_index(help_.certificate_number) for help_ in fresh}):
        on_file = Assistance.objects.filter(certificate_hash__in=chunk).exclude(pk__in=own - {None})
        for key, person, path, number in on_file.values_list(
            "certificate_hash", "graduate__person", "union_path", "number"
        ):
            yield key, (person, _of_somebody_else(number if path.startswith(book.unit.path) else ""))


def _of_somebody_else(number: str) -> str:
    if number:
        return _("证书编号已登记在另一人名下（%(number)s），请核对") % {"number": number}
    return _("证书编号已登记在另一人名下，请核对")
