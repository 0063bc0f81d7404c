"""Why a backup cannot be made, restored or proved."""


class BackupRefused(Exception):  # noqa: N818  named after what happens
    """A backup that is not made or not used, with the reason in words."""
