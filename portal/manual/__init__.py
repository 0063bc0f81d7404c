"""The manual: a Markdown file a task, read from docs/manual/, and which of them belongs to which page of the portal."""
