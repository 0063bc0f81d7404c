"""Random walks over the life of reports: no illegal state, nothing frozen changes, the city is the sum of the frozen.

The model beside the portal is a dictionary and a table of moves written by hand from domain.md; whoever tries is drawn
at random too, so that most attempts must be refused.
"""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from aid.models import Contribution
from portal.audit import By
from portal.enums import Role
from portal.models import Union
from portal.workflow import MoveRefused
from reports.city.consolidation import accepted_city, consolidate
from reports.handed_in.submission import accept_report, endorse_report, return_report, start_review, submit_report
from reports.models import Explanation, Report, Submission
from reports.preparing.preparation import adjust_figure
from reports.preparing.standing import standing
from reports.review.supplementing import open_supplement
from reports.sealing.snapshot import kept
from tests.factories import UserFactory
from tests.reports import builders as make
from tests.reports.getting_ready import ready

UNITS = st.integers(0, 1)
# Mostly somebody who may, or the walk would hardly leave its first step.
PEOPLE = st.sampled_from(["rightful", "rightful", "rightful", "second", "clerk", "lead", "other_lead", "auditor"])
# In one rule, and the way to the end more often than back: walks get somewhere.
WAY = ["submit", "submit", "accept", "accept", "endorse", "start_review", "return", "supplement"]
ACTS = st.sampled_from([*WAY, "money_comes_in", "record_is_mended", "adjust", "consolidate"])
DAY = 12
YUAN = st.decimals("0.01", "999.99", places=2)
REVIEWERS = {"reviewer", "second"}

# Where each move starts and ends. Who accepts, endorses and supplements is said in `_may`.
MOVES = {
    "start_review": ({"submitted"}, "under_review"),
    "return": ({"submitted", "under_review"}, "returned"),
    "endorse": ({"submitted", "under_review"}, "under_review"),
    "accept": ({"submitted", "under_review"}, "accepted"),
}
SERVICES = {
    "start_review": start_review,
    "return": lambda report, by: return_report(report, figures=[], comment="请核对", by=by),
    "endorse": endorse_report,
    "accept": accept_report,
}


class Walk(RuleBasedStateMachine):
    """Two units, their reports and supplements, and the people around them."""

    @initialize(two=st.booleans())
    def begin(self, two):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.units = make.small_city()
        self.campaign = make.campaign()
        self.two = two
        self.campaign.reviewers_needed = 2 if two else 1
        self.campaign.save()
        city, (first, second) = Union.objects.get(depth=1), self.units
        roles = [("clerk", Role.CLERK, first), ("lead", Role.LEAD, first), ("other_lead", Role.LEAD, second)]
        roles += [(name, Role.REVIEWER, city) for name in sorted(REVIEWERS)] + [("auditor", Role.AUDITOR, city)]
        self.people = {name: UserFactory(name=name, role=role, union=union) for name, role, union in roles}
        self.reports = [[ready(self.campaign, unit).pk] for unit in self.units]  # supplements come behind
        self.states = {pks[0]: "draft" for pks in self.reports}
        self.agreed = dict.fromkeys(self.states)
        self.handed_in, self.frozen = {}, {}

    def teardown(self):
        if not hasattr(self, "atomic"):
            return
        try:
            self.check_everything_frozen()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def latest(self, unit: int) -> Report:
        return Report.objects.select_related("campaign", "union").get(pk=self.reports[unit][-1])

    def of_unit(self, unit: int, who: str) -> str:
        return ("lead", "other_lead")[unit] if who == "rightful" else who

    def of_city(self, who: str) -> str:
        return "reviewer" if who == "rightful" else who

    def mend(self, unit, amount):
        first = Contribution.objects.in_union(self.units[unit]).order_by("pk").first()
        if first:
            first.amount = first.confirmed_amount = amount
            first.save()

    def adjust(self, unit, who):
        report, who = self.latest(unit), self.of_unit(unit, who)
        of_unit = {"clerk", "lead"} if unit == 0 else {"other_lead"}
        may = who in of_unit and self.states[report.pk] in {"draft", "returned"}
        self.attempt(
            may,
            lambda: adjust_figure(
                report, slug="event_posts", difference=Decimal(4), reason="另有", by=By(self.people[who])
            ),
        )

    @rule(acts=st.lists(st.tuples(ACTS, UNITS, PEOPLE, YUAN), min_size=DAY, max_size=DAY))
    def a_day_passes(self, acts):
        for act, unit, who, amount in acts:
            match act:
                case "money_comes_in":
                    make.contribution(self.units[unit], amount=amount)
                case "record_is_mended":
                    self.mend(unit, amount)
                case "consolidate":
                    self.consolidate(who)
                case "submit" | "adjust" | "supplement":
                    getattr(self, act)(unit, who)
                case _:
                    self.review(unit, who, act)

    def submit(self, unit, who):
        report, who = self.latest(unit), self.of_unit(unit, who)
        by = self.people["lead"]
        for found in standing(report).unexplained:
            Explanation.objects.create(report=report, check_code=found.check.code, text="属实", made_by=by)
        may = who == ("lead" if unit == 0 else "other_lead") and self.states[report.pk] in {"draft", "returned"}
        done = self.attempt(may, lambda: submit_report(report, by=By(self.people[who])))
        if done:
            self.states[report.pk], self.agreed[report.pk] = "submitted", None
            self.handed_in[report.pk] = done.pk
            self.frozen[done.pk] = (done.digest, {f.slug: f.reported for f in done.figures.all()})

    def review(self, unit, who, name):
        report, who = self.latest(unit), self.of_city(who)
        sources, target = MOVES[name]
        again = name == "endorse" and self.agreed[report.pk] == who and self.states[report.pk] == "under_review"
        may = again or (self.states[report.pk] in sources and self._may(name, who, report.pk))
        if self.attempt(may, lambda: SERVICES[name](report, by=By(self.people[who])), is_done=True):
            self.states[report.pk] = target
            if name == "endorse":
                self.agreed[report.pk] = who

    def _may(self, name: str, who: str, pk: int) -> bool:
        if who not in REVIEWERS:
            return False
        if name == "endorse":
            return self.two and self.agreed[pk] is None
        if name == "accept" and self.two:
            return self.agreed[pk] not in {None, who}
        return True

    def supplement(self, unit, who):
        report, who = self.latest(unit), self.of_city(who)
        may = who in REVIEWERS and self.states[report.pk] == "accepted"
        opened = self.attempt(may, lambda: open_supplement(report, reason="漏报", by=By(self.people[who])))
        if opened:
            self.reports[unit].append(opened.pk)
            self.states[opened.pk], self.agreed[opened.pk] = "draft", None

    def consolidate(self, who):
        who = self.of_city(who)
        may = who in REVIEWERS and "accepted" in self.states.values()
        made = self.attempt(may, lambda: consolidate(self.campaign, by=By(self.people[who])))
        if made:
            assert made.totals == {slug: f"{value:.2f}" for slug, value in self.sum_of_accepted().items()}

    def attempt(self, may: bool, act, *, is_done: bool = False):  # noqa: FBT001  the model's answer to whether it may
        """What `act` gives, if it `may`; else it must refuse, and leave nothing behind."""
        if may:
            made = act()
            return True if is_done else made
        with pytest.raises(MoveRefused), transaction.atomic():
            act()
        return None

    def sum_of_accepted(self) -> dict[str, Decimal]:
        """The latest accepted report of each unit, added up from what the model kept."""
        accepted = [[pk for pk in pks if self.states[pk] == "accepted"] for pks in self.reports]
        values = [self.frozen[self.handed_in[pks[-1]]][1] for pks in accepted if pks]
        return {slug: sum(one[slug] for one in values) for slug in (values[0] if values else ())}

    @invariant()
    def states_are_those_of_the_model(self):
        if hasattr(self, "states"):
            assert dict(Report.objects.values_list("pk", "state")) == self.states

    @invariant()
    def city_is_the_sum_of_the_frozen(self):
        if hasattr(self, "states"):
            total = accepted_city(self.campaign).figures.total
            expected = self.sum_of_accepted()
            assert {slug: Decimal(total[slug]) for slug in expected} == expected

    def check_everything_frozen(self):
        for submission in Submission.objects.all():
            digest, values = self.frozen[submission.pk]
            assert (submission.digest, kept(submission).digest) == (digest, digest)
            assert {f.slug: f.reported for f in submission.figures.all()} == values


@pytest.mark.django_db
def test_no_walk_breaks_the_rules_of_reporting():
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=14,
            stateful_step_count=5,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
