"""Forms half typed: kept while one types, found again after a time-out, a crash or on another computer.

A form that keeps drafts sends its fields to `draft_keep` now and then (static/js/draft.js); its page asks `draft_of`
when it is opened, and saves within `forgetting_draft`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from portal.form_keys import sent_before
from portal.models import FormDraft, User

KEPT = timedelta(days=30)
LONGEST_PAGE = 200  # of FormDraft.page
LONGEST = 600_000  # characters; a grid of two hundred full lines has half of that
# What is of one opening of the page and not of the draft; `form` is the key of a new form, and differs each time.
NOT_KEPT = ("csrfmiddlewaretoken", "confirmed", "check", "ask")
NOT_OF_THE_ADDRESS = ("form",)


def page_of(request: HttpRequest) -> str:
    """By what the form of a page is known: its address, without what differs from one opening to the next."""
    named = sorted((name, value) for name, value in request.GET.items() if name not in NOT_OF_THE_ADDRESS)
    return f"{request.path}?{urlencode(named)}" if named else request.path


def keep_draft(user: User, page: str, fields: QueryDict) -> FormDraft | None:
    """Keep what stands in a form of `user`; None, with nothing kept, of what is too long for a form."""
    fields = fields.copy()
    for name in NOT_KEPT:
        fields.pop(name, None)
    content = fields.urlencode()
    if len(content) > LONGEST or not 0 < len(page) <= LONGEST_PAGE:
        return None
    kept, _made = FormDraft.objects.update_or_create(user=user, page=page, defaults={"content": content})
    return kept


def draft_of(user: User, page: str) -> FormDraft | None:
    """What was left in the form of that page; nothing of a new form that was saved.

    A draft may arrive after the form it is of: whose key has a receipt is thrown away.
    """
    draft = FormDraft.objects.filter(user=user, page=page).first()
    if draft is None or not _was_saved(draft):
        return draft
    forget_draft(user, page)
    return None


def _was_saved(draft: FormDraft) -> bool:
    try:
        key = UUID(fields_of(draft).get("key", ""))
    except ValueError:
        return False
    return sent_before(user=draft.user, key=key) is not None


def fields_of(draft: FormDraft) -> QueryDict:
    return QueryDict(draft.content)


def forget_draft(user: User, page: str) -> None:
    """The form was saved, or what was typed thrown away."""
    FormDraft.objects.filter(user=user, page=page).delete()


@contextmanager
def forgetting_draft(user: User, page: str) -> Iterator[None]:
    """What is saved in here is saved with its draft forgotten, or neither is: nobody is told that it failed when only
    the draft is left."""
    with transaction.atomic():
        yield
        forget_draft(user, page)


def move_draft(user: User, page: str, *, to: str) -> None:
    """What was left in the form of `page` is of the page `to` from now on, in place of what was left there."""
    if FormDraft.objects.filter(user=user, page=page).exists():
        forget_draft(user, to)
        FormDraft.objects.filter(user=user, page=page).update(page=to)


def wipe_old_drafts() -> int:
    """Delete what nobody came back to for thirty days; how many forms."""
    deleted, _by_model = FormDraft.objects.filter(typed_at__lt=timezone.now() - KEPT).delete()
    return deleted
