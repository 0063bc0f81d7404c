"""The second lock: the database gives out no row of another unit, whatever a query forgot to ask (decision 0021)."""
