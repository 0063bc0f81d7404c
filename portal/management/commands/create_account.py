from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.accounts.services import create_account, place_fault
from portal.enums import Role
from portal.models import Union


class Command(BaseCommand):
    help = _("建立一个账号并显示首次密码，例如新系统的第一位系统管理员。")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", required=True, help=_("用户名"))
        parser.add_argument("--name", required=True, help=_("姓名"))
        parser.add_argument("--role", required=True, choices=Role.values, help=_("岗位"))
        parser.add_argument("--union", required=True, help=_("所属工会的编码"))

    def handle(self, *_args: Any, username: str, name: str, role: str, union: str, **_options: Any) -> None:
        owner = Union.objects.filter(code=union).first()
        if owner is None:
            raise CommandError(_("没有编码为“%(code)s”的工会。请先用 load_unions 载入工会。") % {"code": union})
        if fault := place_fault(role, owner):
            raise CommandError(fault)
        try:
            _user, password = create_account(username, name=name, role=Role(role), union=owner)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        shown = {"username": username, "password": password}
        self.stdout.write(_("账号 %(username)s 已建立，首次密码：%(password)s") % shown)
        self.stdout.write(_("首次登录时须修改密码。"))
