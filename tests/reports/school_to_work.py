"""A daughter aided in three successive campaigns, who graduates in the third, is helped, placed, and stays.

Her figures in each year, worked out by hand from the facts; every figure that is not named is nothing.
"""

from datetime import date

from reports.figures import FIGURES

AIDED = {2012: 1000, 2013: 1500, 2014: 2000}  # yuan, raised and paid in full
END = {year: date(year, 12, 31) for year in (2012, 2013, 2014, 2015)}
NOTHING = {figure.slug: figure.unit.format(0) for figure in FIGURES}


def aided(amount: str, **others: str) -> dict[str, str]:
    money = dict.fromkeys(("raised", "raised_union", "paid", "paid_tertiary"), amount)
    return NOTHING | money | {"aided": "1", "aided_tertiary": "1"} | others


EXPECTED = {
    2012: aided("0.10", advanced="1", advanced_tertiary="1"),  # she enters college in September
    2013: aided("0.15"),
    2014: aided(
        "0.20",
        graduates="1",
        graduates_fresh="1",
        graduates_need_help="1",
        trainings="1",
        certificates="1",
        job_events="1",
        event_posts="30",
        job_grants="1",
        job_grant_amount="0.03",
        placements="1",
    ),
    2015: NOTHING | {"graduates": "1", "graduates_past": "1", "graduates_need_help": "1"},
}
FUNNEL_2014 = {
    "path_trained": 1,
    "path_practised": 0,
    "path_placed": 1,
    "path_kept_3": 1,
    "path_kept_6": 1,
    "path_further_study": 0,
}
