"""Kinds of jobs for tests."""

import time

from portal.access import Permission
from portal.jobs.kinds import JobKind, JobRefused, Made
from portal.models import Job


def count(owner, file, progress, *, upto, of=""):
    """Writes the numbers up to `upto`, one a step."""
    progress.begin(upto)
    for number in range(1, upto + 1):
        file.write(f"{owner.username}{of} {number}\n".encode())
        progress.step()
    return Made("数字.txt", "text/plain", {"count": upto})


def wait(owner, file, progress, *, seconds):
    """Takes its time, a step each tenth of a second."""
    progress.begin(1 + seconds * 10)
    progress.step()
    for _turn in range(seconds * 10):
        time.sleep(0.1)
        progress.step()
    file.write(b"waited")
    return Made("等过了.txt", "text/plain")


def refuse(owner, file, progress):
    raise JobRefused("没有可以打印的报表。")


def break_down(owner, file, progress):
    message = "310104199001011234"  # an error may name anything: nobody is shown it
    raise RuntimeError(message)


def be_given_up(owner, file, progress):
    """What happens to work that takes longer than anybody believes it alive."""
    progress.begin(2)
    Job.objects.update(state="failed", problem="任务中断了")
    progress.step(2)
    return Made("不会有.txt", "text/plain")


KINDS = (
    JobKind("count", Permission.EXPORT_ANNEX, lambda upto, of="": f"数到 {upto}", count),
    JobKind("count_again", Permission.EXPORT_ANNEX, lambda upto: f"再数到 {upto}", count, is_repeatable=True),
    JobKind("wait", Permission.EXPORT_ANNEX, lambda seconds: f"等 {seconds} 秒", wait, is_repeatable=True),
    JobKind("refuse", Permission.EXPORT_ANNEX, lambda: "不可能的任务", refuse),
    JobKind("break_down", Permission.EXPORT_ANNEX, lambda: "会出错的任务", break_down),
    JobKind("be_given_up", Permission.EXPORT_ANNEX, lambda: "被放弃的任务", be_given_up),
    JobKind("of_city", Permission.EXPORT_CITY, lambda upto: f"全市数到 {upto}", count),
)
TWICE = (KINDS[0], KINDS[0])
