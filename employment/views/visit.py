"""Visits and their plan, with graduates among those visited."""

from aid.views import visit, visit_plan
from employment.graduates.visit_plan import GROUPS
from employment.records import CHILD, GRADUATE, HOUSEHOLD


class VisitCreate(visit.VisitCreate):
    people = (CHILD, GRADUATE, HOUSEHOLD)


class VisitPlan(visit_plan.VisitPlan):
    groups = GROUPS


class VisitPlanExport(visit_plan.VisitPlanExport):
    groups = GROUPS


class VisitRoute(visit_plan.VisitRoute):
    groups = GROUPS
