"""The files that were handed in with a report: kept byte for byte, and proved by the submission's digest.

The frozen content names every file with its SHA-256, so that the submission's own digest covers them. Submissions from
before files were kept name the summary report only; they have no "files" and no bytes.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.workflow import MoveRefused
from reports.models import AdjustmentFile, FrozenFile, Report, Submission, SummaryFile

SUMMARY = ""  # the slug of the summary report


@dataclass(frozen=True)
class Named:
    """A file as the frozen content names it."""

    slug: str
    file_name: str
    digest: str


def files_of(report: Report) -> dict[str, dict[str, str]]:
    """The files of the adjustments as the frozen content names them, by slug."""
    given = AdjustmentFile.objects.filter(adjustment__report=report).order_by("adjustment__slug")
    return {
        slug: {"file_name": file_name, "digest": digest}
        for slug, file_name, digest in given.values_list("adjustment__slug", "file_name", "digest")
    }


def freeze_files(submission: Submission) -> None:
    """Copy the bytes that the content of `submission` names, one file in memory at a time.

    Writes a row for each file. Raises MoveRefused for a file whose bytes are no longer those that were uploaded.
    """
    for file in named_files(submission):
        given = _given(submission.report, file.slug)
        if hashlib.sha256(given.content).hexdigest() != file.digest:
            raise MoveRefused(_("文件“%(name)s”已损坏，请重新上传后再报送。") % {"name": file.file_name})
        FrozenFile.objects.create(
            submission=submission,
            slug=file.slug,
            file_name=file.file_name,
            content_type=given.content_type,
            content=given.content,
            digest=file.digest,
        )


def named_files(submission: Submission) -> Iterator[Named]:
    """The files whose bytes were kept: the summary report first, then by figure; none of an older submission."""
    content = submission.content
    if "files" not in content:
        return
    summary = {SUMMARY: content["summary"]} if content["summary"] else {}
    for slug, file in (summary | content["files"]).items():
        yield Named(slug, file["file_name"], file["digest"])


def files_are_whole(submission: Submission) -> bool:
    """Whether the stored bytes of every named file have the digest that was frozen, and no other file is there."""
    expected = {file.slug: file.digest for file in named_files(submission)}
    stored = FrozenFile.objects.filter(submission=submission)
    if set(stored.values_list("slug", flat=True)) != set(expected):
        return False
    return all(is_whole(file, expected[file.slug]) for file in stored.iterator(chunk_size=1))


def is_whole(file: FrozenFile, digest: str) -> bool:
    """Whether the stored bytes of `file` are those that `digest` was made of."""
    return file.digest == digest == hashlib.sha256(file.content).hexdigest()


def _given(report: Report, slug: str) -> SummaryFile | AdjustmentFile:
    if slug == SUMMARY:
        return SummaryFile.objects.get(report=report)
    return AdjustmentFile.objects.get(adjustment__report=report, adjustment__slug=slug)
