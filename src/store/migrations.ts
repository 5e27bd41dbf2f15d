/**
 * The database's history, oldest first; `user_version` counts how many have run.
 * A shipped migration never changes: a new shape is a new entry.
 */
export const migrations: readonly string[] = [
  `
  create table chats (
    id text primary key,
    title text not null,
    -- an attribute for finding, never the key: a chat outlives its folder
    workspace text,
    -- the chat's own choice of model
    model text,
    created_at integer not null,
    updated_at integer not null
  ) strict;
  create index chats_by_time on chats (updated_at desc);

  create table turns (
    id text primary key,
    chat_id text not null references chats (id) on delete cascade,
    parent_id text,
    created_at integer not null,
    -- JSON as chat/ wrote it
    body text not null
  ) strict;
  create index turns_by_chat on turns (chat_id, created_at);

  create table usage (
    id integer primary key,
    at integer not null,
    role text not null,
    chat_id text,
    model text not null,
    provider text not null,
    input_tokens integer,
    cached_tokens integer,
    output_tokens integer,
    reasoning_tokens integer,
    estimated integer not null,
    -- US dollars; null = the price is not known
    cost real,
    first_token_ms integer,
    total_ms integer not null,
    outcome text not null
  ) strict;
  create index usage_by_time on usage (at);

  create table model_lists (
    provider text primary key,
    origin text not null,
    listed_at integer not null,
    models text not null
  ) strict;
  `,
  `
  create table lessons (
    model text not null,
    -- the lesson's name among those of its model
    id text not null,
    -- JSON as llm/lesson.ts describes it
    lesson text not null,
    learned_at integer not null,
    primary key (model, id)
  ) strict;
  create index lessons_by_time on lessons (learned_at);
  `,
  `
  create table completion_evidence (
    -- whole weeks since the Monday before 1970, UTC
    week integer not null,
    model text not null,
    language text not null,
    -- a counter of llm/completion-evidence.ts, or a bucket of a latency
    name text not null,
    -- only ever added to: several windows write
    amount real not null,
    primary key (week, model, language, name)
  ) strict, without rowid;
  `,
];
