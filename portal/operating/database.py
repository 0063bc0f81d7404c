"""Whether the database, and the role that the portal works under, are set up as deploy/postgresql.sql sets them up."""

import time
from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.utils import timezone

from portal.operating.finding import asks_under_the_lock, has_parts

CHARACTER_ORDER = {"C", "POSIX", "C.UTF-8", "C.utf8"}
OLDEST = 140000  # PostgreSQL 14
CLOCKS_APART = 5  # seconds
TIME_OUTS = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")

ROLE = """
    SELECT rolsuper, rolbypassrls, rolcreaterole OR rolcreatedb,
           EXISTS (SELECT FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
                   WHERE relkind IN ('r', 'p') AND nspname = 'public' AND relowner = r.oid),
           has_schema_privilege(r.rolname, 'public', 'CREATE')
    FROM pg_roles r WHERE rolname = current_user
"""
SETTINGS = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"


def database_faults() -> list[str]:
    """What is not as it should be, in words; six queries. Raises DatabaseError where it cannot be asked."""
    with connection.cursor() as cursor:
        cursor.execute(ROLE)
        role = cursor.fetchone()
        cursor.execute(SETTINGS, [[*TIME_OUTS, "server_encoding", "server_version_num", "fsync", "full_page_writes"]])
        known = dict(cursor.fetchall())
        cursor.execute("SELECT datcollate FROM pg_database WHERE datname = current_database()")
        collation = cursor.fetchone()[0]
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        apart = abs(float(cursor.fetchone()[0]) - time.time())
    locked_out = settings.SECOND_LOCK and not asks_under_the_lock()
    search = _of_the_search(collation, parts=has_parts(), locked_out=locked_out)
    return [*_of_the_role(*role), *_of_the_settings(known), *search, *_of_the_clock(apart)]


def _of_the_role(superuser: bool, bypass: bool, creator: bool, owner: bool, schema: bool) -> Iterator[str]:  # noqa: FBT001
    if superuser or bypass or creator:
        yield "程序使用的数据库角色是超级用户，或可以绕过行级权限、建角色、建库，应换成只能读写数据的角色。"
    if owner or schema:
        yield "程序使用的数据库角色是表的所有者，或可以建表，只追加的表就保护不住了；表应归另一个角色所有。"


def _of_the_settings(known: dict[str, str]) -> Iterator[str]:
    unset = [name for name in TIME_OUTS if known[name] == "0"]
    if unset:
        yield f"数据库角色没有设置时限：{'、'.join(unset)}。"
    if known["server_encoding"] != "UTF8":
        yield f"数据库的编码是 {known['server_encoding']}，应为 UTF8。"
    if int(known["server_version_num"]) < OLDEST:
        yield "PostgreSQL 的版本低于 14。"
    if "off" in {known["fsync"], known["full_page_writes"]}:
        yield "数据库关闭了 fsync 或 full_page_writes，断电会丢失数据。"


def _of_the_search(collation: str, *, parts: bool, locked_out: bool) -> Iterator[str]:
    if collation not in CHARACTER_ORDER:
        yield f"数据库的排序规则是 {collation}，应为 C.UTF-8，否则按编号和首字母查找会有遗漏。"
    if not parts:
        yield "数据库没有扩展 pg_trgm，全市按姓名查找会很慢；由数据库管理员安装后运行 manage.py index_names。"
    if locked_out:
        words = "第二道锁开着，而 textlike、replace 没有声明为 LEAKPROOF，全市按姓名查找会很慢；"
        yield words + "由数据库管理员按 deploy/postgresql.sql 声明。"


def _of_the_clock(apart: float) -> Iterator[str]:
    if apart > CLOCKS_APART:
        yield f"数据库与本机的时钟相差 {apart:.0f} 秒（{timezone.now():%Y-%m-%d %H:%M:%S}），请校时。"
