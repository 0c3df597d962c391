"""How paragraphs that can be looked for are kept: a trigger takes them from each issue and each archived paper.

Both are append-only, so what was taken from them once stays right.
"""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from reports.models import ArchivedPaper, Issue, SaidParagraph

_NAMES = {
    "said": f'"{SaidParagraph._meta.db_table}"',
    "issues": f'"{Issue._meta.db_table}"',
    "archived": f'"{ArchivedPaper._meta.db_table}"',
}
# The words of a paragraph without its HTML. Lines and items of lists are set apart by a space, other tags by nothing.
_WORDS = """
CREATE OR REPLACE FUNCTION said_words(html text) RETURNS text LANGUAGE sql IMMUTABLE AS $body$
SELECT replace(replace(replace(replace(trim(regexp_replace(regexp_replace(regexp_replace(html,
    '</?(p|ul|ol|li|br)[^>]*>', ' ', 'g'), '<[^>]*>', '', 'g'), '\\s+', ' ', 'g')),
    '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&amp;', '&')
$body$;
"""
# Figures of a paragraph, by the numbers that they have in its paper.
_FIGURES = """
coalesce((SELECT jsonb_agg(jsonb_build_object('key', head -> 'key', 'title', head -> 'title', 'words', head -> 'words',
        'value', head -> 'number' -> 0) ORDER BY (head ->> 'n')::int)
    FROM jsonb_array_elements(content -> 'figures') AS head WHERE head ->> 'shape' = 'value' AND head ->> 'n' IN
    (SELECT match[1] FROM regexp_matches(html, 'href="figure:(\\d+)"', 'g') AS match)), '[]'::jsonb)"""
_ISSUED = """
WITH whole AS MATERIALIZED (
    SELECT id AS issue_id, 'members' AS rendition, snapshot::jsonb AS content FROM {rows}
    UNION ALL SELECT id, 'public', open_snapshot::jsonb FROM {rows} WHERE open_snapshot <> ''
), blocks AS (
    SELECT whole.*, section.place AS section_place, block.place, block.body, section.body ->> 'letter' AS section,
        section.body ->> 'title' AS title, block.body ->> 'kind' AS kind
    FROM whole
    CROSS JOIN LATERAL jsonb_array_elements(content -> 'sections') WITH ORDINALITY AS section(body, place)
    CROSS JOIN LATERAL jsonb_array_elements(section.body -> 'blocks') WITH ORDINALITY AS block(body, place)
), parts AS (
    SELECT issue_id, rendition, content, 0 AS section_place, 0 AS place, 'summary' AS id, '' AS section, '' AS marker,
        'Summary' AS heading, 'paragraph' AS kind, content #>> '{{paper,summary}}' AS html
    FROM whole
    UNION ALL
    SELECT issue_id, rendition, content, section_place, place, body ->> 'id', section, coalesce(body ->> 'number', ''),
        coalesce((array_agg(body ->> 'text') FILTER (WHERE kind = 'heading') OVER above)
            [count(*) FILTER (WHERE kind = 'heading') OVER above], title),
        kind, body ->> 'html'
    FROM blocks WINDOW above AS (PARTITION BY issue_id, rendition, section_place ORDER BY place)
)
INSERT INTO {said} (issue_id, rendition, place, anchor, section, marker, heading, text, day, quarter, figures)
SELECT issue_id, rendition, row_number() OVER (PARTITION BY issue_id, rendition ORDER BY section_place, place),
    'block-' || id, section, marker, left(heading, 200), said_words(html),
    nullif(content #>> '{{paper,meeting_day}}', '')::date, content #>> '{{paper,quarter}}', {figures}
FROM parts WHERE kind IN ('paragraph', 'recommendation', 'nil') AND said_words(html) <> '';
"""
# A bullet belongs to the paragraph that it stands in. Stars for bold and slanted letters are left out.
_ARCHIVED = """
WITH pieces AS (
    SELECT paper.id AS paper_id, place, body, body ->> 'kind' AS kind, body ->> 'kind' IN ('bullet', 'sub') AS inside,
        coalesce(meeting_day, written_on, make_date(year, 1, 1)) AS day
    FROM {rows} AS paper
    CROSS JOIN LATERAL jsonb_array_elements(content::jsonb -> 'pieces') WITH ORDINALITY AS piece(body, place)
), placed AS (
    SELECT *, count(*) FILTER (WHERE NOT inside) OVER above AS run,
        (array_agg(body ->> 'text') FILTER (WHERE kind IN ('section', 'heading')) OVER above)
            [count(*) FILTER (WHERE kind IN ('section', 'heading')) OVER above] AS heading,
        concat_ws(' ', body ->> 'text', {parts}, {cells}) AS words
    FROM pieces WINDOW above AS (PARTITION BY paper_id ORDER BY place)
)
INSERT INTO {said} (archived_id, rendition, place, anchor, section, marker, heading, text, day, quarter, figures)
SELECT paper_id, '', row_number() OVER (PARTITION BY paper_id ORDER BY run),
    'line-' || min((body #>> '{{lines,0}}')::int), '',
    coalesce(left(min(body ->> 'marker') FILTER (WHERE NOT inside), 20), ''), coalesce(left(min(heading), 200), ''),
    regexp_replace(string_agg(words, ' ' ORDER BY place), '\\*+(\\S)|(\\S)\\*+', '\\1\\2', 'g'),
    min(day), '', '[]'::jsonb
FROM placed WHERE kind NOT IN ('title', 'field', 'contact', 'section', 'heading')
GROUP BY paper_id, run HAVING string_agg(words, '') <> '';
"""
_PARTS = "(SELECT string_agg(part ->> 'text', ' ') FROM jsonb_array_elements(body -> 'parts') AS part)"
_CELLS = (
    "(SELECT string_agg(cell, ' ') FROM jsonb_array_elements(body -> 'rows') AS line, "
    "jsonb_array_elements_text(line) AS cell)"
)
_TRIGGER = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $body$
BEGIN
{body}
RETURN NULL;
END
$body$;
REVOKE ALL ON FUNCTION {name}() FROM PUBLIC;
CREATE OR REPLACE TRIGGER {name} AFTER INSERT ON {table} REFERENCING NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION {name}();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name};
"""


def install() -> None:
    """Put the triggers in place, and take the paragraphs of what was there before them. Needs the owner's
    connection."""
    role = settings.PORTAL_APP_ROLE
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_trigger WHERE tgname = 'said_in_issue'")
        is_new = cursor.fetchone() is None
        cursor.execute("".join(_rules()))
        if is_new:
            cursor.execute(_of_issues(_NAMES["issues"]) + _of_archived(_NAMES["archived"]))
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role])
        if cursor.fetchone():
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON {_NAMES['said']} FROM {connection.ops.quote_name(role)}")


def _rules() -> Iterator[str]:
    yield _WORDS
    yield _TRIGGER.format(name="said_in_issue", table=_NAMES["issues"], body=_of_issues("after"))
    yield _TRIGGER.format(name="said_in_archive", table=_NAMES["archived"], body=_of_archived("after"))


def _of_issues(rows: str) -> str:
    return _ISSUED.format(rows=rows, figures=_FIGURES, **_NAMES)


def _of_archived(rows: str) -> str:
    return _ARCHIVED.format(rows=rows, parts=_PARTS, cells=_CELLS, **_NAMES)
