"""python manage.py index_names"""

from django.core.management.base import CommandError
from django.db import connection

from employment.records import FINAL
from portal.management.base import PortalCommand
from portal.operating.finding import index_parts
from portal.records.search import searched_columns


class Command(PortalCommand):
    help = "Index the names that lists are searched by, where the migration could not: pg_trgm was not there yet."

    def handle(self, **_options):
        columns = searched_columns(FINAL.values())
        if connection.vendor != "postgresql":
            raise CommandError("只有 PostgreSQL 需要这些索引。")
        if not index_parts(columns):
            raise CommandError("没有扩展 pg_trgm，本角色也不能安装。请数据库管理员执行 CREATE EXTENSION pg_trgm。")
        self.stdout.write(f"{len(columns)} 列已有索引。")
