"""Where one is signed in is listed, and ended by who is; what changes about an account ends its sessions."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client
from django.utils import timezone

from portal.accounts.services import change_account, reset_password
from portal.accounts.sessions import in_words
from portal.audit import By
from portal.models import AuditEntry, SignInSession
from tests.factories import PASSWORD

ADDRESS = "/sessions/"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"


def signed_in(user, **headers) -> Client:
    client = Client(**headers)
    client.post("/sign-in/", {"username": user.username, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "谷歌浏览器，Windows 电脑"),
        (f"{CHROME} Edg/120.0", "微软浏览器，Windows 电脑"),
        (f"{CHROME} QIHU 360SE", "360 浏览器，Windows 电脑"),
        ("Mozilla/5.0 (X11; Linux x86_64; Kylin) Gecko Firefox/115.0", "火狐浏览器，麒麟电脑"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17 like Mac OS X) Safari/604.1 MicroMessenger/8.0", "微信，苹果手机"),
        ("curl/8.0", ""),
    ],
)
def test_browser_is_told_in_words(agent, words):
    assert in_words(agent) == words


def test_page_tells_each_session_and_no_key(clerk):
    here = signed_in(clerk, REMOTE_ADDR="10.1.1.1")
    there = signed_in(clerk, REMOTE_ADDR="10.2.2.2", headers={"user-agent": CHROME})
    page = here.get(ADDRESS)
    assert [(row.address, row.browser, row.is_own) for row in page.context["rows"]] == [
        ("10.1.1.1", "", True),
        ("10.2.2.2", "谷歌浏览器，Windows 电脑", False),
    ]
    assert all(row.since <= row.used for row in page.context["rows"])
    keys = [client.cookies[settings.SESSION_COOKIE_NAME].value for client in (here, there)]
    assert [key for key in keys if key in page.text] == []


def test_one_or_all_others_are_ended_by_their_owner(clerk, foreign_clerk):
    here, *there = [signed_in(clerk) for _each in range(4)]
    stranger = signed_in(foreign_clerk)
    names = re.findall(r'name="name"\s+value="([0-9a-f]{16})"', here.get(ADDRESS).text)
    assert len(names) == 3
    assert "没有别处的登录了。" in stranger.post(ADDRESS, {"name": names[0]}, follow=True).text
    here.post(ADDRESS, {"name": names[0]})
    assert sum(map(is_in, there)) == 2
    assert "已结束 2 处登录。" in here.post(ADDRESS, follow=True).text
    assert ([is_in(each) for each in there], is_in(here), is_in(stranger)) == ([False] * 3, True, True)
    told = AuditEntry.objects.filter(action="logout").order_by("id").values_list("actor__username", "detail")
    assert list(told) == [("clerk", {"act": "结束自己在别处的登录", "count": n}) for n in (1, 2)]


@pytest.mark.parametrize("change", ["role", "union", "is_active", "reset"])
def test_session_ends_with_what_it_was_opened_for(clerk, foreign_clerk, security, grassroots, change):
    theirs, other = signed_in(clerk), signed_in(foreign_clerk)
    if change == "reset":
        reset_password(clerk, by=By(security))
    else:
        values = {"role": "lead", "union": grassroots, "is_active": False}
        change_account(clerk, changes={change: values[change]}, by=By(security))
    assert not SignInSession.objects.filter(account=clerk).exists()
    assert (is_in(theirs), is_in(other)) == (False, True)


def test_another_name_leaves_the_session(clerk, security):
    theirs = signed_in(clerk)
    change_account(clerk, changes={"name": "陈新名"}, by=By(security))
    assert is_in(theirs)


def test_request_under_way_brings_no_ended_session_back(clerk):
    client = signed_in(clerk)
    store = import_module(settings.SESSION_ENGINE).SessionStore(client.cookies[settings.SESSION_COOKIE_NAME].value)
    store["seen"] = 1
    SignInSession.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
    assert not SignInSession.objects.exists()


def test_expired_session_is_told_no_more(clerk):
    client = signed_in(clerk)
    signed_in(clerk)
    own = client.cookies[settings.SESSION_COOKIE_NAME].value
    SignInSession.objects.exclude(session_key=own).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert len(client.get(ADDRESS).context["rows"]) == 1
