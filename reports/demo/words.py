"""Invented names of the demo city."""

SURNAMES = "张王李赵陈杨吴刘黄周徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
MALE_NAMES = ("建国", "志强", "永康", "德明", "国平", "家豪", "子轩", "浩然", "俊杰", "文博", "天佑", "明远")
FEMALE_NAMES = ("秀英", "桂芳", "丽华", "美玲", "惠珍", "雨桐", "欣怡", "诗涵", "佳慧", "梦瑶", "思琪", "晓燕")
EMPLOYERS = ("东江纺织厂", "江畔公交公司", "华光机械厂", "新港环卫所", "春申食品厂", "曙光印刷厂", "海星物流公司")
STREETS = ("东江路", "望江街", "育才路", "新港路", "春申路", "建设街", "和平路")
CAUSES = ("本人大病", "家属大病", "子女上学", "下岗失业", "收入过低", "意外事故")
BANKS = ("工商银行", "建设银行", "农业银行", "交通银行", "上海银行")
SCHOOLS = {
    "小学": ("望江小学", "育才小学", "春申小学"),
    "初中": ("望江中学", "育才初级中学"),
    "高中": ("东江中学", "新港高级中学"),
    "中职": ("东江职业技术学校", "商贸旅游学校"),
    "大专": ("东江职业技术学院", "城市管理学院"),
    "本科": ("东江大学", "理工大学", "师范大学"),
    "研究生": ("东江大学", "理工大学"),
}
PROGRAMMES = ("劳模爱心结对", "千个党支部与千名学生结对助学", "百名企业帮助百名学生", "1.27 爱心助学")
SHOPS = ("新华书店", "第一食品商店", "望江超市", "市图书馆", "育才文具公司")
UNIONS = (
    ("310000", "示例市总工会", "city", ""),
    ("310101", "东江区总工会", "district", "310000"),
    ("31010101", "望江街道总工会", "grassroots", "310101"),
    ("31010102", "育才街道总工会", "grassroots", "310101"),
    ("3101010101", "春申食品厂工会", "grassroots", "31010101"),
    ("310102", "西江区总工会", "district", "310000"),
    ("31010201", "新港街道总工会", "grassroots", "310102"),
    ("310201", "市机电局工会", "bureau", "310000"),
    ("31020101", "华光机械厂工会", "grassroots", "310201"),
    ("310301", "市纺织产业工会", "industry", "310000"),
)
PASSWORD = "Demo-2026"  # noqa: S105  of a city that exists only where DEBUG is on
# By the place of a family in the first unit: the document of a worker who has no identity card, and a name by it.
OTHER_DOCUMENTS = {
    6: ("港澳居民来往内地通行证 H60000018", None),
    12: ("台湾居民来往大陆通行证 06000018", None),
    18: ("护照 E60000018", "LIM MEI HUA"),
}
CASEWORKERS = ("clerk", "lead", "reviewer", "security2")
NEIGHBOUR, NEIGHBOURS_LEAD = "west", "westlead"
CLERKS = ("clerk", NEIGHBOUR)  # of the units that have one
WORKBOOK = "困难职工帮扶工作簿.xlsx"  # the file that every reporting unit is told to have imported
ACCOUNTS = (
    ("clerk", "陈经办", "clerk", "310101"),
    ("lead", "李审核", "lead", "310101"),
    ("street", "周望江", "clerk", "31010101"),
    ("west", "吴西江", "clerk", "310102"),
    ("westlead", "郑西江", "lead", "310102"),
    ("bureau", "冯机电", "lead", "310201"),
    ("industry", "褚纺织", "lead", "310301"),
    ("reviewer", "顾保障", "reviewer", "310000"),
    ("auditor", "钱审计", "auditor", "310000"),
    ("admin", "孙管理", "admin", "310000"),
    ("security", "何安全", "security", "310000"),
    ("security2", "吕安全", "security", "310000"),  # what one asks of an account that decides, another agrees to
)
