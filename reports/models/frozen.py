"""What was handed in. The database refuses to change or delete these rows, whoever asks."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.access import ScopedQuerySet
from portal.fields import EncryptedBinaryField
from portal.models import UnionOwned
from reports.models.report import Report


class SubmissionQuerySet(ScopedQuerySet):
    """What was handed in stays as it is, so it goes where its report goes."""

    path_field = "report__union_path"


class Submission(UnionOwned):
    """One hand-in of a report, frozen: contact, wording, explanations, cut-off; figures and records stand beside it.

    `digest` is the SHA-256 of everything frozen; `code` its first characters, short enough to be typed from paper.
    """

    goes_to_heir: ClassVar[bool] = False

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("报送次数"))
    submitted_at = models.DateTimeField(_("报送时间"))
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("报送人")
    )
    cut_off = models.DateField(_("统计截止日"))
    content = models.JSONField()  # contact, nil, wording by form, explanations, the summary's name and digest
    digest = models.CharField(_("校验值"), max_length=64)
    code = models.CharField(_("核验码"), max_length=16, unique=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta(UnionOwned.Meta):
        verbose_name = _("报送")
        verbose_name_plural = _("报送")
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="submission_number_unique"),
        ]

    def __str__(self):
        return self.code


class FrozenFigure(models.Model):
    """One figure as handed in: derived from records, adjusted, reported. Money in yuan."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="figures")
    slug = models.CharField(max_length=60)
    derived = models.DecimalField(max_digits=18, decimal_places=2)
    adjustment = models.DecimalField(max_digits=16, decimal_places=2, default=0)
    adjustment_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("报送的数字")
        verbose_name_plural = _("报送的数字")
        constraints = [
            models.UniqueConstraint(fields=["submission", "slug"], name="frozenfigure_one_per_slug"),
        ]

    def __str__(self):
        return f"{self.slug} {self.reported}"

    @property
    def reported(self):
        return self.derived + self.adjustment


class FrozenRecords(models.Model):
    """The records of one fact behind the figures as handed in.

    `rows` is a list of {"pk", "cells": texts under `headings`, "figures": slugs that count the record}.
    """

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="records")
    fact = models.CharField(max_length=40)
    headings = models.JSONField()
    rows = models.JSONField()

    class Meta:
        verbose_name = _("报送的记录")
        verbose_name_plural = _("报送的记录")
        constraints = [
            models.UniqueConstraint(fields=["submission", "fact"], name="frozenrecords_one_per_fact"),
        ]

    def __str__(self):
        return self.fact


class FrozenFile(models.Model):
    """A file as it was handed in: the summary report (`slug` is ''), or what shows why figure `slug` is adjusted."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")
    slug = models.CharField(max_length=60, blank=True)
    file_name = models.CharField(_("文件名"), max_length=200)
    content_type = models.CharField(max_length=100)
    content = EncryptedBinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("报送的文件")
        verbose_name_plural = _("报送的文件")
        constraints = [
            models.UniqueConstraint(fields=["submission", "slug"], name="frozenfile_one_per_slug"),
        ]

    def __str__(self):
        return self.file_name
