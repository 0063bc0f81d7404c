"""The field of every form that takes a file: what comes out of it has been through the gate."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy

from portal.documents.file_kinds import LARGEST, MEGABYTE, Kind, suffixes
from portal.documents.file_names import own_name
from portal.gate.inspecting import admitted, check_for_viruses

WORDS = {
    "empty": gettext_lazy("文件是空的，请重新选择。"),
    "too_large": gettext_lazy("文件超过 %(limit)d MB，请压缩后重试。"),
    "too_many": gettext_lazy("文件一次最多上传 %(most)d 个。"),
}


class _SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class UploadField(forms.FileField):
    """A file of one of `kinds`, of at most `largest` bytes."""

    most = 1
    widget = forms.ClearableFileInput

    def __init__(self, *, kinds: Iterable[Kind], largest: int = LARGEST, **kwargs: Any) -> None:
        self.kinds, self.largest = tuple(kinds), largest
        kwargs["error_messages"] = WORDS | kwargs.get("error_messages", {})
        kwargs["max_length"] = None  # a long name is shortened, not refused
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"accept": ",".join((*_cameras(self.kinds), suffixes(self.kinds)))}

    @property
    def largest_body(self) -> int:
        """Bytes that all files of the field may have together."""
        return self.largest * self.most

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and file.size > self.largest:
            raise forms.ValidationError(self.error_messages["too_large"] % {"limit": self.largest // MEGABYTE})
        return self.through_gate(file) if file else file

    def through_gate(self, file: UploadedFile) -> UploadedFile:
        """The file as it may be kept. Raises ValidationError."""
        kept = admitted(file.read(), file.name or "", self.kinds, largest=self.largest)
        return SimpleUploadedFile(kept.name, kept.content, content_type=file.content_type or "")


def _cameras(kinds: Iterable[Kind]) -> list[str]:
    """What makes a telephone offer its camera."""
    return [kind.content_type for kind in kinds if kind.content_type.startswith("image/")]


class UploadsField(UploadField):
    """Up to `most` such files, as a list."""

    widget = _SeveralFiles

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > self.most:
            raise forms.ValidationError(self.error_messages["too_many"] % {"most": self.most})
        return [self._one(file, initial) for file in files]

    def _one(self, file: UploadedFile, initial: Any) -> UploadedFile:
        """Of several files it is said which one is refused."""
        try:
            return cast(UploadedFile, super().clean(file, initial))
        except forms.ValidationError as refused:
            name = own_name(file.name or "")
            raise forms.ValidationError([f"{name}：{reason}" for reason in refused.messages]) from None


class TableField(UploadField):
    """A table. What is in it is judged by the child that reads it, which says more than a form could."""

    def __init__(self, *, accept: Sequence[str], largest: int, **kwargs: Any) -> None:
        self.accept = accept
        super().__init__(kinds=(), largest=largest, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"accept": ",".join(self.accept)}

    def through_gate(self, file: UploadedFile) -> UploadedFile:
        content = file.read()
        check_for_viruses(content)
        return SimpleUploadedFile(own_name(file.name or ""), content, content_type=file.content_type or "")
