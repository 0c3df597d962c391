"""Kinds of activity, by strand. A kind is a few lines here and needs no table of its own.

Pursue has governance kinds only: no field and no kind exists for operations, arrests or persons.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    key: str
    name: str
    strand: str
    hint: str = ""


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in [
        Kind("community_event", "Community event, workshop or conference", "prevent"),
        Kind("structured_programme", "Structured programme", "prevent", "Several sessions with the same people."),
        Kind("training", "Training or briefing", "prevent", "Awareness training for front-line staff, for example."),
        Kind("institution_support", "Support for an institution", "prevent", "Governance of a charity or faith body."),
        Kind("education", "Education engagement", "prevent"),
        Kind("member_briefing", "Briefing of elected members", "prevent"),
        Kind("tabletop", "Tabletop or immersive exercise", "prevent"),
        Kind("channel_panel", "Channel panel meeting", "prevent", "That it was held, and which bodies came. No cases."),
        Kind("permissive_environment", "Venue, IT or speaker policy", "prevent", "The policy, never a speaker's name."),
        Kind("risk_document", "Local risk document", "prevent", "Its reference and date, never its content."),
        Kind("engagement_meeting", "Engagement or advisory group meeting", "prevent"),
        Kind("campaign", "Communications campaign", "prevent"),
        Kind("funded_project", "Funded project", "prevent"),
        Kind("protect_training", "Protective security awareness training", "protect"),
        Kind("security_advice", "Security advice visit or survey", "protect", "A site code only, never the site."),
        Kind("crowded_place_review", "Publicly accessible location review", "protect", "How many, never which."),
        Kind("hostile_vehicle", "Hostile vehicle mitigation scheme", "protect"),
        Kind("planning_advice", "Planning or licensing consultation", "protect"),
        Kind("safety_advisory_group", "Safety advisory group for an event", "protect"),
        Kind("premises_duty", "Readiness for the premises duty", "protect", "Protection of Premises Act 2025."),
        Kind("exercise", "Exercise", "prepare"),
        Kind("plan_review", "Review of a plan", "prepare"),
        Kind("resilience_forum", "Resilience forum meeting", "prepare"),
        Kind("standards_assessment", "Self-assessment against resilience standards", "prepare"),
        Kind("responder_training", "Responder or volunteer training", "prepare"),
        Kind("impact_assessment", "Community impact assessment", "pursue"),
        Kind("reassurance_meeting", "Community reassurance meeting", "pursue"),
        Kind("powers_oversight", "Oversight of the use of a power", "pursue"),
        Kind("governance_milestone", "Grant or staffing milestone", "pursue"),
    ]
}
