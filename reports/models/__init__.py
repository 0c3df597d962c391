from reports.models.accepted_finding import AcceptedFinding
from reports.models.acronym import Acronym
from reports.models.archive_upload import ArchiveUpload
from reports.models.archived_copy import ArchivedCopy
from reports.models.archived_paper import ArchivedPaper, ArchiveFlag, ArchiveRemoval, PaperShape
from reports.models.block_comment import BlockComment, BlockSuggestion, SuggestionAnswer
from reports.models.chart_comment import ChartComment
from reports.models.chaser import ChaseLevel, Chaser
from reports.models.clearance import Answer, Approval, Clearance, Office, PaperWriter
from reports.models.document import Document
from reports.models.exempt_cell import ExemptCell
from reports.models.exemption import ExemptGround, Rendition
from reports.models.issue import Issue
from reports.models.kept_version import KeptVersion
from reports.models.link_borough import LinkBorough
from reports.models.pack import Pack, PackEntry, PackErratum, PackFile
from reports.models.page_document import PageDocument
from reports.models.paper import Block, BlockKind, Paper, PaperException, PaperGroupException, PaperStatus
from reports.models.paper_subscription import PaperSubscription
from reports.models.paper_template import PaperTemplate
from reports.models.promise import Promise
from reports.models.publication import Erratum, Publication, PublishedWord, Withdrawal
from reports.models.quarterly_return import QuarterlyReturn
from reports.models.release import EqualityRelease, FrozenAnswers
from reports.models.released_figure import ReleasedFigure
from reports.models.return_assignment import ReturnAssignment
from reports.models.return_comment import ReturnComment
from reports.models.return_decision import ReturnDecision
from reports.models.return_delegate import ReturnDelegate
from reports.models.return_line import ReturnLine
from reports.models.return_reason import ReturnReason
from reports.models.return_states import ReturnState, ReturnStatus
from reports.models.return_submission import ReturnSubmission
from reports.models.return_unlocking import ReturnUnlocking
from reports.models.said_paragraph import SaidParagraph
from reports.models.saved_view import SavedView, Subscription
from reports.models.suppression_override import Decision, SuppressionOverride
from reports.models.word_template import WordTemplate

__all__ = [
    "AcceptedFinding",
    "Acronym",
    "Answer",
    "Approval",
    "ArchiveFlag",
    "ArchiveRemoval",
    "ArchiveUpload",
    "ArchivedCopy",
    "ArchivedPaper",
    "Block",
    "BlockComment",
    "BlockKind",
    "BlockSuggestion",
    "ChartComment",
    "ChaseLevel",
    "Chaser",
    "Clearance",
    "Decision",
    "Document",
    "EqualityRelease",
    "Erratum",
    "ExemptCell",
    "ExemptGround",
    "FrozenAnswers",
    "Issue",
    "KeptVersion",
    "LinkBorough",
    "Office",
    "Pack",
    "PackEntry",
    "PackErratum",
    "PackFile",
    "PageDocument",
    "Paper",
    "PaperException",
    "PaperGroupException",
    "PaperShape",
    "PaperStatus",
    "PaperSubscription",
    "PaperTemplate",
    "PaperWriter",
    "Promise",
    "Publication",
    "PublishedWord",
    "QuarterlyReturn",
    "ReleasedFigure",
    "Rendition",
    "ReturnAssignment",
    "ReturnComment",
    "ReturnDecision",
    "ReturnDelegate",
    "ReturnLine",
    "ReturnReason",
    "ReturnState",
    "ReturnStatus",
    "ReturnSubmission",
    "ReturnUnlocking",
    "SaidParagraph",
    "SavedView",
    "Subscription",
    "SuggestionAnswer",
    "SuppressionOverride",
    "Withdrawal",
    "WordTemplate",
]
