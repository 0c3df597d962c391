"""The fixed answers of an activity's questions."""

from django.db import models


class Status(models.TextChoices):
    PLANNED = "planned", "Planned"
    DELIVERED = "delivered", "Delivered"
    POSTPONED = "postponed", "Postponed"
    CANCELLED = "cancelled", "Cancelled"
    MERGED = "merged", "Merged into another"


# What a person says of an activity. That it was logged twice is a step of its own.
ENTERED = [choice for choice in Status.choices if choice[0] != Status.MERGED]


class Precision(models.TextChoices):
    EXACT = "exact", "Exact date"
    MONTH = "month", "Month only"
    QUARTER = "quarter", "Quarter only"


class Basis(models.TextChoices):
    HEADCOUNT = "headcount", "Headcount"
    SIGN_IN = "sign_in", "Sign-in sheet (number only)"
    TICKETS = "tickets", "Tickets"
    PLATFORM = "platform", "Online platform's log"
    ESTIMATE = "estimate", "Estimate"


class Outcome(models.IntegerChoices):
    DELIVERED = 0, "Delivered, nothing measured"
    REACTION = 1, "People told us what they thought of it"
    LEARNING = 2, "Learning was measured"
    BEHAVIOUR = 3, "An institution or group changed what it does"
    SYSTEM = 4, "The way the system works changed"


class Audience(models.TextChoices):
    SCHOOLS = "schools", "Schools"
    COLLEGES = "colleges", "Colleges and universities"
    COUNCIL_STAFF = "council_staff", "Council staff"
    ELECTED_MEMBERS = "elected_members", "Elected members"
    HEALTH = "health", "Health"
    POLICE = "police", "Police"
    PROBATION = "probation", "Probation and prisons"
    FAITH = "faith", "Faith institutions"
    WOMEN = "women", "Women's groups"
    YOUTH = "youth", "Youth groups"
    PARENTS = "parents", "Parents"
    CHARITIES = "charities", "Charities"
    BUSINESSES = "businesses", "Businesses and venues"
    PUBLIC = "public", "General public"


class EvaluationMethod(models.TextChoices):
    NONE = "none", "It was not evaluated"
    FORMS = "forms", "Feedback forms"
    BEFORE_AFTER = "before_after", "Questions before and after"
    GROUP = "group", "Discussion with a group"
    OBSERVED = "observed", "Observed by a colleague"
    INDEPENDENT = "independent", "Evaluated from outside"


class EqualityMonitoring(models.TextChoices):
    NONE = "none", "None"
    BANDED = "banded", "A summary in bands"
