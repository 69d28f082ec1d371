"""Search: an index of words beside the articles, kept by triggers in whatever changes them.

It is each database's own full-text index, so it is not in the schema's tables. A withdrawn article
has no words, and so is in no index.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_SQLITE_WORDS = "json_extract({row}.body, '$.title'), json_extract({row}.body, '$.excerpt')"
_SQLITE_ADD = f"""
    INSERT INTO article_words (rowid, title, excerpt, provider)
    SELECT new.id, {_SQLITE_WORDS.format(row="new")}, new.provider WHERE new.body IS NOT NULL;
"""
# A table without content forgets a row only if it is told what the row said.
_SQLITE_REMOVE = f"""
    INSERT INTO article_words (article_words, rowid, title, excerpt, provider)
    SELECT 'delete', old.id, {_SQLITE_WORDS.format(row="old")}, old.provider
    WHERE old.body IS NOT NULL;
"""
_SQLITE = (
    """
    CREATE VIRTUAL TABLE article_words USING fts5(
        title, excerpt, provider,
        content='', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
    )
    """,
    f"CREATE TRIGGER article_words_insert AFTER INSERT ON articles BEGIN {_SQLITE_ADD} END",
    f"""
    CREATE TRIGGER article_words_update AFTER UPDATE OF body, provider ON articles
    WHEN old.body IS NOT new.body OR old.provider IS NOT new.provider
    BEGIN {_SQLITE_REMOVE} {_SQLITE_ADD} END
    """,
    f"CREATE TRIGGER article_words_delete AFTER DELETE ON articles BEGIN {_SQLITE_REMOVE} END",
    """
    INSERT INTO article_words (rowid, title, excerpt, provider)
    SELECT id, json_extract(body, '$.title'), json_extract(body, '$.excerpt'), provider
    FROM articles WHERE body IS NOT NULL
    """,
)

_POSTGRESQL = (
    # Letters with marks lose them, and punctuation becomes blanks, or the parser would take
    # what surrounds it for an address, a path or a negative number.
    r"""
    CREATE FUNCTION plain_words(given text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
        SELECT regexp_replace(
            normalize(
                regexp_replace(
                    normalize(coalesce(given, ''), NFKD), '[\u0300-\u036f]+', '', 'g'
                ),
                NFKC
            ),
            '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+',
            ' ', 'g'
        )
    $$
    """,
    """
    CREATE TABLE article_words (
        article_id bigint PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
        words tsvector NOT NULL
    )
    """,
    "CREATE INDEX ix_article_words_words ON article_words USING gin (words)",
    """
    CREATE FUNCTION words_of(body json, provider text) RETURNS tsvector LANGUAGE sql IMMUTABLE AS $$
        SELECT setweight(to_tsvector('simple', plain_words(body ->> 'title')), 'A')
            || setweight(to_tsvector('simple', plain_words(body ->> 'excerpt')), 'B')
            || setweight(to_tsvector('simple', plain_words(provider)), 'C')
    $$
    """,
    """
    CREATE FUNCTION keep_article_words() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF new.body IS NULL THEN
            DELETE FROM article_words WHERE article_id = new.id;
        ELSE
            INSERT INTO article_words (article_id, words)
            VALUES (new.id, words_of(new.body, new.provider))
            ON CONFLICT (article_id) DO UPDATE SET words = excluded.words;
        END IF;
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE TRIGGER article_words AFTER INSERT OR UPDATE OF body, provider ON articles
    FOR EACH ROW EXECUTE FUNCTION keep_article_words()
    """,
    """
    INSERT INTO article_words (article_id, words)
    SELECT id, words_of(body, provider) FROM articles WHERE body IS NOT NULL
    """,
)


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if sqlite else _POSTGRESQL:
        op.get_bind().execute(sa.DDL(statement.replace("%", "%%")))  # type: ignore[no-untyped-call]  # it has no types
