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
  `
  alter table usage add column cache_write_tokens integer;
  alter table usage add column price_from text;
  alter table usage add column position integer;
  alter table usage add column fell_from text;
  -- what it was thought to take, in US dollars, before it left; null = the price is not known
  alter table usage add column expected_cost real;
  -- the process that waits for its end; null = it is over
  alter table usage add column owner text;
  create index usage_under_way on usage (owner) where owner is not null;
  create index usage_by_chat on usage (chat_id, cost) where chat_id is not null;

  -- What was spent, by quarters of an hour since 1970: every time zone's day begins with one. Kept by the triggers below,
  -- so that a month of requests need not be read before each new one.
  create table spending (
    quarter integer not null,
    provider text not null,
    cost real not null,
    primary key (quarter, provider)
  ) strict, without rowid;
  insert into spending
    select at / 900000, provider, sum(cost) from usage where cost > 0 group by 1, 2;
  create trigger usage_spent after insert on usage when new.cost > 0
  begin
    insert into spending values (new.at / 900000, new.provider, new.cost)
      on conflict (quarter, provider) do update set cost = cost + excluded.cost;
  end;
  create trigger usage_settled after update of cost on usage when new.cost is not old.cost
  begin
    insert into spending values (new.at / 900000, new.provider, coalesce(new.cost, 0) - coalesce(old.cost, 0))
      on conflict (quarter, provider) do update set cost = cost + excluded.cost;
  end;

  -- What a budget has set aside for requests that were let through and are not over.
  create table reservations (
    id integer primary key,
    owner text not null,
    at integer not null,
    chat_id text,
    provider text not null,
    amount real not null,
    -- what its rows in usage already stand for
    drawn real not null default 0
  ) strict;

  -- What was told once, so that no window tells it again.
  create table told (
    what text primary key,
    at integer not null
  ) strict, without rowid;
  `,
  `
  -- the last turn of the path that was seen last
  alter table chats add column head text;
  -- messages that wait for the end of a reply, JSON as chat/ wrote it
  alter table chats add column queue text;
  `,
  `
  create table before_images (
    -- the reply, inline edit or commit whose work it is
    turn text not null,
    uri text not null,
    at integer not null,
    existed integer not null,
    -- the file's bytes before; null = there was none
    bytes blob,
    -- its text after; null = it was deleted
    after text,
    primary key (turn, uri)
  ) strict;
  create index before_images_by_time on before_images (at);
  `,
  `
  alter table chats add column pinned_at integer;
  -- who gave the title: 0 = its first words, 1 = a model, 2 = the user
  alter table chats add column titled_by integer not null default 0;
  -- thrown away, and gone for good some seconds later
  alter table chats add column deleted_at integer;
  -- when its title or pin was last changed: of two machines the later word counts
  alter table chats add column changed_at integer not null default 0;
  alter table turns add column changed_at integer not null default 0;
  -- 1 = the search index has its words
  alter table turns add column indexed integer not null default 0;
  create index turns_not_indexed on turns (indexed) where indexed = 0;
  create index turns_by_parent on turns (chat_id, parent_id);

  -- What was deleted does not come back from another window, machine or copy.
  create table deleted_chats (
    id text primary key,
    at integer not null
  ) strict, without rowid;

  -- The numbers the search index knows chats by, and the title it has of each. The index itself is made where it is used.
  create table search_chats (
    number integer primary key autoincrement,
    chat_id text not null unique,
    title text
  ) strict;
  create table search_pieces (
    -- the chat's number * 2^20 + the piece's place in the chat; place 0 is the title
    id integer primary key,
    turn_id text not null
  ) strict;
  create index search_pieces_by_turn on search_pieces (turn_id);
  `,
  `
  create table votes (
    -- replies that stood side by side
    comparison text not null,
    model text not null,
    at integer not null,
    -- the kind of task, as chat/task-kind.ts calls it
    kind text not null,
    outcome text not null check (outcome in ('won', 'tied', 'lost')),
    primary key (comparison, model)
  ) strict, without rowid;
  `,
];
