"""Ages at school: wide enough for who starts late or repeats, so that only slips are told."""

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from aid.enums import Stage

# From the youngest to the oldest in full years; no rule of the notice, therefore never refused.
USUAL_AGES = {
    Stage.PRIMARY: (5, 20),
    Stage.JUNIOR: (9, 22),
    Stage.SENIOR: (12, 26),
    Stage.VOCATIONAL: (12, 26),
    Stage.COLLEGE: (14, 35),
    Stage.BACHELOR: (14, 35),
    Stage.POSTGRADUATE: (17, 45),
}


def age_on(day: date, born: date) -> int:
    """Full years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def unusual_age(stage: str, born: date | None) -> str:
    """What is odd about somebody of that stage born on that day, in words; '' when nothing is, or no day is known."""
    if born is None:
        return ""
    age = age_on(localdate(), born)
    youngest, oldest = USUAL_AGES[stage]
    if youngest <= age <= oldest:
        return ""
    return _("学段是“%(stage)s”，年龄 %(age)d 岁，请核对证件号码和学段") % {"stage": Stage(stage).label, "age": age}
