"""Reminders outside the portal: in the hours of work, once a day, without anybody's data, and again until taken."""

import datetime
import json
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from portal.audit import By
from portal.desk.todos import Todo, Waiting
from portal.enums import MessageChannel
from portal.messaging import channels, digest, hours, sending
from portal.messaging.digest import digest_text, write_digests
from portal.messaging.sending import send_what_is_due, tell_people
from portal.messaging.ways import checked_address, end_way, open_way, ways_of
from portal.models import AuditEntry, Message, MessageWay, WorkdayException
from portal.outside.posting import SIGNATURE, AddressRefused, signed
from reports.review.reminding import remind
from tests.portal.api.test_webhooks import Listener

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")
MOBILE = "13800138000"


def at(*when: int) -> datetime.datetime:
    return datetime.datetime(*when, tzinfo=SHANGHAI)


@pytest.fixture
def clock(monkeypatch):
    """`clock(2014, 6, 3, 10)`: it is that hour for everything that sends."""

    def set_to(*when: int) -> datetime.datetime:
        moment = at(*when)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    set_to(2014, 6, 4, 10)  # a Wednesday
    return set_to


class Keeping:
    """A carrier that keeps what it is handed, or refuses it."""

    handed: list[tuple[str, str, str]] = []
    refuses = False

    def send(self, message: Message) -> None:
        if Keeping.refuses:
            raise channels.NotSent("full")
        Keeping.handed.append((message.way.channel, message.way.address, message.text))


@pytest.fixture
def carrying(settings, monkeypatch):
    path = f"{__name__}.Keeping"
    settings.MESSAGE_CHANNELS = dict.fromkeys(MessageChannel.values, path)
    monkeypatch.setattr(channels, "import_string", lambda _path: Keeping)
    Keeping.handed, Keeping.refuses = [], False
    return Keeping


def waits(monkeypatch, *acts: str, urgent: int = 0) -> None:
    """So much waits for everybody."""
    todos = [
        Waiting(Todo(act, None, None, None, act=act), act, 3, "/", number < urgent, "")
        for number, act in enumerate(acts)
    ]
    monkeypatch.setattr(digest, "waiting_for", lambda _user: todos)


def open_ways(user, **addresses: str) -> None:
    for channel, address in addresses.items():
        open_way(user, channel, address, by=By(user, "127.0.0.1"))


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        (at(2014, 6, 4, 9), at(2014, 6, 4, 9)),
        (at(2014, 6, 4, 17, 59), at(2014, 6, 4, 17, 59)),
        (at(2014, 6, 4, 8, 59), at(2014, 6, 4, 9)),
        (at(2014, 6, 4, 18), at(2014, 6, 5, 9)),
        (at(2014, 6, 4, 23, 30), at(2014, 6, 5, 9)),
        (at(2014, 6, 6, 20), at(2014, 6, 9, 9)),  # Friday night to Monday
        (at(2014, 6, 7, 12), at(2014, 6, 9, 9)),
    ],
)
def test_nobody_is_disturbed_outside_the_hours_of_work(now, allowed):
    WorkdayException.objects.all().delete()
    assert hours.when_allowed(now) == allowed


def test_holidays_and_working_weekends_are_those_of_the_calendar():
    WorkdayException.objects.all().delete()
    WorkdayException.objects.create(day=datetime.date(2014, 6, 9), is_workday=False, name="假")
    WorkdayException.objects.create(day=datetime.date(2014, 6, 7), is_workday=True, name="调休")
    assert hours.when_allowed(at(2014, 6, 6, 20)) == at(2014, 6, 7, 9)
    assert hours.when_allowed(at(2014, 6, 7, 20)) == at(2014, 6, 10, 9)


@pytest.mark.parametrize(
    ("channel", "typed", "kept"),
    [
        ("sms", " 138 0013 8000 ", MOBILE),
        ("sms", "１３８００１３８０００", MOBILE),
        ("wecom", "ChenJingBan", "ChenJingBan"),
        ("email", "chen@example.org", "chen@example.org"),
    ],
)
def test_number_is_kept_as_it_is_dialled(channel, typed, kept):
    assert checked_address(channel, typed) == kept


@pytest.mark.parametrize(
    ("channel", "typed", "words"),
    [
        ("sms", "021-63211939", "11 位手机号"),
        ("sms", "1380013800", "11 位手机号，请逐位核对"),
        ("sms", "1.38E+10", "11 位手机号"),
        ("sms", "", "11 位手机号"),
        ("wecom", "陈经办", "企业微信账号由"),
        ("wecom", "-chen", "企业微信账号由"),
        ("wecom", "c" * 65, "最多 64 个字符"),
        ("email", "chen", ""),
        ("email", f"{'c' * 250}@example.org", "最多 254 个字符"),
    ],
)
def test_wrong_number_is_refused_without_repeating_it(channel, typed, words):
    with pytest.raises(ValidationError) as refused:
        checked_address(channel, typed)
    assert words in refused.value.messages[0]
    assert not typed or typed not in refused.value.messages[0]


def test_way_is_opened_changed_and_ended_and_the_log_names_no_number(clerk, carrying, clock):
    open_ways(clerk, sms=MOBILE)
    open_ways(clerk, sms=MOBILE)
    open_ways(clerk, sms="13900139000")
    assert ways_of(clerk)["sms"].address == "13900139000"
    assert MessageWay.objects.filter(user=clerk, ended_at=None).count() == 1
    assert end_way(clerk, "sms", by=By(clerk, "127.0.0.1"))
    assert not end_way(clerk, "sms", by=By(clerk, "127.0.0.1"))
    acts = [entry.detail["act"] for entry in AuditEntry.objects.filter(subject="clerk").order_by("pk")]
    assert acts == ["开通提醒", "开通提醒", "停用提醒"]
    assert not [entry for entry in AuditEntry.objects.all() if "138" in json.dumps(entry.detail)]


def test_database_keeps_one_way_of_a_channel_and_no_number_in_clear(clerk, carrying):
    open_ways(clerk, sms=MOBILE)
    with pytest.raises(IntegrityError), transaction.atomic():
        MessageWay.objects.create(user=clerk, channel="sms", address="13900139000")
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM portal_messageway")
        assert MOBILE not in cursor.fetchone()[0]


def test_digest_says_kinds_and_counts_once_a_day(clerk, carrying, clock, monkeypatch):
    waits(monkeypatch, "初审 3 份助学申请", "审批 3 份助学申请", urgent=1)
    open_ways(clerk, sms=MOBILE, wecom="ChenJingBan")
    assert (write_digests(), write_digests()) == (2, 0)
    assert send_what_is_due() == (2, 0)
    assert send_what_is_due() == (0, 0)
    said = "您有 2 类事项待办，其中 1 类要紧：初审 3 份助学申请；审批 3 份助学申请。请登录门户办理。"
    assert sorted(carrying.handed) == [("sms", MOBILE, said), ("wecom", "ChenJingBan", said)]
    clock(2014, 6, 5, 9)
    assert write_digests() == 2


def test_digest_names_five_kinds_and_says_that_there_are_more(monkeypatch):
    waits(monkeypatch, *"甲乙丙丁戊己")
    assert digest_text(digest.waiting_for(None)) == "您有 6 类事项待办：甲；乙；丙；丁；戊；等等。请登录门户办理。"
    assert digest_text([]) == ""


def test_nothing_is_written_where_nothing_waits_nor_at_night(clerk, carrying, clock, monkeypatch):
    open_ways(clerk, sms=MOBILE)
    waits(monkeypatch)
    assert write_digests() == 0
    waits(monkeypatch, "甲")
    clock(2014, 6, 4, 20)
    assert write_digests() == 0
    clock(2014, 6, 5, 9)
    assert write_digests() == 1


def test_who_is_out_of_use_or_has_not_signed_in_yet_is_told_nothing(clerk, lead, carrying, clock, monkeypatch):
    waits(monkeypatch, "甲")
    open_ways(clerk, sms=MOBILE)
    open_ways(lead, sms="13900139000")
    type(lead).objects.filter(pk=lead.pk).update(must_change_password=True)
    assert write_digests() == 1
    type(clerk).objects.filter(pk=clerk.pk).update(is_active=False)
    assert send_what_is_due() == (0, 0)
    assert Message.objects.get().given_up_at is not None
    assert tell_people([clerk], "请报送") == 0


def test_message_waits_for_the_morning_and_is_given_up_with_its_way(clerk, carrying, clock):
    clock(2014, 6, 6, 20)
    open_ways(clerk, sms=MOBILE)
    assert tell_people([clerk], "请报送") == 1
    assert Message.objects.get().due_at == at(2014, 6, 9, 9)
    clock(2014, 6, 9, 9)
    end_way(clerk, "sms", by=By(clerk, "127.0.0.1"))
    assert send_what_is_due() == (0, 0)
    assert carrying.handed == []


def test_what_was_not_taken_is_tried_again_and_then_given_up(clerk, carrying, clock):
    open_ways(clerk, sms=MOBILE)
    tell_people([clerk], "请报送")
    carrying.refuses = True
    tried = [at(2014, 6, 4, 10), at(2014, 6, 4, 10, 10), at(2014, 6, 4, 11, 10), at(2014, 6, 4, 14, 10)]
    for moment in tried:
        assert Message.objects.get().due_at == moment
        clock(moment.year, moment.month, moment.day, moment.hour, moment.minute)
        assert send_what_is_due() == (0, 1)
    message = Message.objects.get()
    assert (message.attempts, message.given_up_at) == (4, tried[-1])
    carrying.refuses = False
    assert send_what_is_due() == (0, 0)


def test_two_runs_at_once_send_a_message_once(clerk, carrying, clock, monkeypatch):
    open_ways(clerk, sms=MOBILE)
    tell_people([clerk], "请报送")
    message = Message.objects.get()
    inner = []
    monkeypatch.setattr(Keeping, "send", lambda _self, _message: inner.append(sending._send(message.pk)))
    assert send_what_is_due() == (1, 0)
    assert inner == [None]


def test_email_goes_to_its_address(clerk, settings, clock):
    settings.MESSAGE_CHANNELS = {"email": "portal.messaging.channels.EmailChannel"}
    open_ways(clerk, email="chen@example.org")
    tell_people([clerk], "请报送")
    assert send_what_is_due() == (1, 0)
    (letter,) = mail.outbox
    assert (letter.to, letter.body) == (["chen@example.org"], "请报送")


def test_console_keeps_the_number_to_itself(clerk, settings, clock, capsys):
    settings.MESSAGE_CHANNELS = {"sms": "portal.messaging.channels.ConsoleChannel"}
    open_ways(clerk, sms=MOBILE)
    tell_people([clerk], "请报送")
    call_command("send_messages", verbosity=0)
    printed = capsys.readouterr().out
    assert "短信 138****8000：请报送" in printed
    assert MOBILE not in printed


def test_gateway_is_sent_a_signed_message_and_tried_again_where_it_refuses(clerk, settings, clock):
    gateway = Listener()
    settings.WEBHOOK_LOCAL, settings.MESSAGE_GATEWAY_SECRET = True, "s3cret"
    settings.MESSAGE_GATEWAY_URL = gateway.address
    settings.MESSAGE_CHANNELS = {"sms": "portal.messaging.channels.GatewayChannel"}
    open_ways(clerk, sms=MOBILE)
    tell_people([clerk], "请报送")
    gateway.answer = 503
    assert send_what_is_due() == (0, 1)
    now, gateway.answer = clock(2014, 6, 4, 10, 10), 202
    assert send_what_is_due() == (1, 0)
    (_path, _headers, first), (_path, headers, second) = gateway.taken
    key = Message.objects.get().pk
    assert json.loads(first) == json.loads(second) == {"id": key, "channel": "sms", "to": MOBILE, "text": "请报送"}
    assert headers[SIGNATURE] == signed(second, "s3cret", now)


def test_gateway_on_this_machine_is_refused_and_the_log_names_no_number(clerk, settings, clock, caplog):
    settings.MESSAGE_GATEWAY_URL, settings.MESSAGE_GATEWAY_SECRET = "https://127.0.0.1/hook", "s3cret"
    settings.MESSAGE_CHANNELS = {"sms": "portal.messaging.channels.GatewayChannel"}
    open_ways(clerk, sms=MOBILE)
    tell_people([clerk], "请报送")
    assert send_what_is_due() == (0, 1)
    assert AddressRefused.__name__ in caplog.text
    assert MOBILE not in caplog.text


def test_units_reminded_are_told_by_short_message_in_the_morning(
    clerk, lead, foreign_clerk, reviewer, campaign, district, carrying, clock
):
    clock(2014, 8, 29, 20)  # a Friday
    open_ways(clerk, sms=MOBILE, email="chen@example.org")
    open_ways(foreign_clerk, sms="13900139000")
    remind(campaign, [district], text="请抓紧", site="https://portal.example", by=By(reviewer, "127.0.0.1"))
    message = Message.objects.get()  # the e-mail goes by the letter that everybody gets
    assert (message.way.user, message.text) == (clerk, "请报送2014年度报表。https://portal.example")
    assert message.due_at == at(2014, 9, 1, 9)


def test_page_opens_changes_and_ends_a_way(client_of, clerk, lead, carrying):
    browser, page = client_of(clerk), reverse("messageway_list")
    answer = browser.post(page, {"channel": "sms", "address": MOBILE}, follow=True)
    assert "138****8000" in answer.text
    assert MOBILE not in answer.text
    wrong = browser.post(page, {"channel": "sms", "address": "12345"})
    assert wrong.text.count("11 位手机号") >= 1
    assert 'value="12345"' in wrong.text
    assert ways_of(clerk)["sms"].address == MOBILE
    assert "138****8000" not in client_of(lead).get(page).text
    browser.post(reverse("messageway_end", args=["sms"]))
    assert ways_of(clerk) == {}


def test_channel_that_nothing_carries_is_not_offered(client_of, clerk, settings):
    settings.MESSAGE_CHANNELS = {}
    browser, page = client_of(clerk), reverse("messageway_list")
    assert "还没有接通短信" in browser.get(page).text
    assert browser.post(page, {"channel": "sms", "address": MOBILE}).status_code == 404
    with pytest.raises(ValidationError):
        open_ways(clerk, sms=MOBILE)
