"""Codes of the ground floor. Values are stable keys; labels are the words on screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnionKind(models.TextChoices):
    """Levels of the union tree; district, bureau and industry unions right below the city report (填报单位)."""

    CITY = "city", _("市总工会")
    DISTRICT = "district", _("区县工会")
    BUREAU = "bureau", _("局工会")
    INDUSTRY = "industry", _("产业工会")
    GRASSROOTS = "grassroots", _("基层工会")


class Role(models.TextChoices):
    """Who works in the portal; one person holds one role."""

    CLERK = "clerk", _("经办人")
    LEAD = "lead", _("单位审核人")
    REVIEWER = "reviewer", _("市总保障部审核员")
    AUDITOR = "auditor", _("监督审计")
    ADMIN = "admin", _("系统管理员")
    SECURITY = "security", _("安全管理员")
    SYSTEM = "system", _("外部系统")  # no person: it signs in nowhere and shows a token


class AccountAct(models.TextChoices):
    """What is asked for an account that one person alone does not open, change or reset."""

    OPEN = "open", _("新建账号")
    CHANGE = "change", _("修改账号")
    RESET = "reset", _("重置密码和动态口令")
    TOKEN = "token", _("生成接口令牌")


class AccountOutcome(models.TextChoices):
    """What became of it."""

    AGREED = "agreed", _("同意")
    REFUSED = "refused", _("不同意")
    WITHDRAWN = "withdrawn", _("撤回")


class AccountFate(models.TextChoices):
    """What becomes of a row of a list of accounts."""

    OPEN = "open", _("开通")
    SECOND = "second", _("第二人同意后开通")
    SAME = "same", _("已有，相同")
    ASKED = "asked", _("已在申请中")
    REFUSED = "refused", _("不能开通")


class BatchState(models.TextChoices):
    """How far a list of accounts has come."""

    READ = "read", _("待检查")
    CHECKED = "checked", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    LAPSED = "lapsed", _("过期未确认，已清除")


class OwnStandards(models.TextChoices):
    """Whether a 填报单位 that pays its own may set standards of its own, and whether the city has to agree to them."""

    NONE = "none", _("不可以，都按市总标准")
    APPROVED = "approved", _("可以，须经市总核准")
    FREE = "free", _("可以，不须核准")


class FactorAct(models.TextChoices):
    """What was done to somebody's second factor."""

    BOUND = "bound", _("绑定动态口令")
    CODES_MADE = "codes", _("生成恢复码")
    CODE_USED = "used", _("用恢复码登录")


class WebhookEvent(models.TextChoices):
    """What an outside system can be told of."""

    DECIDED = "decided", _("助学申请已审批")
    PAID = "paid", _("助学款已发放")
    SUBMITTED = "submitted", _("报表已报送")
    ACCEPTED = "accepted", _("报表已接收")


class MessageChannel(models.TextChoices):
    """How somebody is reached who is not at the portal."""

    EMAIL = "email", _("电子邮件")
    SMS = "sms", _("短信")
    WECOM = "wecom", _("企业微信")


class JobState(models.TextChoices):
    """How far a background job is."""

    WAITING = "waiting", _("等待中")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("失败")


class Duty(models.TextChoices):
    """What the portal does by itself again and again, and what somebody must be told when it stops."""

    WORKER = "worker", _("后台任务程序")
    SWEEP = "sweep", _("清理")
    BACKUP = "backup", _("备份")
    VERIFICATION = "verification", _("恢复验证")
    EVIDENCE = "evidence", _("核对证据")
    MESSAGES = "messages", _("消息提醒")


class AuditAction(models.TextChoices):
    """Events that are not changes of a record; changes are kept as versions of the record itself."""

    LOGIN = "login", _("登录")
    LOGIN_FAILED = "login_failed", _("登录失败")
    LOGOUT = "logout", _("退出")
    PASSWORD_CHANGED = "password_changed", _("修改密码")
    SECOND_FACTOR_SET = "second_factor_set", _("动态口令变动")
    REFUSED = "refused", _("越权被拒")
    NOT_THERE = "not_there", _("查无此记录")
    LIMITED = "limited", _("超过用量被拦")
    VIEWED = "viewed", _("查看")
    REVEALED = "revealed", _("查看完整信息")
    REVEAL_ASKED = "reveal_asked", _("申请查看完整信息")
    EXPORTED = "exported", _("导出")
    IMPORTED = "imported", _("导入")
    UPLOADED = "uploaded", _("上传工作簿")
    ACCOUNT_CHANGED = "account_changed", _("账号管理")
    RECORD_SAVED = "record_saved", _("登记或修改记录")
    SUBMITTED = "submitted", _("报送报表")
    RETURNED = "returned", _("退回报表")
    ACCEPTED = "accepted", _("接收报表")
    EXTENDED = "extended", _("延长报送期限")
    CONSOLIDATED = "consolidated", _("完成汇总")
    COMMENTED = "commented", _("写批注")
    REMINDED = "reminded", _("发出催报")
    ENDORSED = "endorsed", _("复核同意报表")
    SUPPLEMENT_OPENED = "supplement_opened", _("开启补报")
    FORM_CHANGED = "form_changed", _("修改活动年度或表式")
    MOVED = "moved", _("办理业务")
    BANK_FILE_MADE = "bank_file_made", _("生成银行文件")
    RETURN_READ = "return_read", _("读入银行回盘文件")
    API_CALLED = "api_called", _("接口调用")
    SYSTEM_CHANGED = "system_changed", _("外部系统管理")
    UNIONS_LOADED = "unions_loaded", _("载入工会")


class Refusal(models.TextChoices):
    """Why a page was refused, as the audit log tells it; the answer tells a foreign record from none in no way."""

    NOT_ALLOWED = "not_allowed", _("没有权限")
    FOREIGN = "foreign", _("不在本人范围内的记录")
    NOT_THERE = "not_there", _("没有的记录")
    FORGED = "forged", _("表单校验不符")


class RevealReason(models.TextChoices):
    """Why somebody must see what is masked: chosen, so that it takes one press and can be counted."""

    CHECK = "check", _("核对")
    FILING = "filing", _("建档、报审")
    CALL = "call", _("回访")
    VISIT = "visit", _("走访")
    PAYMENT = "payment", _("发放")
    WORK = "work", _("就业服务")
    OVERSIGHT = "oversight", _("监督检查")


class VoidReason(models.TextChoices):
    """Why a record is taken back (domain.md: voided with a coded reason)."""

    DUPLICATE = "duplicate", _("重复登记")
    WRONG_PERSON = "wrong_person", _("登错了人或家庭")
    WRONG_VALUE = "wrong_value", _("金额、日期或内容有误")
    NOT_DONE = "not_done", _("事情没有发生")
    OTHER = "other_reason", _("其他原因（请说明）")


class CodeAct(models.TextChoices):
    """What the city does to a code list; nothing in it is renamed or deleted."""

    ADDED = "added", _("新增一项")
    WITHDRAWN = "word_withdrawn", _("停用")
    GIVEN_BACK = "given_back", _("恢复使用")
    ORDERED = "ordered", _("调整顺序")
