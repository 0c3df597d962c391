"""Figures in words: which there are, what each counts, and the right that reads it."""

from typing import Any

from reports.figures.definitions import LONDON, LONDON_33, Definition, Kind

_COUNT_ONCE = "A post that boroughs share is one post. Posts are counted, never the people who hold them."
_POSTS = "Posts as they are recorded for the last day of the quarter, or for today while it runs."
_PLAN = "Deliverables of the plan of that financial year, as they stand now."
_SIZE = "Deliverables differ in size: their number says nothing of the work in them."


def saying(*, population: str = LONDON.key, **about: Any) -> Definition:
    """One whose value is a sentence about how records stand."""
    return Definition(kind=Kind.STOCK, measures=("told",), population=population, **about)


TOLD = {
    definition.key: definition
    for definition in [
        saying(
            key="officers",
            name="Prevent engagement officers",
            counted=_POSTS,
            source="Posts and money",
            beware=_COUNT_ONCE,
            population=LONDON_33.key,
        ),
        saying(
            key="officers_spread",
            name="Prevent engagement officers by borough",
            counted="What the boroughs with most have, how many share, and how many have none.",
            source="Posts and money",
            beware="A mean would be no borough’s own number.",
            population=LONDON_33.key,
        ),
        saying(
            key="money",
            name="Money for all of London",
            counted="Lines of funding for all of London in the financial year, with the posts that they pay for.",
            source="Posts and money",
            beware="What is expected is not what is confirmed, and neither is what was spent.",
        ),
        saying(
            key="deliverables",
            name="Deliverables of the plan",
            counted=_PLAN,
            source="Deliverables",
            beware=_SIZE,
        ),
        saying(
            key="measures",
            name="Measures within target",
            counted="Measures that were due for the quarter, by their own thresholds.",
            source="Measures",
            beware="A measure without a target, or of which neither way is better, has no colour and is not counted.",
            permission="measure.read",
        ),
        saying(
            key="returns",
            name="State of the returns",
            counted="The quarterly return of each area: accepted, waited for, excused, or nil.",
            source="Quarterly returns",
            beware="It stands for the moment shown. A nil return is in, and an excused one is never late.",
            population=LONDON_33.key,
            permission="return.status",
        ),
        saying(
            key="shortfalls",
            name="Shortfalls and what is done",
            counted="Measures off their target or close to it, with their commentary, and deliverables that are late.",
            source="Measures and deliverables",
            beware="A measure without data is not within target, and is not counted here either.",
            permission="measure.read",
        ),
        saying(
            key="risks",
            name="Risks to delivery",
            counted="Open risks for all of London; those of one borough stay on the page of risks.",
            source="Risks",
            beware="A rating is a judgement of likelihood and impact, not a measurement.",
            permission="risk.read",
        ),
        saying(
            key="equality",
            name="Equality assessments",
            counted="Assessments of the work, by how far they are, and those to be looked at again.",
            source="Equality assessments",
            beware="That an assessment is complete does not say that nothing was found.",
            permission="deliverable.read",
        ),
        saying(
            key="benchmarks",
            name="Assurance of boroughs",
            counted="How many areas have scored themselves in the cycle in force. No area and no score is told.",
            source="Assurance",
            beware="Scores of two cycles are never compared.",
            population=LONDON_33.key,
            permission="assurance.read",
        ),
        saying(
            key="objectives",
            name="Objectives with a deliverable",
            counted="Objectives of the edition in force that a deliverable of the plan serves.",
            source="Strategy and deliverables",
            beware="An objective without a deliverable can be served by everyday work.",
            permission="deliverable.read",
        ),
        saying(
            key="threat",
            name="Threat level",
            counted="The national threat level on the last day of the quarter, or today while it runs, by scheme.",
            source="Reference data",
            beware="What a level means has changed over time; its words are those of the day.",
            permission="reference.read",
        ),
        *(
            saying(
                key=f"plan_{strand.lower()}",
                name=f"Plan under {strand}",
                counted=f"Deliverables of the plan and measures with a target under {strand}.",
                source="Measures and deliverables",
                beware=_SIZE,
                permission="measure.read",
            )
            for strand in ("Pursue", "Prevent", "Protect", "Prepare")
        ),
        saying(
            key="measures_table",
            name="Measures against their targets",
            counted="Measures in force: value, target, how far the data are, and the colour where there is one.",
            source="Measures",
            beware="Grey words mean that there is no number yet. They are neither good nor bad.",
            rows="measure",
            row_label="Measure",
            permission="measure.read",
        ),
        saying(
            key="deliverables_table",
            name="Deliverables and their confidence",
            counted="Deliverables of the plan: status, the day they are due, and how sure their owner is.",
            source="Deliverables",
            beware="Confidence is the owner’s judgement, and only of what is under way.",
            rows="deliverable",
            row_label="Deliverable",
            permission="deliverable.read",
        ),
    ]
}
