"""The case workbook of one invented unit, this year's campaign and last year's."""

import datetime
import random

from reports.demo import words
from reports.demo.numbers import card_number, id_number

AGES = {"小学": (7, 11), "初中": (12, 14), "高中": (15, 17), "中职": (15, 17), "大专": (18, 20), "本科": (18, 21)}
STANDARDS = {"小学": 1000, "初中": 1000, "高中": 2000, "中职": 2000, "大专": 4000, "本科": 4000}
SOURCES = ("各级党委政府资助", "社会捐助", "各级工会投入")
MODES = ("政策助学", "结对助学", "就业援助", "社会助学")
HELP = (
    "实习见习",
    "技能培训",
    "职业资格证书",
    "就业扶持政策",
    "创业指导",
    "创业培训",
    "小额担保贷款",
    "求职补贴",
    "实现就业",
)
AMOUNTS = {"小额担保贷款": 50_000, "求职补贴": 1_000}
CHANNELS = ("国有大中型企业", "劳模企业", "社会爱心企业", "政府公益性岗位")


LAST = (10, 28)  # month and day by which all of a season has happened


class DemoUnit:
    """Rows by sheet, each a dict by heading. The same code and day give the same people.

    For the last of the `families`, so many as are `new`, nothing was applied for this year.
    """

    def __init__(self, codes: tuple[str, ...], *, families: int, today: datetime.date, new: int = 0):
        self.codes = codes
        self.today = today
        self.random = random.Random(codes[0])  # noqa: S311  invented people, not secrets
        self.years = (today.year - 1, today.year)
        self.rows: dict[str, list[dict]] = {}
        self._funds()
        for serial in range(families):
            self._family(serial, self.years[: 1 if serial >= families - new else 2])
        self._posts_and_events()

    def _add(self, title: str, **cells) -> None:
        self.rows.setdefault(title, []).append(cells)

    def _number(self, letter: str, title: str) -> str:
        return f"{self.codes[0]}-{letter}{len(self.rows.get(title, ())) + 1:05d}"

    def _day(self, year: int, month: int) -> datetime.date:
        """A day of that month; of this year's, while the season is not over, as far on as today is in the year.

        So the whole season lies behind whoever tries the demo, in its order, on any day of the year.
        """
        day, first, last = (datetime.date(year, *rest) for rest in ((month, self.random.randint(1, 28)), (1, 1), LAST))
        if year < self.today.year or self.today >= last:
            return min(day, self.today)
        return first + (day - first) * ((self.today - first) / (last - first))

    def _name(self, surname: str, *, female: bool) -> str:
        return surname + self.random.choice(words.FEMALE_NAMES if female else words.MALE_NAMES)

    def _funds(self) -> None:
        for year in self.years:
            for source in SOURCES:
                self._add(
                    "资金筹集",
                    业务编号=self._number("Z", "资金筹集"),
                    工会编码=self.codes[0],
                    收款日期=min(datetime.date(year, 1, 10), self.today),
                    来源=source,
                    **{"金额(元)": self.random.randrange(60_000, 120_000) + 0.5},
                    出资方="上年结转" if source == SOURCES[2] else "市慈善基金会",
                )

    def _family(self, serial: int, years: tuple[int, ...]) -> None:
        """A family, with applications of its children in some of these years."""
        female = self.random.random() < 0.5
        surname = self.random.choice(words.SURNAMES)
        born = datetime.date(self.today.year - self.random.randint(38, 52), self.random.randint(1, 12), 15)
        file_number = f"{self.codes[0]}D{serial + 1:05d}"
        place = int(self.codes[0]) % 1000 + serial
        closed = serial % 11 == 10
        filed_on = datetime.date(self.today.year - 3, self.random.randint(1, 12), 8)
        worker = id_number(born, place % 499, female=female)
        union, name = self.random.choice(self.codes), self._name(surname, female=female)
        if self.codes[0] == words.UNIONS[1][0]:
            worker, other_name = words.OTHER_DOCUMENTS.get(serial, (worker, None))
            name = other_name or name
        self._add(
            "困难职工家庭",
            档案编号=file_number,
            工会编码=union,
            职工姓名=name,
            身份证号=worker,
            职工类别="困难农民工" if serial % 3 == 2 else "困难职工",
            单亲="是" if serial % 4 == 1 else "否",
            困难类别=self.random.choice(("深度困难", "相对困难", "意外致困")),
            致困原因=self.random.choice(words.CAUSES),
            工作单位=self.random.choice(words.EMPLOYERS),
            联系电话=f"138{self.random.randrange(10**8):08d}",
            家庭住址=f"{self.random.choice(words.STREETS)}{self.random.randint(1, 300)}号",
            家庭人口=self.random.randint(2, 5),
            **{"家庭月收入(元)": self.random.randrange(1500, 6000)},
            开户银行=self.random.choice(words.BANKS),
            银行卡号=card_number(int(self.codes[0]) * 1000 + serial),
            建档日期=filed_on,
            注销日期=min(datetime.date(self.today.year, 6, 30), self.today) if closed else None,
            注销原因="脱困" if closed else None,
        )
        self._visit(worker, serial, place % 499)
        for child in range(1 + serial % 2):
            self._child(file_number, surname, place % 499, child, years)

    def _child(self, file_number: str, surname: str, serial: int, order: int, years: tuple[int, ...]) -> None:
        stage = self.random.choice(list(AGES))
        female = self.random.random() < 0.5
        age = self.random.randint(*AGES[stage])
        born = datetime.date(self.today.year - age, self.random.randint(1, 8), 5 + order)
        number = id_number(born, serial, female=female)
        school = self.random.choice(words.SCHOOLS[stage])
        name = self._name(surname, female=female)
        self._add(
            "子女",
            身份证号=number,
            档案编号=file_number,
            姓名=name,
            与职工关系="女儿" if female else "儿子",
            学段=stage,
            年级="一年级",
            就读学校=school,
        )
        if self.random.random() < 0.4:
            self._add(
                "升学",
                业务编号=self._number("S", "升学"),
                子女身份证号=number,
                升入学段=stage,
                升学日期=self._day(self.today.year, 9),
                录取学校=school,
            )
        for year in years:
            if self.random.random() < 0.8:
                self._case(number, stage, year)
        self._visit(number, serial, serial)
        if stage in ("大专", "本科") and self.random.random() < 0.7:
            self._graduate(number, file_number, name, stage, school)

    def _case(self, child: str, stage: str, year: int) -> None:
        number = self._number("A", "助学申请")
        state, is_over = self.random.random(), year < self.today.year
        applied, opened = self._day(year, 3), self._day(year, 4)
        closed, decided = min(opened + datetime.timedelta(days=9), self.today), self._day(year, 5)
        decided = max(decided, closed)
        result = "通过" if state < 0.85 else "不通过"
        noticed, settled = is_over or state < 0.95, is_over or state < 0.9
        self._add(
            "助学申请",
            业务编号=number,
            子女身份证号=child,
            活动年度=year,
            学段=stage,
            助学方式=self.random.choice(MODES),
            **{"帮扶标准(元)": STANDARDS[stage]},
            结对项目=self.random.choice((None, *words.PROGRAMMES)),
            申请日期=applied,
            公示开始日期=opened if noticed else None,
            公示结束日期=closed if noticed else None,
            公示地点="所在单位公告栏" if noticed else None,
            审批日期=decided if settled else None,
            审批结果=result if settled else None,
        )
        if settled and result == "通过":
            self._payment(number, stage, max(self._day(year, 7), decided), is_over=is_over)

    def _payment(self, case: str, stage: str, on: datetime.date, *, is_over: bool) -> None:
        """Of a year that is over everything is paid; of this one some wait for a batch."""
        source, way = self.random.choice(SOURCES), self.random.choice(("银行卡", "银行卡", "银行卡", "现金"))
        state = self.random.choice(("已发放", "已发放", "已发放", "已发放", "待发放", "发放失败"))
        if state == "待发放" and not is_over:
            return
        self._add(
            "助学款发放",
            业务编号=self._number("F", "助学款发放"),
            助学申请编号=case,
            发放日期=on,
            **{"金额(元)": STANDARDS[stage]},
            资金来源=source,
            发放方式=way,
            状态="已发放" if is_over else state,
        )

    def _visit(self, whom: str, serial: int, place: int) -> None:
        """A quarter of the families, by their place, was visited in spring: in summer they are due again."""
        if serial % 3:
            self._add(
                "走访慰问",
                业务编号=self._number("V", "走访慰问"),
                走访对象身份证号=whom,
                走访日期=self._day(self.today.year, 5 if place % 4 == 1 else 7 + place % 2),
                走访人="陈经办、李审核",
                慰问方式="谈心、赠送书籍学习用品",
                需求与反馈="希望暑期有人辅导功课",
            )

    def _graduate(self, number: str, file_number: str, name: str, stage: str, school: str) -> None:
        year = self.random.choice((*self.years, self.today.year + 1))
        intention = self.random.choice(("已自谋职业", "需要就业帮扶", "需要就业帮扶", "升学及其他"))
        self._add(
            "高校毕业生",
            身份证号=number,
            档案编号=file_number,
            姓名=name,
            毕业院校=school,
            院校所在地=self.random.choice(("本市", "本市", "外地")),
            生源地="本市",
            学历=stage,
            毕业日期=datetime.date(year, 6, 30),
            就业意向=intention,
            签约日期=self._day(self.today.year, 8) if intention == "已自谋职业" else None,
            登记日期=self._day(self.today.year, 2),
        )
        for kind in self.random.sample(HELP, 2):
            self._add(
                "就业帮扶",
                业务编号=self._number("J", "就业帮扶"),
                毕业生身份证号=number,
                日期=self._day(self.today.year, self.random.randint(3, 10)),
                类别=kind,
                **{"金额(元)": AMOUNTS.get(kind)},
                提供单位=self.random.choice(words.EMPLOYERS),
            )

    def _posts_and_events(self) -> None:
        for shop in words.SHOPS:
            self._add(
                "社会实践岗位",
                业务编号=self._number("P", "社会实践岗位"),
                工会编码=self.random.choice(self.codes),
                联系日期=self._day(self.today.year, 6),
                单位名称=shop,
                岗位数=self.random.randint(2, 12),
                岗位说明="暑期勤工俭学",
            )
        for kind, name in (
            ("招聘会", "春季专场招聘会"),
            ("其他就业服务活动", "职业指导讲座"),
            ("岗位提供", "华光机械厂"),
        ):
            self._add(
                "就业活动与岗位",
                业务编号=self._number("E", "就业活动与岗位"),
                工会编码=self.codes[0],
                日期=self._day(self.today.year, 4),
                类型=kind,
                名称=name,
                渠道=self.random.choice(CHANNELS) if kind == "岗位提供" else None,
                岗位数=self.random.randint(10, 120),
            )
