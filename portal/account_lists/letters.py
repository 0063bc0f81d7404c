"""First passwords of the accounts of a list, a letter for each: drawn when they are made, and kept nowhere else."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import BinaryIO

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.access import DECIDING_ROLES, Permission
from portal.accounts.passwords import first_password
from portal.audit import By, entry
from portal.documents.file_kinds import PDF
from portal.documents.file_names import own_name
from portal.documents.pdf import PdfUnavailableError
from portal.enums import AccountFate, AuditAction
from portal.jobs.kinds import JobKind, JobRefused, Made
from portal.jobs.progress import Progress
from portal.models import AccountBatch, AccountRequest, AuditEntry, Union, User
from portal.printouts.content import Align, Block, Box, Boxes, Height, Look, Printout, Prose, Ruled
from portal.printouts.paged import printouts_pdf

ACCOUNT_LETTERS = "account_letters"
LETTERS_A_FILE = 200
ZIP = "application/zip"
OPENED = (AccountFate.OPEN, AccountFate.SECOND)
LABEL, VALUE = 7, 17  # of the 24 units of a line


@dataclass(frozen=True)
class Letter:
    """What is printed for one account, and what is kept of it."""

    user: User
    password: str
    hashed: str


def to_write_to(batch: AccountBatch, user: User) -> QuerySet[User]:
    """The accounts of a list whose first password `user` may draw now: nobody signed in with them yet.

    Of those that two people opened, once, within a week after the other agreed, as with a single one.
    """
    names = [row["cells"]["username"] for row in batch.rows if row["fate"] in OPENED]
    fresh = User.objects.people().filter(username__in=names, is_active=True, last_login=None, must_change_password=True)
    agreed = AccountRequest.objects.to_hand_over(user).filter(batch=batch).values("username")
    alone = ~Q(role__in=DECIDING_ROLES)
    found: QuerySet[User] = fresh.filter(alone | Q(username__in=agreed)).select_related("union")
    return found.order_by("union__path", "username")


def letters_title(**_arguments: str) -> str:
    return _("账号首次密码信")


def make_letters(owner: User, file: BinaryIO, progress: Progress, *, batch: str, site: str) -> Made:
    """The letters of a list that `owner` brought, by unit. Each makes the one before it void.

    Effects: the passwords, the requests, an audit row for each account; nothing before all is printed.
    """
    found = AccountBatch.objects.visible_to(owner).filter(pk=batch, brought_by=owner).first()
    users = list(to_write_to(found, owner)) if found else []
    if found is None or not users:
        raise JobRefused(_("没有要制作的信：账号都已登录过，或还没有人同意开通。"))
    progress.begin(len(users))
    letters = list(_drawn(users, progress))
    try:
        files = list(_printed(letters, site))
    except PdfUnavailableError as error:
        raise JobRefused(str(error)) from error
    _keep(found, letters, By(owner))
    if len(files) == 1:
        file.write(files[0][1])
        return Made(_("账号首次密码信.pdf"), PDF.content_type, {"count": len(letters)})
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return Made(_("账号首次密码信.zip"), ZIP, {"count": len(letters)})


def _drawn(users: Iterable[User], progress: Progress) -> Iterator[Letter]:
    for user in users:
        password = first_password()
        yield Letter(user, password, make_password(password))
        progress.step()


def _printed(letters: Iterable[Letter], site: str) -> Iterator[tuple[str, bytes]]:
    """Name and content of the files: of each 填报单位 one, of a large one several."""
    by_unit = [(path, list(of_unit)) for path, of_unit in groupby(letters, lambda each: each.user.union.reporting_path)]
    names = dict(Union.objects.filter(path__in=[path for path, _of in by_unit]).values_list("path", "name"))
    number = 0
    for path, of_unit in by_unit:
        for start in range(0, len(of_unit), LETTERS_A_FILE):
            number += 1
            content = printouts_pdf(letter_of(each, site) for each in of_unit[start : start + LETTERS_A_FILE])
            yield own_name(f"{number:03}_{names[path]}.pdf"), content


def letter_of(letter: Letter, site: str) -> Printout:
    """One letter, on a sheet of its own."""
    user = letter.user
    lines = (
        (_("网址"), site),
        (_("单位"), user.union.name),
        (_("姓名"), user.name),
        (_("岗位"), str(user.get_role_display())),
        (_("用户名"), user.username),
        (_("首次密码"), letter.password),
    )
    told: list[Block] = [
        Prose(f"{user.name}：", Align.FLUSH),
        Prose(
            _(
                "您在工会助学助业平台的账号已经开通。请打开下面的网址，用用户名和首次密码登录，并按提示马上改成自己的密码。"
            )
        ),
        Ruled(tuple(_line(label, text) for label, text in lines)),
        Prose(_("首次密码区分大小写，中间的“-”也要输入；只能由您本人使用，不要告诉别人，也不要拍照转发。")),
    ]
    if until := valid_until(user):
        words = _(
            "请在 %(year)d 年 %(month)d 月 %(day)d 日前登录，到期没有登录的账号会暂停，恢复请找市总工会的安全管理员。"
        )
        told.append(Prose(words % {"year": until.year, "month": until.month, "day": until.day}))
    told.append(Prose(_("收到时信封已拆开，或登录时提示密码不对，请马上告诉市总工会的安全管理员。")))
    return Printout(_("账号首次密码"), tuple(told))


def _line(label: str, text: str) -> Boxes:
    return Boxes((Box(label, LABEL, Look.LABEL), Box(text, VALUE, Look.LONG)), Height.BY_HAND)


def valid_until(user: User) -> datetime | None:
    """The day on which an account that nobody signed in with is suspended; None where none is."""
    if not settings.ACCOUNT_UNUSED_DAYS:
        return None
    begun = user.restored_at or user.date_joined
    return timezone.localtime(begun + timedelta(days=settings.ACCOUNT_UNUSED_DAYS))


@transaction.atomic
def _keep(batch: AccountBatch, letters: list[Letter], by: By) -> None:
    """Give the accounts the passwords that were printed. Raises JobRefused if one of them may have none any more."""
    still = to_write_to(batch, by.person).select_for_update(of=("self",)).values_list("pk", flat=True)
    if not {letter.user.pk for letter in letters} <= set(still):
        raise JobRefused(_("制作时有人登录了，或账号有变动，密码都没有改。请重新制作。"))
    now = timezone.now()
    for letter in letters:
        letter.user.password, letter.user.password_set_at = letter.hashed, now
    users = [letter.user for letter in letters]
    User.objects.bulk_update(users, ["password", "password_set_at"], batch_size=500)
    names = [user.username for user in users]
    AccountRequest.objects.to_hand_over(by.person).filter(batch=batch, username__in=names).update(handed_at=now)
    AuditEntry.objects.bulk_create([_told(user, by) for user in users])


def _told(user: User, by: By) -> AuditEntry:
    words = _("印制首次密码信")
    return entry(AuditAction.ACCOUNT_CHANGED, by=by, subject=user.username, union=user.union, act=words)


KINDS = (
    # Begun again it would draw other passwords, and those of two people are drawn once.
    JobKind(ACCOUNT_LETTERS, Permission.MANAGE_ACCOUNTS, letters_title, make_letters, is_fetched_once=True),
)
