"""Pages about every 填报单位."""
