"""The summary report 总结报告: which numbers may stand in it, what they are, and how its text is filled."""
