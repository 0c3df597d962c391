from strands.kinds.kind import Kind
from strands.kinds.particular import choice, choices, date, number, quantity, text, yes_no

KINDS = [
    Kind(
        "exercise",
        "Exercise",
        "prepare",
        asks=(
            choice("form", "Form", "Seminar", "Tabletop", "Command post", "Live"),
            choice("lead", "Who led it", "Council", "Police", "Fire brigade", "Ambulance service", "Health", "Joint"),
            choices(
                "agencies",
                "Agencies that took part",
                *("Council", "Police", "Fire brigade", "Ambulance service", "Health", "Transport", "Voluntary sector"),
            ),
            text("plans", "Plans tested", "Their titles.", most=120),
            number("aims", "Objectives of the exercise", most=100),
            number("aims_met", "Objectives met", most=100, within="aims"),
            date("hot_debrief", "Day of the hot debrief"),
            date("cold_debrief", "Day of the cold debrief"),
            number("lessons", "Lessons identified", most=500),
            number("lessons_taken_up", "Lessons that became action points", most=500, within="lessons"),
        ),
        has_sessions=True,
    ),
    Kind(
        "plan_review",
        "Review of a plan",
        "prepare",
        asks=(
            text("plan", "Plan", "Its title, never what it says.", most=80),
            text("plan_version", "Version", "Of the plan as it is now.", most=20),
            date("reviewed", "Day it was reviewed"),
            date("next_due", "Day the next review is due"),
            yes_no("validated", "Was it validated by an exercise?"),
        ),
    ),
    Kind(
        "resilience_forum",
        "Resilience forum meeting",
        "prepare",
        asks=(
            choice("forum", "Forum", "Borough resilience forum", "London resilience forum", "Sub-regional forum"),
            number("responders", "Category 1 responders present", most=100),
            yes_no("quorate", "Was it quorate?"),
        ),
    ),
    Kind(
        "standards_assessment",
        "Self-assessment against resilience standards",
        "prepare",
        asks=(
            number("standards", "Standards assessed", most=100),
            number("standards_met", "Standards met or exceeded", most=100, within="standards"),
            yes_no("agreed", "Has the council’s leadership agreed it?"),
            date("agreed_on", "Day it was agreed"),
        ),
    ),
    Kind(
        "responder_training",
        "Responder training",
        "prepare",
        asks=(
            choice("role", "Trained for", "Emergency centre", "Loggist", "Liaison officer", "On-call manager", "Other"),
            quantity("trained", "People trained", most=100_000),
            date("refresh_due", "Day it has to be refreshed"),
        ),
    ),
    Kind(
        "rest_centre",
        "Rest centre or volunteers",
        "prepare",
        asks=(
            number("centres", "Rest centres ready", "How many, never which.", most=500),
            quantity("volunteers", "Volunteers ready", "How many, never who.", most=100_000),
            date("checked", "Day it was last checked"),
        ),
    ),
    Kind(
        "business_continuity",
        "Business continuity",
        "prepare",
        asks=(
            quantity("businesses", "Businesses advised", "How many, never which.", most=100_000),
            number("service_plans", "Council services with a current plan", most=1_000),
            date("checked", "Day it was last checked"),
        ),
    ),
    Kind(
        "warn_and_inform",
        "Warning and informing the public",
        "prepare",
        asks=(
            choices("channels", "Channels", "Social media", "Council website", "Text messages", "Posters and leaflets"),
            quantity("reach", "People reached", most=100_000_000),
            date("tested", "Day it was last tested"),
        ),
    ),
]
