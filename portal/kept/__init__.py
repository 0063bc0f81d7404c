"""What was counted over a unit, kept until a record of the unit is written (decision 0016)."""
