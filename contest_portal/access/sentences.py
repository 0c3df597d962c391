"""What each permission lets a person do, in plain words, and what is closed to those who lack it."""

SENTENCES: dict[str, str] = {
    "activity.list": "Open the list of activities, and find in it those that you may read.",
    "activity.read": "Read activities in full, the internal note of OFFICIAL ones included.",
    "activity.sensitive": "Read OFFICIAL-SENSITIVE activities, the internal note included.",
    "activity.face": (
        "Read the public face of every OFFICIAL activity in London: what, when, where, how many people "
        "and the publishable sentence."
    ),
    "activity.log": "Log activities, and change those that your borough leads.",
    "activity.share": "Open one activity to somebody by name, with a reason.",
    "return.read": "Read quarterly returns.",
    "return.status": "See which boroughs have sent their return, and which have not.",
    "return.submit": "Submit the quarterly return.",
    "return.arrange": "Say who owes a return, excuse one for a quarter, and open one for a correction.",
    "return.accept": "Accept a return that somebody else submitted.",
    "return.send_back": "Send a return back with a reason.",
    "return.chase": "Chase returns that are overdue.",
    "comment.write": "Comment on activities and returns that you read in full, and ask for a follow-up.",
    "dashboard.read": "Read London’s dashboards, and open any figure down to the rows behind it.",
    "measure.read": "Read London’s measures, their targets and how they stand.",
    "measure.draft.read": "Read proposed measures, and values that wait to be checked.",
    "measure.propose": "Propose measures with their targets, and propose that one is retired.",
    "measure.approve": "Decide on measures that somebody else proposed, and make values final.",
    "measure.enter": "Enter values of measures, and say why a colour changes.",
    "measure.check": "Check values of measures that somebody else entered.",
    "deliverable.read": "Read what the plans promise: deliverables, their milestones, and every date that changed.",
    "deliverable.areas": "See borough by borough who has what a plan promises to each of them.",
    "deliverable.edit": "Enter deliverables and milestones, say how they stand, and change a forecast with its reason.",
    "deliverable.mark": "Say that a borough has received what a plan promises to it, or why not yet.",
    "resource.edit": "Enter posts and lines of funding of your borough or strand, and change them with a reason.",
    "deliverable.accept": "Accept changed dates of milestones that somebody else made.",
    "paper.read": "Read papers that have been issued.",
    "paper.draft": "Draft papers and change your own drafts.",
    "paper.draft.read": "Read the drafts of papers.",
    "paper.issue": "Issue papers. What was issued never changes.",
    "paper.part2": "Read Part 2 (exempt) papers of your board.",
    "board.read": "Read about boards, who sits on them and when they meet.",
    "meeting.arrange": "Arrange meetings and their agendas.",
    "borough.read": "Read about boroughs: police, groupings, posts and funding.",
    "grant.list": "See who holds which role, given by whom and why.",
    "reference.read": "Read reference data, such as bank holidays, organisations and strategies.",
    "reference.apply": "Change reference data, with a reason.",
}

# What people look for and do not find. Said only to those without the permission, or with a narrower scope.
CLOSED: dict[str, str] = {
    "activity.read": "Activities in full, with their internal notes",
    "activity.sensitive": "OFFICIAL-SENSITIVE activities",
    "return.read": "What boroughs wrote in their returns",
    "paper.draft.read": "Drafts of papers that others write",
    "paper.part2": "Part 2 (exempt) papers",
    "grant.list": "Who else holds which role",
    "reference.read": "Reference data, such as bank holidays",
}
