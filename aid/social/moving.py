"""A project from state to state."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from aid.models import Project
from aid.social.workflow import PROJECT_WORKFLOW
from portal.audit import By
from portal.days import is_future
from portal.keeping import keep
from portal.records.editing import lock_unit
from portal.workflow import MoveRefused

ACCEPTANCE = ("accepted_on", "acceptance", "accepted_by")


@dataclass(frozen=True)
class ProjectTold:
    """What is told with a move: words, and of an acceptance its day, its result and who accepted."""

    words: str = ""
    accepted_on: datetime.date | None = None
    acceptance: str = ""
    accepted_by: str = ""


NOTHING_TOLD = ProjectTold()


@transaction.atomic
def move_project(project: Project, name: str, *, by: By, told: ProjectTold = NOTHING_TOLD) -> Project:
    """Make the move `name` of `PROJECT_WORKFLOW`.

    Locks the 填报单位. Writes the project with one version and one audit row; taken up again it loses its acceptance,
    which its history keeps. Raises MoveRefused with the reason.
    """
    lock_unit(project.union)
    project = Project.objects.select_related("union", "organisation").get(pk=project.pk)
    move = PROJECT_WORKFLOW.by_name[name]
    also: tuple[str, ...] = ("state_note",)
    if name == "accept":
        if not (told.accepted_on and told.acceptance and told.accepted_by.strip()):
            raise MoveRefused(_("验收要填写日期、结果和验收人。"))
        if is_future(told.accepted_on):
            raise MoveRefused(_("验收日期不能晚于今天。"))
        if told.accepted_on < project.starts_on:
            raise MoveRefused(_("验收日期不能早于项目开始日期。"))
    if misplaced := PROJECT_WORKFLOW.misplaced(project, move) or move.hindrance(project, by.actor):
        raise MoveRefused(misplaced)
    project.state_note = told.words.strip()
    if name in {"accept", "resume"}:
        for field in ACCEPTANCE:
            setattr(project, field, getattr(told, field))
        also += ACCEPTANCE
    PROJECT_WORKFLOW.apply(project, name, actor=by.actor, reason=told.words, also=also)
    keep(project, by, str(move.label))
    return project
