"""Data files: the rows that copies are made for, read one after the other."""
