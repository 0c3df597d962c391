class CannotStart(Exception):
    """One sentence for the person at the keyboard: what stands in the way, and what to do."""
