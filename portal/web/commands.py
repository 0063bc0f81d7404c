"""Every page that a person may open, by its name: what Ctrl+K offers, and a page that does so without scripts."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.web.navigation import areas_for
from portal.words.pinyin import initials


@dataclass(frozen=True)
class Command:
    """A page to go to. `initials` are those of its label, by which it is found as people are."""

    label: str | Promise
    url: str
    icon: str

    @property
    def initials(self) -> str:
        return initials(str(self.label)).lower()

    def answers(self, typed: str) -> bool:
        """Whether somebody who types `typed` may mean it: a part of its label, or the beginning of its initials."""
        typed = typed.strip().lower()
        return bool(typed) and (typed in str(self.label).lower() or self.initials.startswith(typed))


@dataclass(frozen=True)
class CommandGroup:
    """The commands of one area."""

    label: str | Promise
    commands: tuple[Command, ...]


def command_groups(user: Any) -> list[CommandGroup]:
    """All commands of `user`, by area; what belongs to nobody's work comes last."""
    groups = [
        CommandGroup(
            area.label,
            tuple(Command(item.label, item.url, item.icon) for item in area.items)
            or (Command(area.label, area.url, area.icon),),
        )
        for area in areas_for(user)
    ]
    own = (
        Command(_("通知"), reverse("announcement_list"), "bell"),
        Command(_("帮助"), reverse("help_index"), "question-circle"),
        Command(_("修改密码"), reverse("password_change"), "key"),
        Command(_("我的登录"), reverse("session_list"), "display"),
        Command(_("消息提醒"), reverse("messageway_list"), "chat-dots"),
    )
    return [*groups, CommandGroup(_("本人"), own)]


def commands_like(user: Any, typed: str) -> list[Command]:
    """The commands of `user` that answer what was typed; those of two areas once."""
    found = (each for group in command_groups(user) for each in group.commands if each.answers(typed))
    return list({command.url: command for command in found}.values())
