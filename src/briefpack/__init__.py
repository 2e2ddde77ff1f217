"""Briefpack: audience-specific briefs and layouts in, printable and accessible PDFs out."""

__version__ = "0.1.0"
