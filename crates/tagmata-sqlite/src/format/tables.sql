-- The tables of a durable book, format 1. docs/sqlite-format.md describes them.

-- One row: where the book stands.
CREATE TABLE book (
  only         INTEGER PRIMARY KEY CHECK (only = 1),
  last_commit  INTEGER NOT NULL,     -- the number of the last commit
  now          INTEGER NOT NULL,     -- the instant of the book, in microseconds
  next_contact INTEGER NOT NULL      -- the id of the next new contact: ids are never given twice
);

-- The journal: what every commit made true, and what was so before.
CREATE TABLE commits (
  number   INTEGER PRIMARY KEY,
  at       INTEGER NOT NULL,
  actor    TEXT,
  cause    TEXT NOT NULL,            -- call, import, undo, rule
  cause_id INTEGER,                  -- the number of the commit or rule
  contacts INTEGER NOT NULL,         -- how many it is about
  body     BLOB NOT NULL             -- an LZ4 frame around the bytes that docs/commit-format.md describes
);

-- Settings by name, as text: the zone, the limits, the order of statuses and rules, the switches of default rules.
CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Names of all kinds. A number is never given twice: what was deleted keeps its row, without a name.
CREATE TABLE names (
  space  TEXT NOT NULL,              -- field_key, field_label, option_key, option_label, status_key, status_label, kind, tag, segment
  field  INTEGER NOT NULL,           -- the field of an option, else -1
  number INTEGER NOT NULL,
  name   TEXT,
  PRIMARY KEY (space, field, number)
) WITHOUT ROWID;

-- Old names that still work, folded.
CREATE TABLE old_names (
  space  TEXT NOT NULL,
  field  INTEGER NOT NULL,
  folded TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (space, field, folded)
) WITHOUT ROWID;

-- Fields, standard ones included, and their columns in `contacts`.
CREATE TABLE fields (
  id          INTEGER PRIMARY KEY,
  type        TEXT NOT NULL,
  is_deleted  INTEGER NOT NULL DEFAULT 0,
  column_name   TEXT,                -- none for what is in link tables, and for what is made from other fields
  second_column TEXT                 -- the folds of texts; 1 where the range of a phone number is not assigned
);

-- Kinds of interaction.
CREATE TABLE kinds (
  id          INTEGER PRIMARY KEY,
  is_outgoing INTEGER NOT NULL,
  is_deleted  INTEGER NOT NULL DEFAULT 0
);

-- Dynamic segments: the filter for people, and the definition with its pins as docs/commit-format.md describes it.
CREATE TABLE dynamic_segments (
  segment_id INTEGER PRIMARY KEY,
  filter     TEXT NOT NULL,
  error      TEXT,
  definition BLOB NOT NULL
);

-- Rules: for people when they fire, and as docs/commit-format.md describes them. What was deleted keeps its row,
-- because its number is not given again.
CREATE TABLE rules (
  id         INTEGER PRIMARY KEY,
  is_deleted INTEGER NOT NULL,
  name       TEXT NOT NULL,
  is_enabled INTEGER NOT NULL,
  fires_on   TEXT,                   -- the kind of interaction or the field
  fires_when TEXT,                   -- the filter
  condition  TEXT,
  error      TEXT,
  definition BLOB NOT NULL
);

-- Contacts: a column for each field of one value, and one for the fold of each text.
CREATE TABLE contacts (
  id INTEGER PRIMARY KEY
);

CREATE TABLE contact_tags (
  tag_id     INTEGER NOT NULL,
  contact_id INTEGER NOT NULL,
  PRIMARY KEY (tag_id, contact_id)
) WITHOUT ROWID;

-- Members of static segments.
CREATE TABLE contact_segments (
  segment_id INTEGER NOT NULL,
  contact_id INTEGER NOT NULL,
  PRIMARY KEY (segment_id, contact_id)
) WITHOUT ROWID;

-- Options of multi-selects.
CREATE TABLE contact_options (
  field_id   INTEGER NOT NULL,
  option_id  INTEGER NOT NULL,
  contact_id INTEGER NOT NULL,
  PRIMARY KEY (field_id, option_id, contact_id)
) WITHOUT ROWID;

-- Members of all segments, static and dynamic, kept only where that is asked for.
CREATE TABLE segment_members (
  segment_id INTEGER NOT NULL,
  contact_id INTEGER NOT NULL,
  PRIMARY KEY (segment_id, contact_id)
) WITHOUT ROWID;

CREATE TABLE interactions (
  contact_id    INTEGER NOT NULL,
  at            INTEGER NOT NULL,
  sequence      INTEGER NOT NULL,    -- tells equal ones apart, in the order in which they were recorded
  kind_id       INTEGER NOT NULL,
  amount_micros INTEGER,             -- in millionths
  label         TEXT,
  PRIMARY KEY (contact_id, at, sequence)
) WITHOUT ROWID;

-- What happened to contacts: a row for each change, and one in `history` for each contact to which it happened.
CREATE TABLE changes (
  id            INTEGER PRIMARY KEY,
  commit_number INTEGER NOT NULL,
  place         INTEGER NOT NULL,    -- of the fact in its commit
  change        TEXT NOT NULL,       -- created, status, tag_added, tag_removed, segment_added, segment_removed, merged
  before        INTEGER NOT NULL,    -- the status before, else -1
  what          INTEGER NOT NULL,    -- the status after, the tag, the segment, the contact that was merged into this one; -1 for created
  at            INTEGER NOT NULL,
  actor         TEXT,
  cause         TEXT NOT NULL,
  cause_id      INTEGER,
  UNIQUE (commit_number, place, change, before, what)
);

CREATE TABLE history (
  change_id  INTEGER NOT NULL,
  contact_id INTEGER NOT NULL,
  PRIMARY KEY (change_id, contact_id)
) WITHOUT ROWID;

-- Contacts that were deleted or merged, and by which fact. An undo brings them back.
CREATE TABLE deleted_contacts (
  contact_id    INTEGER PRIMARY KEY,
  commit_number INTEGER NOT NULL,
  place         INTEGER NOT NULL
);

-- Keys that lead to the contact that took them over in a merge.
CREATE TABLE key_aliases (
  field_id   INTEGER NOT NULL,
  key        TEXT NOT NULL,
  contact_id INTEGER NOT NULL,
  PRIMARY KEY (field_id, key)
) WITHOUT ROWID;

-- For people.
CREATE VIEW tags AS
  SELECT number AS id, name FROM names WHERE space = 'tag' AND name IS NOT NULL;

CREATE VIEW segments AS
  SELECT number AS id, name, iif(d.segment_id IS NULL, 'static', 'dynamic') AS kind, d.filter, d.error
  FROM names LEFT JOIN dynamic_segments d ON d.segment_id = number
  WHERE space = 'segment' AND name IS NOT NULL;

CREATE VIEW statuses AS
  SELECT k.number AS id, k.name AS key, l.name AS label
  FROM names k JOIN names l ON l.space = 'status_label' AND l.field = -1 AND l.number = k.number
  WHERE k.space = 'status_key' AND k.name IS NOT NULL;

CREATE VIEW status_history AS
  SELECT h.contact_id, c.at, b.name AS before, a.name AS after, c.actor, c.cause, c.commit_number
  FROM changes c JOIN history h ON h.change_id = c.id
  LEFT JOIN names b ON b.space = 'status_key' AND b.field = -1 AND b.number = c.before
  LEFT JOIN names a ON a.space = 'status_key' AND a.field = -1 AND a.number = c.what
  WHERE c.change = 'status';

CREATE VIEW definitions AS
  SELECT 'field' AS kind, f.id, k.name AS key, l.name AS label, f.type AS says
  FROM fields f JOIN names k ON k.space = 'field_key' AND k.field = -1 AND k.number = f.id
                JOIN names l ON l.space = 'field_label' AND l.field = -1 AND l.number = f.id
  WHERE NOT f.is_deleted
  UNION ALL SELECT 'status', id, key, label, NULL FROM statuses
  UNION ALL SELECT 'tag', id, name, name, NULL FROM tags
  UNION ALL SELECT 'segment', id, name, name, filter FROM segments
  UNION ALL SELECT 'kind', n.number, n.name, n.name, NULL FROM names n WHERE n.space = 'kind' AND n.name IS NOT NULL
  UNION ALL SELECT 'rule', id, name, name, fires_when FROM rules WHERE NOT is_deleted;
