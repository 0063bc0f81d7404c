"""信息公开: the pages that everybody reads, and the one on which is decided what stands there."""
