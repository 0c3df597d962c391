from django.db import models


class ReturnTexts(models.Model):
    """What a borough writes in a return. The return holds it while it is written, each submission as it was sent."""

    commentary = models.TextField(
        "what the board should know", blank=True, help_text="In a sentence or two. Do not name individuals."
    )
    commentary_gap = models.CharField("why there is nothing for the board", max_length=300, blank=True)
    nil_reason = models.CharField(
        "why there is nothing to report", max_length=300, blank=True, help_text="Needed for a nil return."
    )
    uncounted_reason = models.CharField("why people were not counted", max_length=300, blank=True)
    posts_note = models.CharField("about the posts", max_length=300, blank=True)
    funding_note = models.CharField("about the funding", max_length=300, blank=True)
    panel_reason = models.CharField("why no Channel panel was held", max_length=300, blank=True)
    help_needed = models.TextField("what you need from the board", blank=True)
    next_plan = models.TextField("plan for the next quarter", blank=True)

    class Meta:
        abstract = True

    def texts(self) -> dict[str, str]:
        """Those that say something, by the name of their field."""
        named = {name: getattr(self, name) for name in TEXTS}
        return {name: text for name, text in named.items() if text}


TEXTS = {
    field.name: f"{field.verbose_name[:1].upper()}{field.verbose_name[1:]}" for field in ReturnTexts._meta.local_fields
}
