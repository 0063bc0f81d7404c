"""One person in the whole tree, known by the number of the identity card or another document alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aid.enums import Sex
from portal.fields import BlindIndexField, EncryptedTextField
from portal.words.identity_kinds import kind_word, parse_identity


class PersonQuerySet(models.QuerySet):
    """People are reached through the records of a union; this table itself belongs to none and is never listed."""

    def known(self, hashes):
        """People on file by the blind index of their number."""
        return self.filter(id_hash__in=hashes)


class Person(models.Model):
    """Worker, child and graduate are the same person if the number is the same; names stay with each record.

    Two unions may each hold an own record of a person (a closed file here, an open one there), so nothing that
    one union typed is kept here for the other to see: only the number and what follows from it.
    """

    id_number = EncryptedTextField(_("证件号码"))
    id_hash = BlindIndexField("id_number", unique=True)
    sex = models.CharField(_("性别"), max_length=10, choices=Sex, blank=True)  # of a document that tells it
    birth_date = models.DateField(_("出生日期"), null=True, blank=True)  # the same

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @classmethod
    def of(cls, number: str) -> "Person":
        """An unsaved person of that identity number. Raises portal.identity.IdentityError if it is not one."""
        parsed = parse_identity(number)
        return cls(id_number=parsed.number, sex=parsed.sex, birth_date=parsed.birth_date)

    @property
    def document(self) -> str:
        """证件种类: the number says it."""
        return kind_word(self.id_number)
