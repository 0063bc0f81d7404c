"""已张贴: whether a photo shows that the sheet hung; asked for, or a word of why not, before a case is approved."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from aid.enums import CaseState
from aid.models import AidCase, PublicNotice


def without_photo(cases: Iterable[AidCase]) -> list[AidCase]:
    """Those of `cases` on notice of whose posting no photo is on file, in their order; one question."""
    cases = [case for case in cases if case.status == CaseState.ON_NOTICE]
    hung = {"noticed__case__in": [case.pk for case in cases], "noticed__taken_off": False}
    shown = set(PublicNotice.objects.shown_by_photo().filter(**hung).values_list("noticed__case", flat=True))
    return [case for case in cases if case.pk not in shown]


def unshown(case: AidCase, comment: str) -> str:
    """What a case without a photo of its posting is not approved without; '' with a photo, or a word of why not."""
    if comment.strip() or not without_photo([case]):
        return ""
    return _("没有公示单张贴后的照片：请先上传照片，或在“说明”中写明没有照片的原因。")
