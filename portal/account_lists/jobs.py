"""Long lists of accounts are checked, confirmed and agreed to outside the request: jobs that one may leave."""

from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.access import Permission
from portal.account_lists.services import agree_to_batch, check_batch, confirm_batch, to_agree
from portal.audit import By
from portal.enums import AccountOutcome
from portal.jobs.kinds import JobKind, JobRefused, Made
from portal.jobs.progress import Progress
from portal.models import AccountBatch, User

CHECK, CONFIRM, AGREE = "check_accounts", "confirm_accounts", "agree_accounts"
# The last step is taken inside the transaction that writes: given up before it, nothing is written.
WRITTEN = 1


def _batch(owner: User, pk: str) -> AccountBatch:
    """The list as it stands when the job begins. Raises JobRefused if it is no more the owner's to see."""
    found: AccountBatch | None = AccountBatch.objects.visible_to(owner).told().filter(pk=pk).first()
    if found is None:
        raise JobRefused(_("这份名单已不存在。"))
    return found


def check(owner: User, _file: BinaryIO, progress: Progress, *, batch: str, **_words: str) -> Made:
    """What would become of each row. Checked before, it stays as it is."""
    found = _batch(owner, batch)
    progress.begin(len(found.rows) + WRITTEN)
    check_batch(found, tick=progress.step)
    return Made()


def confirm(
    owner: User, _file: BinaryIO, progress: Progress, *, batch: str, address: str | None, **_words: str
) -> Made:
    """The accounts are opened and asked for, all in one transaction. Confirmed before, nothing is done."""
    found = _batch(owner, batch)
    progress.begin(len(found.rows) + WRITTEN)
    try:
        confirm_batch(found, by=By(owner, address), tick=progress.step)
    except ValidationError as refused:
        raise JobRefused(" ".join(refused.messages)) from refused
    return Made()


def agree(owner: User, _file: BinaryIO, progress: Progress, *, batch: str, address: str | None, **_words: str) -> Made:
    """All that wait for the owner are opened, in one transaction. Agreed to before, nothing is done."""
    found, by = _batch(owner, batch), By(owner, address)
    waiting = to_agree(found, by).count()
    if not waiting and found.requests.filter(outcome=AccountOutcome.AGREED, decided_by=owner).exists():
        return Made()
    progress.begin(waiting + WRITTEN)
    try:
        agree_to_batch(found, by=by, tick=progress.step)
    except ValidationError as refused:
        raise JobRefused(" ".join(refused.messages)) from refused
    return Made()


def check_title(name: str, **_arguments: str) -> str:
    return _("检查账号名单“%(name)s”") % {"name": name}


def confirm_title(name: str, **_arguments: str) -> str:
    return _("按名单“%(name)s”开通账号") % {"name": name}


def agree_title(name: str, **_arguments: str) -> str:
    return _("同意名单“%(name)s”的账号") % {"name": name}


def page(batch: str, **_arguments: str) -> str:
    return reverse("accountbatch_show", args=[batch])


KINDS = (
    JobKind(CHECK, Permission.MANAGE_ACCOUNTS, check_title, check, page, is_repeatable=True),
    JobKind(CONFIRM, Permission.MANAGE_ACCOUNTS, confirm_title, confirm, page, is_repeatable=True),
    JobKind(AGREE, Permission.MANAGE_ACCOUNTS, agree_title, agree, page, is_repeatable=True),
)
