"""Aid cases day by day: their moves, batches of moves, the policies checked first, public notices, objections."""
