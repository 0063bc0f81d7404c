"""The checks of a database and a machine that are set up, and of those that are not."""

import time

import pytest
from django.db import connection

from portal.enums import Role
from portal.operating import checks, database
from tests.factories import UserFactory

GOOD = {
    "lock_timeout": "5000",
    "statement_timeout": "30000",
    "idle_in_transaction_session_timeout": "60000",
    "server_encoding": "UTF8",
    "server_version_num": "150014",
    "fsync": "on",
    "full_page_writes": "on",
}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        (
            {"lock_timeout": "0", "statement_timeout": "0"},
            ["数据库角色没有设置时限：lock_timeout、statement_timeout。"],
        ),
        ({"server_encoding": "SQL_ASCII"}, ["数据库的编码是 SQL_ASCII，应为 UTF8。"]),
        ({"server_version_num": "130011"}, ["PostgreSQL 的版本低于 14。"]),
        ({"fsync": "off"}, ["数据库关闭了 fsync 或 full_page_writes，断电会丢失数据。"]),
    ],
)
def test_settings_of_the_database_are_told(changed, told):
    assert list(database._of_the_settings(GOOD | changed)) == told


@pytest.mark.parametrize(
    ("collation", "parts", "locked_out", "told"),
    [
        ("C.UTF-8", True, False, []),
        ("zh_CN.UTF-8", True, False, ["数据库的排序规则是 zh_CN.UTF-8"]),
        ("C", False, False, ["数据库没有扩展 pg_trgm"]),
        ("C", True, True, ["第二道锁开着"]),
    ],
)
def test_what_searches_go_by_is_told(collation, parts, locked_out, told):
    found = database._of_the_search(collation, parts=parts, locked_out=locked_out)
    assert [fault.partition("，")[0] for fault in found] == told


@pytest.mark.parametrize(
    ("role", "faults"),
    [
        ((False, False, False, False, False), 0),
        ((True, False, False, False, False), 1),
        ((False, True, False, False, False), 1),
        ((False, False, False, True, False), 1),
        ((True, True, True, True, True), 2),
    ],
)
def test_role_that_can_do_too_much_is_told(role, faults):
    assert len(list(database._of_the_role(*role))) == faults


@pytest.mark.django_db
@pytest.mark.postgresql
def test_role_of_the_tests_owns_the_tables_and_may_make_databases():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = 0")
    found = checks.database_is_set_up(databases=["default"])
    assert {each.id for each in found} == {"portal.W003"}
    assert [each.msg.partition("，")[0].partition("：")[0] for each in found][:3] == [
        "程序使用的数据库角色是超级用户",
        "程序使用的数据库角色是表的所有者",
        "数据库角色没有设置时限",
    ]
    assert checks.database_is_set_up() == []


def test_clock_before_the_installation_and_a_zone_without_data_are_told(monkeypatch):
    assert checks.clock_and_zone_are_right() == []
    assert list(checks._faults_of_the_clock(1_000_000_000.0)) == ["系统时钟早于程序安装的时间，请先校时。"]
    monkeypatch.setattr(checks.time, "localtime", time.gmtime)
    assert list(checks._faults_of_the_clock(time.time())) == ["系统没有时区 Asia/Shanghai 的资料，请安装 tzdata。"]


def test_two_security_administrators_are_missed(security):
    assert checks.somebody_lets_people_in() == []
    (missed,) = checks.somebody_lets_people_in(databases=["default"])
    assert (missed.id, "只有 1 位" in missed.msg) == ("portal.W005", True)
    UserFactory(role=Role.SECURITY, union=security.union, is_active=False)
    assert checks.somebody_lets_people_in(databases=["default"]) == [missed]
    UserFactory(role=Role.SECURITY, union=security.union)
    assert checks.somebody_lets_people_in(databases=["default"]) == []
