"""Project files, read and validated into frozen values with the places they were written at.

The only package that knows YAML and pydantic.
"""
