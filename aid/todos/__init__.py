"""What of Golden Autumn waits for whom; the home page asks, and shows it in this order."""

from aid.todos import cases, families, money, standards

TODOS = (*cases.TODOS, *money.TODOS, *families.TODOS, *standards.TODOS)
