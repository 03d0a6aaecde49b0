"""Rows of tables: how they are read and quoted, and questions answered from all of them."""
