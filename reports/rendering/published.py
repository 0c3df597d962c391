"""What the public gets of a paper beside its PDF: its page, its numbers, its entry in a feed. All from one frozen text.

Nothing here has seen the members' version.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from contest_portal.ui.formats import day as in_words
from reports.models import Issue, PackFile, Publication
from reports.rendering.composition import Content
from reports.rendering.leaks import Leak, leak_in, leak_in_file, said_by_page, secrets_of, secrets_of_all
from reports.rendering.numbers import number_lines
from reports.rendering.twin import Twin


@dataclass(frozen=True)
class PublishedPack:
    """A pack that everybody could have at one time, read with `PackFile.objects.let_out`."""

    file: PackFile

    @property
    def is_open(self) -> bool:
        """Whether it is still to be had."""
        papers = [entry.issue.publication.withdrawal for entry in self.file.pack.taken_back]
        return all(each.successor for each in papers) and not self.file.pack.errata_withdrawn

    @property
    def notices(self) -> list[tuple[str, Publication | None]]:
        """What became of what is in it, in sentences, each with the paper to read instead."""
        found: list[tuple[str, Publication | None]] = []
        for entry in self.file.pack.taken_back:
            gone = entry.issue.publication.withdrawal
            words = f"{entry.issue.numbered} in it was {gone.word.lower()} on {in_words(gone.withdrawn_at)}."
            found.append((words, gone.successor))
        for told in self.file.pack.errata_withdrawn:
            issue = told.erratum.issue
            named = f"{issue.numbered} of {in_words(issue.paper.day)}"
            on = in_words(issue.publication.withdrawal.withdrawn_at)
            found.append((f"It tells of an erratum to {named}, which was withdrawn on {on}.", None))
        return found


def opened(issue: Issue) -> Content:
    """The public version as it was frozen."""
    return json.loads(issue.open_snapshot)


def address(n: int, row: str = "", column: str = "") -> str:
    """A figure leads to its line at the end of the page; the rows behind it are not for the public."""
    return "" if column else f"#figure-{n}"


def article(content: Content) -> SafeString:
    """The paper as a page shows it."""
    return render_to_string("reports/published/article.html", {"twin": Twin(content, address), "is_public": True})


def description(content: Content) -> str:
    """One line for lists and feeds."""
    paper = content["paper"]
    return f"{paper['abstract']}. By {paper['by_line']}."


def said_by(content: Content, filename: str) -> Iterator[tuple[str, str]]:
    """Everything but the PDF, as (where, text)."""
    yield "the name of the file", filename
    yield from said_by_page(article(content))
    yield "the numbers for download", "\n".join(" ".join(map(str, line)) for line in number_lines(content))
    yield "the list of published papers", f"{content['paper']['title']} {description(content)}"


def leak(issue: Issue, filename: str, pdf: bytes) -> Leak | None:
    """What would get out if this were published; None when nothing would."""
    content = opened(issue)
    secrets = secrets_of(issue.content, content)
    return leak_in(secrets, said_by(content, filename)) or leak_in_file(secrets, pdf, "pdf")


def leak_in_word(issue: Issue, filename: str, word: bytes, template: bytes) -> Leak | None:
    """The same of a Word file. What its template says by itself is no secret of the paper."""
    return leak_in_file_of([issue], word, "docx", name=filename, form=template)


def leak_in_file_of(
    issues: Iterable[Issue], content: bytes, kind: str, *, name: str = "", form: bytes = b""
) -> Leak | None:
    """What would get out with a file for everybody that is made of these issues."""
    both = [(issue.content, opened(issue)) for issue in issues if issue.open_snapshot]
    return leak_in_file(secrets_of_all(both), content, kind, name=name, form=form)
