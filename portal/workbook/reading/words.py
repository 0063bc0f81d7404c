"""Why a file was not read, in words."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "empty": _("文件是空的，请重新选择文件"),
    "too_large": _("文件超过 10 MB，请删去图片和无关的工作表后重试"),
    "old_format": _("这是旧版 .xls 或加了密码的文件，请在 Excel 或 WPS 中去掉密码，另存为 .xlsx 后重试"),
    "html": _("这是网页，不是 Excel 工作簿，请在 Excel 或 WPS 中另存为 .xlsx 后重试"),
    "text": _("这是文本文件（如 .csv），请在 Excel 或 WPS 中另存为 .xlsx 后重试"),
    "unknown": _("这不是 Excel 工作簿（.xlsx），请重新选择文件"),
    "no_table": _("这不是 Excel、.ods 或 .csv 表格，请重新选择文件"),
    "not_a_workbook": _("这不是 Excel 工作簿（.xlsx），请重新选择文件"),
    "encrypted": _("文件加了密码，请去掉密码后重试"),
    "damaged": _("文件已损坏或不完整，请用 Excel 或 WPS 重新打开并另存为 .xlsx 后重试"),
    "too_many_parts": _("文件内部的部件过多，请把数据复制到新的工作簿后重试"),
    "unpacks_too_large": _("文件解压后过大，请把数据复制到新的工作簿后重试"),
    "active_content": _("文件含有宏、外部链接或嵌入的对象，请把数据复制到新的 .xlsx 工作簿后重试"),
    "doctype": _("文件含有不允许的文档类型声明（DTD），请把数据复制到新的工作簿后重试"),
    "too_many_rows": _("行数超过上限 20000 行，请删去多余的行或分成几个文件"),
    "too_many_columns": _("列数超过上限 200 列，请删去多余的列"),
    "too_many_cells": _("单元格过多（上限 100 万个），请分成几个文件"),
    "too_many_merges": _("合并单元格过多（上限 5000 处），请取消合并"),
    "merges_too_large": _("合并单元格的范围过大，请取消合并"),
    "too_many_formulas": _("公式、逻辑值和错误值过多，请选择性粘贴为数值后重试"),
    "text_too_long": _("单元格文字超过 32767 字，请缩短"),
    "too_much_text": _("文字总量过大，请分成几个文件"),
    "repeated_cell": _("第 %(row)d 行有重复或次序错乱的单元格，请用 Excel 或 WPS 重新另存为 .xlsx 后重试"),
    "repeated_sheet": _("有两个同名的工作表，请只保留一个"),
    "saved_otherwise": _("这个工作簿内部的写法少见，无法读取，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"),
    "busy": _("系统繁忙，请稍后再试"),
    "too_heavy": _("文件过于复杂，无法读取，请把数据复制到新的工作簿后重试"),
}

# Why a row is none, by what `norows.why_no_row` gives.
NO_ROWS = {
    "blank": _("在认识的列里没有内容"),
    "number_only": _("只有序号"),
    "total": _("是合计"),
    "note": _("是说明或签名"),
    "headings": _("是重复的表头"),
}
