"""What all children of a worker need for their first paper, made once in the worker before it forks them.

They are exchanged for new ones every few minutes, so that most papers are some child's first. To unpack the fonts takes
as long as a short paper.
"""

from typing import Any

from celery import bootsteps

from reports.rendering import fonts


class Warm(bootsteps.Step):
    def create(self, parent: Any) -> None:
        fonts.files()
