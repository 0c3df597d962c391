"""Words that seldom stand in a text that is OFFICIAL. They are a reason to look again, not to refuse."""

import re

SENSITIVE = re.compile(
    r"\b(?:official[- ]sensitive|not for publication|in confidence|confidential(?:ly)?|restricted|secret|need to know"
    r"|hostile reconnaissance|vulnerabilit(?:y|ies) (?:of|at|in)|weak points?|threat assessment|local threat profile"
    r"|CTLP|intelligence|informants?|source reporting|(?:live|ongoing|under) investigation|surveillance|covert(?:ly)?"
    r"|arrest(?:s|ed)?|search warrants?|guard (?:times|rota)|alarm codes?|camera positions?)\b",
    re.IGNORECASE,
)


def sensitive_words(text: str) -> list[str]:
    """As they stand in the text, each once, in their order."""
    return list(dict.fromkeys(match.group(0) for match in SENSITIVE.finditer(text)))
