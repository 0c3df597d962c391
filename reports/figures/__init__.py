"""Published numbers. Pages, papers, charts and downloads take them from here, and nothing else computes one."""

from reports.figures.engine import figure, figures
from reports.figures.passports import Cell, Passport, PassportRow, SeenPassport
from reports.figures.registry import FIGURES
from reports.figures.result import Figure
from reports.figures.rows import passport, passport_of

__all__ = [
    "FIGURES",
    "Cell",
    "Figure",
    "Passport",
    "PassportRow",
    "SeenPassport",
    "figure",
    "figures",
    "passport",
    "passport_of",
]
