from reports.models.document import Document, DocumentState
from reports.models.issue import Issue, ReleasedFigure
from reports.models.paper import Block, BlockKind, Paper, PaperException, PaperGroupException, PaperStatus
from reports.models.paper_template import PaperTemplate
from reports.models.quarterly_return import QuarterlyReturn, ReturnDecision, ReturnState, ReturnStatus
from reports.models.return_line import ReturnLine

__all__ = [
    "Block",
    "BlockKind",
    "Document",
    "DocumentState",
    "Issue",
    "Paper",
    "PaperException",
    "PaperGroupException",
    "PaperStatus",
    "PaperTemplate",
    "QuarterlyReturn",
    "ReleasedFigure",
    "ReturnDecision",
    "ReturnLine",
    "ReturnState",
    "ReturnStatus",
]
