"""消息提醒: people are told outside the portal what waits for them, without anybody's data."""
