"""What a workbook changes of an event that has vacancies, which no workbook carries."""

from employment.models import JobEvent, Vacancy
from tests.employment.builders import employer, vacancy
from tests.workbook.sheets import EVENT


def with_vacancies(*posts: int) -> JobEvent:
    fair = JobEvent.objects.select_related("union").get(number="E001")
    of = employer(fair.union)
    for number in posts:
        vacancy(fair.union, event=fair, employer=of, posts=number)
    return fair


def test_event_does_not_shrink_below_its_vacancies(on_file, accepted, refused):
    with_vacancies(3, 4)
    place = on_file.put(EVENT, "E001", "岗位数", 6)
    assert refused(on_file) == [place]
    on_file.put(EVENT, "E001", "岗位数", 7)
    accepted(on_file)
    assert JobEvent.objects.get(number="E001").posts == 7


def test_vacancies_go_where_their_event_goes(on_file, accepted, district, grassroots):
    fair = with_vacancies(1)
    other = grassroots if fair.union == district else district
    on_file.put(EVENT, "E001", "工会编码", other.code)
    accepted(on_file)
    of = Vacancy.objects.get()
    assert (of.union, of.union_path) == (other, other.path)
    assert of.history.count() == 2
