"""Reminders: units that still owe their report are told so, in the portal, by e-mail, and as their people want it."""

import datetime
import re
import smtplib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from logging import getLogger

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.access import Permission, can
from portal.audit import By
from portal.desk.announcing import Words, announce
from portal.enums import AuditAction, MessageChannel, Role
from portal.keeping import keep_new
from portal.messaging.sending import tell_people
from portal.models import AuditEntry, Campaign, Union, User
from portal.workflow import MoveRefused
from reports.models import Reminder, Report

LONGEST = Reminder._meta.get_field("text").max_length
REMINDED_ROLES = (Role.CLERK, Role.LEAD)
# The same words to the same unit within the hour are a button pressed twice, a second tab, or a colleague who did not
# know. A one-time key in the form would catch the first of these alone.
SAME_WITHIN = datetime.timedelta(hours=1)
BESIDE_LETTERS = (MessageChannel.SMS, MessageChannel.WECOM)
ABOUT_THE_LETTER = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)  # not the server
LONG_NUMBER = re.compile(r"[0-9]{15}")

log = getLogger(__name__)


@dataclass
class Reminded:
    """What came of a reminder: units told, units not told with the reason, e-mails to send, and those that failed."""

    units: list[Union] = field(default_factory=list)
    refused: list[tuple[Union, str]] = field(default_factory=list)
    letters: list[EmailMessage] = field(default_factory=list)
    failed: int = 0

    @property
    def sent(self) -> int:
        return len(self.letters) - self.failed

    def deliver(self) -> None:
        """Send the e-mails over one connection; one that fails keeps neither the others nor the announcements back."""
        connection = get_connection()
        for position, letter in enumerate(self.letters):
            try:
                connection.open()  # by hand: the backend would open and close one for each letter
                connection.send_messages([letter])
            except OSError as error:  # also what smtplib raises
                log.warning("a reminder by e-mail was not sent: %s", type(error).__name__)
                if not isinstance(error, ABOUT_THE_LETTER):
                    self.failed += len(self.letters) - position
                    return
                self.failed += 1
        connection.close()


def suggested_text(campaign: Campaign) -> str:
    """What a reminder says unless the reviewer writes otherwise."""
    words = _("%(year)d年度两张统计表和总结报告，贵单位尚未报送。请抓紧核对记录、填报并报送。")
    return words % {"year": campaign.year}


def refusal(report: Report | None) -> str:
    """Why a unit with this report is not reminded, in words; '' when it still owes it."""
    if report is None or report.is_editable:
        return ""
    return _("报表现在的状态是“%(state)s”，不需要催报") % {"state": report.get_state_display()}


@transaction.atomic
def remind(campaign: Campaign, units: Iterable[Union], *, text: str, site: str, by: By) -> Reminded:
    """Remind each of `units` that still owes its report for `campaign` (issue "The report", Reviewing).

    Locks the units. Writes for each of them a report if there is none yet, an announcement, a reminder and an audit
    row; after the transaction one e-mail goes to each active clerk and lead of the unit who has an address. `site` is
    the address of the portal, for the links in e-mails. Units that owe nothing, or had the same words within the last
    hour, are passed over, with the reason in the answer. Raises ValidationError for a text that is missing, too long
    or holds a long number, and MoveRefused if `by` does not review reports.
    """
    if not can(by.actor, Permission.REVIEW_REPORTS):
        raise MoveRefused(_("您的岗位不能催报。"))
    text = checked_text(text)
    locked = Union.objects.select_for_update().open_on(timezone.localdate()).order_by("path")
    locked = locked.filter(pk__in=[unit.pk for unit in units])
    units = sorted(locked, key=lambda unit: unit.code)
    outcome = Reminded()
    reports = _owed(campaign, units, text, outcome)
    _write(campaign, reports, text=text, site=site, by=by, outcome=outcome)
    transaction.on_commit(outcome.deliver)
    return outcome


def checked_text(text: str) -> str:
    """The text as it is sent. E-mail is open to many eyes: an identity or card number does not go into one."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise ValidationError({"text": _("请填写催报内容。")})
    if len(text) > LONGEST:
        raise ValidationError({"text": _("催报内容最多 %(limit)d 个字。") % {"limit": LONGEST}})
    if LONG_NUMBER.search(re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))):
        raise ValidationError({"text": _("催报内容会发到邮箱，不能写身份证号、银行卡号。")})
    return text


def _owed(campaign: Campaign, units: list[Union], text: str, outcome: Reminded) -> dict[Union, Report | None]:
    """The units to remind, with their report; what keeps the others is noted in `outcome`."""
    found = Report.objects.filter(campaign=campaign, union__in=units, number=0).select_related("campaign", "union")
    reports = {report.union_id: report for report in found}
    since = timezone.now() - SAME_WITHIN
    alike = Reminder.objects.filter(report__in=list(found), text=text, sent_at__gt=since)
    just_told = set(alike.values_list("report__union", flat=True))
    owed = {}
    for unit in units:
        reason = refusal(reports.get(unit.pk))
        if unit.pk in just_told:
            reason = _("1 小时内已发过同样内容的催报")
        if reason:
            outcome.refused.append((unit, reason))
        else:
            owed[unit] = reports.get(unit.pk)
    return owed


def _write(
    campaign: Campaign, owed: dict[Union, Report | None], *, text: str, site: str, by: By, outcome: Reminded
) -> None:
    reports = _begun(campaign, owed, by.actor)
    people = _people(owed)
    title = _("请报送%(year)d年度报表") % {"year": campaign.year}
    links = {unit: reverse("report_show", args=[report.pk]) for unit, report in reports.items()}
    announce([Words(unit, title, f"{text}\n{due_words(reports[unit])}", links[unit]) for unit in owed], by=by)
    Reminder.objects.bulk_create(
        Reminder(report=reports[unit], text=text, emails=len(people[unit.pk]), sent_by=by.actor) for unit in owed
    )
    AuditEntry.objects.bulk_create(
        audit.entry(AuditAction.REMINDED, by=by, union=unit, subject=str(reports[unit]), emails=len(people[unit.pk]))
        for unit in owed
    )
    outcome.units.extend(owed)
    for unit in owed:
        body = letter_text(unit, reports[unit], text, site + links[unit])
        outcome.letters += [EmailMessage(title, body, to=[person]) for person in people[unit.pk]]
    tell_people(_reminded(owed), _("%(title)s。%(site)s") % {"title": title, "site": site}, channels=BESIDE_LETTERS)


def _begun(campaign: Campaign, owed: dict[Union, Report | None], actor: User) -> dict[Union, Report]:
    """The reports of the units, begun where there was none: what was said stands with the report."""
    new = [Report(campaign=campaign, union=unit, union_path=unit.path) for unit, report in owed.items() if not report]
    begun = {report.union_id: report for report in keep_new(new, actor, _("催报时建立"))}
    return {unit: report or begun[unit.pk] for unit, report in owed.items()}


def _people(units: Iterable[Union]) -> dict[int, list[str]]:
    """The addresses of the active clerks and leads of each unit itself, by its id."""
    found = _reminded(units).exclude(email="")
    people = defaultdict(list)
    for unit, email in found.order_by("id").values_list("union", "email"):
        people[unit].append(email)
    return people


def _reminded(units: Iterable[Union]) -> QuerySet[User]:
    """The active clerks and leads of each unit itself."""
    return User.objects.filter(union__in=list(units), is_active=True, role__in=REMINDED_ROLES)


def due_words(report: Report) -> str:
    """The unit's own day, which an extension may have moved."""
    return _("贵单位的报送期限：%(due)s") % {"due": report.due_on.isoformat()}


def letter_text(unit: Union, report: Report, text: str, url: str) -> str:
    """The e-mail: to the unit, never to a person by name, and with nothing from any record."""
    lines = [
        _("%(unit)s：") % {"unit": unit.name},
        text,
        due_words(report),
        _("办理：%(url)s") % {"url": url},
    ]
    return "\n\n".join(lines)
