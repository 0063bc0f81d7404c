"""Why a file was not taken, in words, with what to do."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "encrypted": _("文件加了密码或限制了权限，请去掉密码和限制，另存后重新上传。"),
    "damaged": _("文件已损坏或不完整，打不开。请重新扫描、拍照，或用原来的程序打开后另存，再上传。"),
    "doctype": _("文件含有不允许的文档类型声明（DTD）。请用 Word 或 WPS 打开，另存为 PDF 后上传。"),
    "active_content": _(
        "文件含有宏、脚本、附件、嵌入的对象或对外部文件的引用，不能上传。请打开文件，用“打印”另存为 PDF 后上传。"
    ),
    "two_in_one": _("文件里夹带了别的内容，不是一份单纯的文件。请打开文件，用“打印”另存为 PDF 后上传。"),
    "too_many_pixels": _("图片的像素太多（上限 4000 万）。请用手机的普通模式重拍，或缩小后上传。"),
    "too_many_parts": _("文件内部的部件过多。请打开文件，另存为 PDF 后上传。"),
    "unpacks_too_large": _("文件解压后过大。请删去不需要的图片，或另存为 PDF 后上传。"),
    "too_heavy": _("文件过于复杂，无法检查。请打开文件，用“打印”另存为 PDF，或缩小图片后上传。"),
    "busy": _("系统繁忙，文件没有保存，请稍后再试。"),
}
INFECTED = _("文件里发现病毒，没有保存。请不要再打开这个文件，并告诉单位的系统管理员。")
NOT_SEARCHED = _("病毒检查程序暂时没有应答，文件没有保存。请稍后再试；一直这样时，请告诉系统管理员。")
