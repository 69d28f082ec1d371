"""The rows of topics: which articles carry them, how they are written, what topic files say."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Row, RowMapping, and_, bindparam, delete, func, or_, select, update

from digests.model import Topic
from digests.storage.database import Connection
from digests.storage.files import chunks
from digests.storage.rows import insert
from digests.storage.schema import article_topics, articles, topic_spellings, topics
from digests.storage.unpack import Unpacked, packed
from digests.topics import Definition, Tree, topic_key

Carried = dict[tuple[int, int], str | None]
"""(topic id, article id) to how the topic is written there; None where it is only inherited."""


# ── what articles carry ──────────────────────────────────────────────────────────────────────


async def set_topics(
    connection: Connection, labels: Mapping[int, tuple[str, ...]], *, fresh: bool = False
) -> None:
    """The topics of articles, by article id, as written; those above them come by themselves.

    ``fresh`` says that the articles are new, and carry nothing yet.
    """
    if not labels:
        return
    spelt = {label: " ".join(label.split()) for written in labels.values() for label in written}
    keys = {label: topic_key(label) for label in spelt}
    ids, tree = await _tree_with(connection, {keys[label]: spelt[label] for label in spelt})
    above: dict[tuple[str, ...], set[int]] = {}
    wanted: Carried = {}
    for article_id, written in labels.items():
        for label in reversed(written):
            wanted[ids[keys[label]], article_id] = spelt[label]
        if written not in above:
            above[written] = tree.above({ids[keys[label]] for label in written})
        for topic_id in above[written]:
            wanted[topic_id, article_id] = None
    carried = {} if fresh else await _carried(connection, labels)
    await _replace(connection, carried, wanted)


async def drop_topics(connection: Connection, article_ids: Collection[int]) -> None:
    """These articles carry no topic any more."""
    await _replace(connection, await _carried(connection, article_ids), {})


async def _tree_with(
    connection: Connection, names: Mapping[str, str]
) -> tuple[dict[str, int], Tree]:
    """Ids of these topics by key, new ones made; and the tree that they are in."""
    statement = select(topics.c.id, topics.c.key, topics.c.parent_id, topics.c.short_key)
    ids: dict[str, int] = {}
    tree = Tree()
    for chunk in chunks(sorted(names)) if names else [[]]:
        rows = await connection.execute(
            statement.where(
                or_(
                    topics.c.key.in_(chunk),
                    topics.c.parent_id.is_not(None),
                    topics.c.short_key.is_not(None),
                )
            )
        )
        for row in rows:
            ids[row.key] = row.id
            tree.add(row.id, row.key, parent=row.parent_id, short=row.short_key)
    made = await _make(connection, {key: names[key] for key in names if key not in ids})
    for key, id_ in made.items():
        tree.add(id_, key)
    return ids | made, tree


async def _carried(connection: Connection, article_ids: Iterable[int]) -> Carried:
    carried: Carried = {}
    for chunk in chunks(sorted(article_ids)):
        rows = await connection.execute(
            select(article_topics).where(article_topics.c.article_id.in_(chunk))
        )
        carried |= {(row.topic_id, row.article_id): row.written for row in rows}
    return carried


async def _replace(connection: Connection, before: Carried, after: Carried) -> None:
    """Write the difference, and count on."""
    gone = [pair for pair, written in before.items() if after.get(pair, "") != written]
    new = [pair for pair, written in after.items() if before.get(pair, "") != written]
    if gone:
        one = and_(
            article_topics.c.topic_id == bindparam("topic"),
            article_topics.c.article_id == bindparam("article"),
        )
        await connection.execute(
            delete(article_topics).where(one),
            [{"topic": topic, "article": article} for topic, article in gone],
        )
    if new:
        await connection.execute(
            _carry(connection.dialect.name),
            packed((*pair, after[pair]) for pair in sorted(new)),
        )
    counts: Counter[int] = Counter(pair[0] for pair in new)
    counts.subtract(pair[0] for pair in gone)
    spellings: Counter[tuple[int, str]] = Counter()
    for pairs, carried, step in ((new, after, 1), (gone, before, -1)):
        for pair in pairs:
            if (written := carried[pair]) is not None:
                spellings[pair[0], written] += step
    await _count_on(connection, counts, spellings)


@cache
def _carry(dialect: str) -> Any:
    one = Unpacked(dialect)
    source = select(one.number(0), one.number(1), one.text(2)).select_from(one.rows)
    return article_topics.insert().from_select(["topic_id", "article_id", "written"], source)


async def _count_on(
    connection: Connection, counts: Mapping[int, int], spellings: Mapping[tuple[int, str], int]
) -> None:
    changed = {spelling: step for spelling, step in sorted(spellings.items()) if step}
    if changed:
        statement = insert(connection, topic_spellings)
        await connection.execute(
            statement.on_conflict_do_update(
                index_elements=["topic_id", "written"],
                set_={"articles": topic_spellings.c.articles + statement.excluded.articles},
            ),
            [
                {"topic_id": topic_id, "written": written, "articles": step}
                for (topic_id, written), step in changed.items()
            ],
        )
    touched = {id_ for id_, step in counts.items() if step} | {id_ for id_, _ in changed}
    names = await _names(connection, {id_ for id_, _ in changed})
    if touched:
        await connection.execute(
            update(topics)
            .where(topics.c.id == bindparam("topic"))
            .values(
                articles=topics.c.articles + bindparam("step"),
                name=func.coalesce(topics.c.official, bindparam("written"), topics.c.name),
            ),
            [
                {"topic": id_, "step": counts.get(id_, 0), "written": names.get(id_)}
                for id_ in sorted(touched)
            ],
        )


async def _names(connection: Connection, topic_ids: Collection[int]) -> dict[int, str]:
    """How topics are most often written; equally often: the first by code point."""
    spelt: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for chunk in chunks(sorted(topic_ids)):
        rows = await connection.execute(
            select(topic_spellings).where(
                topic_spellings.c.topic_id.in_(chunk), topic_spellings.c.articles > 0
            )
        )
        for row in rows:
            spelt[row.topic_id].append((-row.articles, row.written))
    return {id_: min(found)[1] for id_, found in spelt.items()}


def to_topic(row: Row[Any]) -> Topic:
    """A row that holds every column of ``topics``."""
    return Topic(
        row.id,
        row.name,
        row.articles,
        row.recent,
        row.shortname or "",
        tuple(row.keywords or ()),
    )


# ── what topic files say ─────────────────────────────────────────────────────────────────────


async def define(
    connection: Connection, definitions: Sequence[Definition], *, whole: bool = True
) -> bool:
    """Take over what topic files say; whether anything changed.

    Without ``whole``, a topic that is missing keeps what was said of it. Articles get the topics
    above their own anew where the tree changed.
    """
    rows = {row["key"]: row for row in (await connection.execute(select(topics))).mappings()}
    before = _tree_of(rows.values())
    keys = {topic_key(one.name): one for one in definitions}
    ids = {key: row["id"] for key, row in rows.items()}
    ids |= await _make(connection, {key: keys[key].name for key in keys if key not in rows})
    official = {key for key, row in rows.items() if row["official"] is not None}
    dropped = official - keys.keys() if whole else set[str]()
    parents = {key: ids[key] for key in (official - dropped) | keys.keys()}
    wanted = {ids[key]: _columns(keys.get(key), parents) for key in keys.keys() | dropped}
    there = {row["id"]: row for row in rows.values()}
    changed = {
        id_: columns
        for id_, columns in wanted.items()
        if id_ not in there or any(there[id_][name] != value for name, value in columns.items())
    }
    if not changed:
        return False
    names = await _names(connection, changed)
    await connection.execute(
        update(topics)
        .where(topics.c.id == bindparam("topic"))
        .values(
            {name: bindparam(name) for name in _SAID}
            | {"name": func.coalesce(bindparam("official"), bindparam("most"), topics.c.name)}
        ),
        [{"topic": id_, "most": names.get(id_), **changed[id_]} for id_ in sorted(changed)],
    )
    after = _tree_of((await connection.execute(select(topics))).mappings())
    await _inherit_anew(connection, before.below(), after.below())
    return True


_SAID = ("official", "shortname", "short_key", "parent_id", "keywords")


def _columns(one: Definition | None, parents: Mapping[str, int]) -> dict[str, object]:
    if one is None:
        return dict.fromkeys(_SAID)
    return {
        "official": one.name,
        "shortname": one.shortname or None,
        "short_key": topic_key(one.shortname) if one.shortname else None,
        "parent_id": parents.get(topic_key(one.parent)) if one.parent else None,
        "keywords": list(one.keywords) or None,
    }


def _tree_of(rows: Iterable[RowMapping]) -> Tree:
    tree = Tree()
    for row in rows:
        tree.add(row["id"], row["key"], parent=row["parent_id"], short=row["short_key"])
    return tree


async def _make(connection: Connection, names: Mapping[str, str]) -> dict[str, int]:
    """New topics, by key; their ids."""
    ids: dict[str, int] = {}
    if names:
        await connection.execute(
            insert(connection, topics).on_conflict_do_nothing(),
            [{"key": key, "name": name, "articles": 0, "recent": 0} for key, name in names.items()],
        )
    for chunk in chunks(names):
        rows = await connection.execute(
            select(topics.c.key, topics.c.id).where(topics.c.key.in_(chunk))
        )
        ids.update({row.key: row.id for row in rows})
    return ids


async def _inherit_anew(
    connection: Connection, before: Mapping[int, set[int]], after: Mapping[int, set[int]]
) -> None:
    """Where what is below a topic changed: give articles that topic again, and count them."""
    carried = article_topics.c
    for id_ in sorted(before.keys() | after.keys()):
        below = after.get(id_, set())
        if before.get(id_, set()) == below:
            continue
        await connection.execute(
            delete(article_topics).where(carried.topic_id == id_, carried.written.is_(None))
        )
        for chunk in chunks(sorted(below)):
            source = (
                select(bindparam("above", id_, type_=carried.topic_id.type), carried.article_id)
                .where(carried.topic_id.in_(chunk), carried.written.is_not(None))
                .distinct()
            )
            await connection.execute(
                insert(connection, article_topics)
                .from_select(["topic_id", "article_id"], source)
                .on_conflict_do_nothing()
            )
        count = select(func.count()).where(carried.topic_id == id_).scalar_subquery()
        await connection.execute(update(topics).where(topics.c.id == id_).values(articles=count))


async def count_recent(connection: Connection, since: datetime) -> None:
    """Count anew how many articles published after ``since`` each topic brings."""
    # Not a join: without statistics SQLite would begin it at the wrong end.
    recent = select(articles.c.id).where(
        articles.c.published_at > since, articles.c.withdrawn_at.is_(None)
    )
    rows = await connection.execute(
        select(article_topics.c.topic_id, func.count().label("n"))
        .where(article_topics.c.article_id.in_(recent))
        .group_by(article_topics.c.topic_id)
    )
    counts = {row.topic_id: row.n for row in rows}
    known = await connection.execute(select(topics.c.id, topics.c.recent))
    changed = [
        {"topic": id_, "n": counts.get(id_, 0)} for id_, n in known if counts.get(id_, 0) != n
    ]
    if changed:
        await connection.execute(
            update(topics).where(topics.c.id == bindparam("topic")).values(recent=bindparam("n")),
            changed,
        )


# ── what people ask for ──────────────────────────────────────────────────────────────────────


async def find_topic(
    connection: Connection, label: str, *, with_articles: bool = True
) -> Topic | None:
    """The topic of this name or short name; by default only if it can bring something: published
    articles carry it, or a topic file names it.
    """
    key = topic_key(label)
    statement = select(topics).where(or_(topics.c.key == key, topics.c.short_key == key))
    if with_articles:
        statement = statement.where(or_(topics.c.articles > 0, topics.c.official.is_not(None)))
    found = {
        (row.official is None, row.key != key): to_topic(row)
        for row in await connection.execute(statement)
    }
    return found[min(found)] if found else None


async def list_topics(connection: Connection) -> list[Topic]:
    """Topics that can bring something, the busiest of the last weeks first.

    What is only the short name of another topic is left out.
    """
    shorts = select(topics.c.short_key).where(topics.c.short_key.is_not(None))
    rows = await connection.execute(
        select(topics)
        .where(
            or_(
                topics.c.official.is_not(None),
                and_(topics.c.articles > 0, topics.c.key.not_in(shorts)),
            )
        )
        .order_by(topics.c.recent.desc(), topics.c.articles.desc(), topics.c.key)
    )
    return [to_topic(row) for row in rows]
