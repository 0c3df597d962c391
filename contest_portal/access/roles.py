"""Roles as code: what each may do, in one table that can be read aloud.

A role is stored by its key; the keys never change. A permission reaches as far as the grant's scope, except that
those in LONDON reach all of London whatever the scope: aggregates and public faces are for every partner.
Nothing here gives anybody OFFICIAL-SENSITIVE detail outside their own scope: that takes a named exception.
"""

from dataclasses import dataclass

SIGNED_IN = "signed_in"

LONDON = frozenset(
    {
        "activity.face",
        "dashboard.read",
        "chart.comment",
        "paper.comment",
        "paper.read",
        "archive.read",
        "board.read",
        "borough.read",
        "return.status",
        "measure.read",
        "deliverable.read",
        "deliverable.areas",
    }
)


@dataclass(frozen=True)
class Role:
    key: str
    name: str
    sentence: str
    permissions: frozenset[str]
    scopes: tuple[str, ...]


# An inspector reads and writes nothing.
_TALKS = {"chart.comment", "paper.comment"}
# "activity.list" opens the pages of activities; which rows and which parts of them is for the querysets to say.
_READS = {
    *("dashboard.read", "paper.read", "archive.read", "board.read", "borough.read", "activity.list", "measure.read"),
    "deliverable.read",
}

ROLES: dict[str, Role] = {
    role.key: role
    for role in [
        Role(
            "borough_lead",
            "Borough Prevent lead",
            "Logs the borough's activity, sends its quarterly return, and accepts a return that somebody else sent.",
            frozenset(
                _READS
                | _TALKS
                | {
                    "activity.read",
                    "activity.sensitive",
                    "activity.log",
                    "activity.share",
                    "return.read",
                    "return.submit",
                    "return.accept",
                    "return.send_back",
                    "comment.write",
                    "deliverable.mark",
                    "resource.edit",
                    "assurance.read",
                    "risk.read",
                    "assurance.self",
                    "risk.edit",
                }
            ),
            ("borough",),
        ),
        Role(
            "borough_reader",
            "Borough reader",
            "Reads the borough's OFFICIAL activities and returns.",
            frozenset(_READS | _TALKS | {"activity.read", "return.read", "assurance.read", "risk.read"}),
            ("borough",),
        ),
        Role(
            "strand_lead",
            "Strand lead",
            "Reads one strand across London, drafts papers, and accepts or sends back returns.",
            frozenset(
                _READS
                | _TALKS
                | {
                    "activity.read",
                    "activity.sensitive",
                    "return.read",
                    "return.status",
                    "return.accept",
                    "return.send_back",
                    "comment.write",
                    "paper.draft",
                    "paper.clear",
                    "measure.draft.read",
                    "measure.propose",
                    "measure.enter",
                    "measure.check",
                    "deliverable.areas",
                    "deliverable.edit",
                    "deliverable.mark",
                    "resource.edit",
                    "assurance.read",
                    "risk.read",
                    "risk.edit",
                    "assurance.record",
                }
            ),
            ("strand",),
        ),
        Role(
            "analyst",
            "Analyst",
            "Reads OFFICIAL activities of all London, checks returns and figures, and drafts papers.",
            frozenset(
                _READS
                | _TALKS
                | {
                    "activity.face",
                    "activity.read",
                    "return.read",
                    "return.status",
                    "return.send_back",
                    "comment.write",
                    "paper.draft",
                    "paper.draft.read",
                    "reference.read",
                    "acronym.edit",
                    "measure.draft.read",
                    "measure.propose",
                    "measure.enter",
                    "measure.check",
                    "released.read",
                    "override.ask",
                    "deliverable.areas",
                    "assurance.read",
                    "risk.read",
                    "assurance.record",
                    "assurance.define",
                }
            ),
            ("all",),
        ),
        Role(
            "secretary",
            "Board secretary",
            "Runs a board: its meetings, agenda and papers; arranges returns, sends them back, issues papers, and "
            "decides what of small numbers is released.",
            frozenset(
                _READS
                | _TALKS
                | {
                    "activity.face",
                    "return.read",
                    "return.status",
                    "return.send_back",
                    "comment.write",
                    "return.arrange",
                    "meeting.arrange",
                    "paper.draft",
                    "return.chase",
                    "paper.draft.read",
                    "paper.issue",
                    "equality.release",
                    "released.read",
                    "override.decide",
                    "paper.part2",
                    "archive.keep",
                    "grant.list",
                    "reference.read",
                    "acronym.edit",
                    "deliverable.areas",
                    "deliverable.edit",
                    "deliverable.mark",
                    "resource.edit",
                    "risk.edit",
                    "assurance.read",
                    "risk.read",
                }
            ),
            ("board",),
        ),
        Role(
            "chair",
            "Chair",
            "Chairs a board and reads its papers, drafts included.",
            frozenset(
                _READS
                | _TALKS
                | {
                    "activity.face",
                    "return.status",
                    "paper.draft.read",
                    "paper.approve",
                    "paper.part2",
                    "grant.list",
                    "measure.draft.read",
                    "measure.approve",
                    "deliverable.areas",
                    "deliverable.accept",
                    "assurance.read",
                    "risk.read",
                }
            ),
            ("board",),
        ),
        Role(
            "board_member",
            "Board member",
            "Sits on a board and reads its papers.",
            frozenset(
                _READS
                | _TALKS
                | {
                    *("activity.face", "return.status", "paper.part2", "paper.clear"),
                    *("deliverable.areas", "assurance.read", "risk.read"),
                }
            ),
            ("board",),
        ),
        Role(
            "member",
            "MPA/MOPAC member",
            "Reads London's dashboards and issued papers, and opens any figure down to the rows behind it.",
            frozenset(_READS | _TALKS | {"activity.face", "return.status", "deliverable.areas"}),
            ("all",),
        ),
        Role(
            "auditor",
            "Auditor or inspector",
            "Reads everything OFFICIAL for a limited time, and the whole audit trail.",
            frozenset(
                _READS
                | {
                    "activity.face",
                    "activity.read",
                    "return.read",
                    "return.status",
                    "paper.draft.read",
                    "grant.list",
                    "reference.read",
                    "measure.draft.read",
                    "released.read",
                    "deliverable.areas",
                    "assurance.read",
                    "risk.read",
                }
            ),
            ("all",),
        ),
        Role(
            "admin",
            "System administrator",
            "Keeps accounts, grants, reference data and the archive of old papers; has no access to other content.",
            frozenset(
                {"grant.list", "reference.read", "reference.apply", "acronym.edit", "archive.read", "archive.keep"}
            ),
            ("all",),
        ),
    ]
}

PERMISSIONS = frozenset().union(*(role.permissions for role in ROLES.values()))


def roles_with(permission: str) -> list[str]:
    return [key for key, role in ROLES.items() if permission in role.permissions]
