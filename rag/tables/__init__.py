"""Questions on the rows of tables, answered by reading all of them: no model counts or compares."""
