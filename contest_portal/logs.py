"""What is worth a line in the log, and how it looks."""

import logging

import structlog


class NotHealth(logging.Filter):
    """Somebody asks for our health every few seconds, and reads the answer there."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "/health/" not in record.getMessage()


def renderer(for_people: bool) -> structlog.typing.Processor:
    """One line of plain words on a developer's screen; one line of JSON wherever machines read along."""
    if not for_people:
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0, pad_level=False, sort_keys=False)
