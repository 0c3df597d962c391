"""What may be kept from the public, and on what ground: Schedule 12A to the Local Government Act 1972, in short."""

from django.db import models
from django.db.models import Q


class ExemptGround(models.TextChoices):
    """By the number of the paragraph. The words are short ones of ours, not the Schedule's."""

    INDIVIDUAL = "1", "Paragraph 1: about an individual"
    IDENTITY = "2", "Paragraph 2: likely to show who an individual is"
    BUSINESS = "3", "Paragraph 3: financial or business affairs"
    LABOUR = "4", "Paragraph 4: consultation or negotiation about labour relations"
    PRIVILEGE = "5", "Paragraph 5: legal professional privilege"
    ORDERS = "6", "Paragraph 6: a notice, order or direction that is proposed"
    CRIME = "7", "Paragraph 7: preventing, investigating or prosecuting crime"


class Rendition(models.TextChoices):
    """A paper for one circle of readers."""

    MEMBERS = "members", "members’ version"
    PUBLIC = "public", "public version"


def in_full(ground: str) -> str:
    """Of Schedule 12A, as it stands in a paper."""
    label = ExemptGround(ground).label
    return f"Schedule 12A, {label[0].lower()}{label[1:]}"


def grounded(ground: str, interest: str) -> Q:
    """A ground has its public-interest note, and there is no note without a ground."""
    return Q(**{ground: "", interest: ""}) | (~Q(**{ground: ""}) & ~Q(**{interest: ""}))
