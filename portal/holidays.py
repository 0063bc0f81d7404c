"""Holidays and make-up working days as the General Office of the State Council announced them, year by year.

Each year's notice is named with its document number. What a notice says about the last days of the year before stands
under the year it is announced for, with the full date. Whole holidays are given, weekends in them included. Years that
are not here are unknown: nobody may guess them, a system administrator brings the notice in when it is published.
"""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Announced:
    """One year's notice: holidays as (name, first, last), make-up working days as (name of the holiday, days)."""

    year: int
    source: str
    holidays: tuple[tuple[str, str, str], ...]
    workdays: tuple[tuple[str, tuple[str, ...]], ...]

    def days(self) -> dict[date, tuple[bool, str]]:
        """Whether each day named is worked, and the holiday it belongs to."""
        found = {}
        for name, first, last in self.holidays:
            start, end = self._day(first), self._day(last)
            found |= {start + timedelta(days=more): (False, name) for more in range((end - start).days + 1)}
        for name, days in self.workdays:
            found |= {self._day(day): (True, name) for day in days}
        return found

    def _day(self, text: str) -> date:
        return date.fromisoformat(text if len(text) > len("01-01") else f"{self.year}-{text}")


NEW_YEAR, SPRING, QINGMING, LABOUR = "元旦", "春节", "清明节", "劳动节"
DRAGON_BOAT, MID_AUTUMN, NATIONAL = "端午节", "中秋节", "国庆节"
BOTH = "国庆节、中秋节"

ANNOUNCED = (
    Announced(
        2013,
        "国办发明电〔2012〕33号",
        (
            (NEW_YEAR, "01-01", "01-03"),
            (SPRING, "02-09", "02-15"),
            (QINGMING, "04-04", "04-06"),
            (LABOUR, "04-29", "05-01"),
            (DRAGON_BOAT, "06-10", "06-12"),
            (MID_AUTUMN, "09-19", "09-21"),
            (NATIONAL, "10-01", "10-07"),
        ),
        (
            (NEW_YEAR, ("01-05", "01-06")),
            (SPRING, ("02-16", "02-17")),
            (QINGMING, ("04-07",)),
            (LABOUR, ("04-27", "04-28")),
            (DRAGON_BOAT, ("06-08", "06-09")),
            (MID_AUTUMN, ("09-22",)),
            (NATIONAL, ("09-29", "10-12")),
        ),
    ),
    Announced(
        2014,
        "国办发明电〔2013〕28号",
        (
            (NEW_YEAR, "01-01", "01-01"),
            (SPRING, "01-31", "02-06"),
            (QINGMING, "04-05", "04-07"),
            (LABOUR, "05-01", "05-03"),
            (DRAGON_BOAT, "06-02", "06-02"),
            (MID_AUTUMN, "09-08", "09-08"),
            (NATIONAL, "10-01", "10-07"),
        ),
        ((SPRING, ("01-26", "02-08")), (LABOUR, ("05-04",)), (NATIONAL, ("09-28", "10-11"))),
    ),
    Announced(
        2015,
        "国办发明电〔2014〕28号；国发明电〔2015〕1号（9月3日至5日）",
        (
            (NEW_YEAR, "01-01", "01-03"),
            (SPRING, "02-18", "02-24"),
            (QINGMING, "04-05", "04-06"),
            (LABOUR, "05-01", "05-01"),
            (DRAGON_BOAT, "06-20", "06-22"),
            ("抗战胜利纪念日", "09-03", "09-05"),
            (MID_AUTUMN, "09-27", "09-27"),
            (NATIONAL, "10-01", "10-07"),
        ),
        (
            (NEW_YEAR, ("01-04",)),
            (SPRING, ("02-15", "02-28")),
            ("抗战胜利纪念日", ("09-06",)),
            (NATIONAL, ("10-10",)),
        ),
    ),
    Announced(
        2016,
        "国办发明电〔2015〕18号",
        (
            (NEW_YEAR, "01-01", "01-01"),
            (SPRING, "02-07", "02-13"),
            (QINGMING, "04-04", "04-04"),
            (LABOUR, "05-01", "05-02"),
            (DRAGON_BOAT, "06-09", "06-11"),
            (MID_AUTUMN, "09-15", "09-17"),
            (NATIONAL, "10-01", "10-07"),
        ),
        (
            (SPRING, ("02-06", "02-14")),
            (DRAGON_BOAT, ("06-12",)),
            (MID_AUTUMN, ("09-18",)),
            (NATIONAL, ("10-08", "10-09")),
        ),
    ),
    Announced(
        2017,
        "国办发明电〔2016〕17号",
        (
            (NEW_YEAR, "01-01", "01-02"),
            (SPRING, "01-27", "02-02"),
            (QINGMING, "04-02", "04-04"),
            (LABOUR, "05-01", "05-01"),
            (DRAGON_BOAT, "05-28", "05-30"),
            (BOTH, "10-01", "10-08"),
        ),
        ((SPRING, ("01-22", "02-04")), (QINGMING, ("04-01",)), (DRAGON_BOAT, ("05-27",)), (BOTH, ("09-30",))),
    ),
    Announced(
        2018,
        "国办发明电〔2017〕12号",
        (
            (NEW_YEAR, "01-01", "01-01"),
            (SPRING, "02-15", "02-21"),
            (QINGMING, "04-05", "04-07"),
            (LABOUR, "04-29", "05-01"),
            (DRAGON_BOAT, "06-18", "06-18"),
            (MID_AUTUMN, "09-24", "09-24"),
            (NATIONAL, "10-01", "10-07"),
        ),
        (
            (SPRING, ("02-11", "02-24")),
            (QINGMING, ("04-08",)),
            (LABOUR, ("04-28",)),
            (NATIONAL, ("09-29", "09-30")),
        ),
    ),
    Announced(
        2019,
        "国办发明电〔2018〕15号；国办发明电〔2019〕3号（劳动节）",
        (
            (NEW_YEAR, "2018-12-30", "01-01"),
            (SPRING, "02-04", "02-10"),
            (QINGMING, "04-05", "04-05"),
            (LABOUR, "05-01", "05-04"),
            (DRAGON_BOAT, "06-07", "06-07"),
            (MID_AUTUMN, "09-13", "09-13"),
            (NATIONAL, "10-01", "10-07"),
        ),
        (
            (NEW_YEAR, ("2018-12-29",)),
            (SPRING, ("02-02", "02-03")),
            (LABOUR, ("04-28", "05-05")),
            (NATIONAL, ("09-29", "10-12")),
        ),
    ),
    Announced(
        2020,
        "国办发明电〔2019〕16号；国办发明电〔2020〕1号（春节延长）",
        (
            (NEW_YEAR, "01-01", "01-01"),
            (SPRING, "01-24", "02-02"),
            (QINGMING, "04-04", "04-06"),
            (LABOUR, "05-01", "05-05"),
            (DRAGON_BOAT, "06-25", "06-27"),
            (BOTH, "10-01", "10-08"),
        ),
        (
            (SPRING, ("01-19",)),
            (LABOUR, ("04-26", "05-09")),
            (DRAGON_BOAT, ("06-28",)),
            (BOTH, ("09-27", "10-10")),
        ),
    ),
    Announced(
        2021,
        "国办发明电〔2020〕27号",
        (
            (NEW_YEAR, "01-01", "01-03"),
            (SPRING, "02-11", "02-17"),
            (QINGMING, "04-03", "04-05"),
            (LABOUR, "05-01", "05-05"),
            (DRAGON_BOAT, "06-12", "06-14"),
            (MID_AUTUMN, "09-19", "09-21"),
            (NATIONAL, "10-01", "10-07"),
        ),
        (
            (SPRING, ("02-07", "02-20")),
            (LABOUR, ("04-25", "05-08")),
            (MID_AUTUMN, ("09-18",)),
            (NATIONAL, ("09-26", "10-09")),
        ),
    ),
    Announced(
        2022,
        "国办发明电〔2021〕11号",
        (
            (NEW_YEAR, "01-01", "01-03"),
            (SPRING, "01-31", "02-06"),
            (QINGMING, "04-03", "04-05"),
            (LABOUR, "04-30", "05-04"),
            (DRAGON_BOAT, "06-03", "06-05"),
            (MID_AUTUMN, "09-10", "09-12"),
            (NATIONAL, "10-01", "10-07"),
        ),
        (
            (SPRING, ("01-29", "01-30")),
            (QINGMING, ("04-02",)),
            (LABOUR, ("04-24", "05-07")),
            (NATIONAL, ("10-08", "10-09")),
        ),
    ),
    Announced(
        2023,
        "国办发明电〔2022〕16号",
        (
            (NEW_YEAR, "2022-12-31", "01-02"),
            (SPRING, "01-21", "01-27"),
            (QINGMING, "04-05", "04-05"),
            (LABOUR, "04-29", "05-03"),
            (DRAGON_BOAT, "06-22", "06-24"),
            (BOTH, "09-29", "10-06"),
        ),
        (
            (SPRING, ("01-28", "01-29")),
            (LABOUR, ("04-23", "05-06")),
            (DRAGON_BOAT, ("06-25",)),
            (BOTH, ("10-07", "10-08")),
        ),
    ),
    Announced(
        2024,
        "国办发明电〔2023〕7号",
        (
            (NEW_YEAR, "01-01", "01-01"),
            (SPRING, "02-10", "02-17"),
            (QINGMING, "04-04", "04-06"),
            (LABOUR, "05-01", "05-05"),
            (DRAGON_BOAT, "06-10", "06-10"),
            (MID_AUTUMN, "09-15", "09-17"),
            (NATIONAL, "10-01", "10-07"),
        ),
        (
            (SPRING, ("02-04", "02-18")),
            (QINGMING, ("04-07",)),
            (LABOUR, ("04-28", "05-11")),
            (MID_AUTUMN, ("09-14",)),
            (NATIONAL, ("09-29", "10-12")),
        ),
    ),
    Announced(
        2025,
        "国办发明电〔2024〕12号",
        (
            (NEW_YEAR, "01-01", "01-01"),
            (SPRING, "01-28", "02-04"),
            (QINGMING, "04-04", "04-06"),
            (LABOUR, "05-01", "05-05"),
            (DRAGON_BOAT, "05-31", "06-02"),
            (BOTH, "10-01", "10-08"),
        ),
        ((SPRING, ("01-26", "02-08")), (LABOUR, ("04-27",)), (BOTH, ("09-28", "10-11"))),
    ),
    Announced(
        2026,
        "国办发明电〔2025〕7号",
        (
            (NEW_YEAR, "01-01", "01-03"),
            (SPRING, "02-15", "02-23"),
            (QINGMING, "04-04", "04-06"),
            (LABOUR, "05-01", "05-05"),
            (DRAGON_BOAT, "06-19", "06-21"),
            (MID_AUTUMN, "09-25", "09-27"),
            (NATIONAL, "10-01", "10-07"),
        ),
        (
            (NEW_YEAR, ("01-04",)),
            (SPRING, ("02-14", "02-28")),
            (LABOUR, ("05-09",)),
            (NATIONAL, ("09-20", "10-10")),
        ),
    ),
)


def fill_calendar(years, exceptions) -> None:
    """Write what was announced into the two tables, given as models; days and years already there stay as they are."""
    years.objects.bulk_create(
        [years(year=notice.year, source=notice.source) for notice in ANNOUNCED], ignore_conflicts=True
    )
    exceptions.objects.bulk_create(
        [
            exceptions(day=day, is_workday=is_workday, name=name)
            for notice in ANNOUNCED
            for day, (is_workday, name) in notice.days().items()
        ],
        ignore_conflicts=True,
    )
