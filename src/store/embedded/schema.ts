/** The tables, as numbered migrations. Columns are called as in the contract, so that a row is what callers get. */

const FIRST = `
  CREATE TABLE addresses (
    id TEXT PRIMARY KEY, channel TEXT NOT NULL, account TEXT NOT NULL, addressKey TEXT NOT NULL,
    sealed BLOB NOT NULL, createdAt INTEGER NOT NULL,
    UNIQUE (account, addressKey)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE conversations (
    id TEXT PRIMARY KEY, address TEXT NOT NULL, channel TEXT NOT NULL, account TEXT NOT NULL,
    fence INTEGER NOT NULL DEFAULT 0, owner TEXT, ownedUntil INTEGER, seq INTEGER NOT NULL DEFAULT 0,
    session BLOB, language TEXT, flowSet TEXT, flow TEXT, step TEXT,
    hold TEXT NOT NULL DEFAULT 'none', heldBy TEXT, dueAt INTEGER, dueKind TEXT,
    createdAt INTEGER NOT NULL, lastPersonAt INTEGER, lastMessageAt INTEGER, unread INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX conversations_address ON conversations (address);
  CREATE INDEX conversations_due ON conversations (dueAt) WHERE dueAt IS NOT NULL;
  CREATE INDEX conversations_recent ON conversations (lastMessageAt);

  CREATE TABLE mailbox (
    arrival INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    conversation TEXT NOT NULL REFERENCES conversations (id), kind TEXT NOT NULL, dedupeKey TEXT NOT NULL,
    sealed BLOB NOT NULL, at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, reason TEXT
  ) STRICT;
  CREATE INDEX mailbox_waiting ON mailbox (conversation, arrival) WHERE reason IS NULL;
  CREATE INDEX mailbox_aside ON mailbox (arrival) WHERE reason IS NOT NULL;

  CREATE TABLE dedupe (
    account TEXT NOT NULL, dedupeKey TEXT NOT NULL, item TEXT NOT NULL, conversation TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (account, dedupeKey)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX dedupe_at ON dedupe (at);

  CREATE TABLE turns (
    id TEXT PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversations (id), fence INTEGER NOT NULL,
    item TEXT NOT NULL, at INTEGER NOT NULL, record BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX turns_conversation ON turns (conversation);

  CREATE TABLE messages (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, conversation TEXT NOT NULL REFERENCES conversations (id), seq INTEGER NOT NULL,
    direction TEXT NOT NULL, author TEXT NOT NULL, class TEXT NOT NULL, state TEXT NOT NULL, run TEXT, providerKey TEXT,
    at INTEGER NOT NULL, expiresAt INTEGER, sealed BLOB NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, nextAttemptAt INTEGER,
    sendFence INTEGER NOT NULL DEFAULT 0, claimedAt INTEGER, deliveredAt INTEGER, readAt INTEGER, error TEXT,
    UNIQUE (conversation, seq)
  ) STRICT;
  CREATE INDEX messages_unsent ON messages (conversation, seq) WHERE state IN ('queued', 'sending');
  CREATE INDEX messages_provider ON messages (providerKey) WHERE providerKey IS NOT NULL;

  CREATE TABLE submissions (
    n INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, run TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, at INTEGER NOT NULL,
    sealed BLOB NOT NULL, conversation TEXT NOT NULL, address TEXT NOT NULL, handledAt INTEGER
  ) STRICT;
  CREATE INDEX submissions_unhandled ON submissions (n) WHERE handledAt IS NULL;
  CREATE INDEX submissions_address ON submissions (address);

  CREATE TABLE cases (
    number TEXT PRIMARY KEY, kind TEXT NOT NULL, status TEXT NOT NULL, version INTEGER NOT NULL, conversation TEXT NOT NULL,
    address TEXT NOT NULL, assignedTo TEXT, openedAt INTEGER NOT NULL, changedAt INTEGER NOT NULL, sealed BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX cases_opened ON cases (openedAt, number);
  CREATE INDEX cases_status ON cases (status, openedAt);
  CREATE INDEX cases_address ON cases (address);
  CREATE TABLE case_events (
    number TEXT NOT NULL REFERENCES cases (number), version INTEGER NOT NULL, type TEXT NOT NULL, at INTEGER NOT NULL,
    "by" TEXT NOT NULL, sealed BLOB NOT NULL,
    PRIMARY KEY (number, version)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE case_index (
    "key" TEXT NOT NULL, number TEXT NOT NULL REFERENCES cases (number),
    PRIMARY KEY ("key", number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX case_index_number ON case_index (number);

  CREATE TABLE files (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, bytes INTEGER NOT NULL, mime TEXT NOT NULL, digestKey TEXT NOT NULL,
    at INTEGER NOT NULL, sealed BLOB NOT NULL, caseNumber TEXT, caseSealed BLOB
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX files_owner ON files (owner);

  CREATE TABLE staff (
    id TEXT PRIMARY KEY, login TEXT NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL, password TEXT NOT NULL,
    disabledAt INTEGER, createdAt INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE staff_sessions (
    tokenHash TEXT PRIMARY KEY, staff TEXT NOT NULL, csrf TEXT NOT NULL, expiresAt INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE audit (
    n INTEGER PRIMARY KEY, at INTEGER NOT NULL, staff TEXT NOT NULL, act TEXT NOT NULL, subject TEXT NOT NULL, hash TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_subject ON audit (subject);

  CREATE TABLE ratings (
    id TEXT PRIMARY KEY, service TEXT NOT NULL, channel TEXT NOT NULL, month TEXT NOT NULL, score INTEGER NOT NULL, comment BLOB
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE notices (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, conversation TEXT, caseNumber TEXT, at INTEGER NOT NULL, seenAt INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX notices_at ON notices (at, id);
  CREATE TABLE flow_sets (hash TEXT PRIMARY KEY, body TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE counters ("key" TEXT PRIMARY KEY, count INTEGER NOT NULL, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE leases (name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** The registers of the desk. */
const REGISTERS = `
  CREATE TABLE entries (
    id TEXT PRIMARY KEY, register TEXT NOT NULL, year INTEGER NOT NULL, number INTEGER NOT NULL, state TEXT NOT NULL,
    dueAt INTEGER, at INTEGER NOT NULL, changedAt INTEGER NOT NULL, version INTEGER NOT NULL, "by" TEXT NOT NULL,
    origin TEXT UNIQUE, caseNumber TEXT, conversation TEXT UNIQUE, answers TEXT, answeredBy TEXT, sealed BLOB NOT NULL,
    UNIQUE (register, year, number)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX entries_register ON entries (register, id);
  CREATE INDEX entries_case ON entries (caseNumber) WHERE caseNumber IS NOT NULL;
  CREATE TABLE entry_index (
    "key" TEXT NOT NULL, entry TEXT NOT NULL REFERENCES entries (id),
    PRIMARY KEY ("key", entry)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX entry_index_entry ON entry_index (entry);
`;

/** What each way out to staff has told, and who of the staff is who on a channel. */
const NOTICES_TOLD = `
  CREATE TABLE notices_told (
    notice TEXT NOT NULL REFERENCES notices (id), way TEXT NOT NULL, tries INTEGER NOT NULL, again INTEGER,
    PRIMARY KEY (notice, way)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX notices_unseen ON notices (at, id) WHERE seenAt IS NULL;
  CREATE TABLE staff_links (
    "key" TEXT PRIMARY KEY, staff TEXT NOT NULL, channel TEXT NOT NULL, at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX staff_links_staff ON staff_links (staff);
`;

/** Linked addresses, one-time codes, drafts on their way, upload links. */
const CONTACTS = `
  CREATE TABLE links (
    n INTEGER PRIMARY KEY, contact TEXT NOT NULL, kind TEXT NOT NULL, member TEXT NOT NULL, "from" INTEGER NOT NULL,
    until INTEGER, code TEXT NOT NULL, endedBy TEXT
  ) STRICT;
  CREATE UNIQUE INDEX links_live ON links (member) WHERE until IS NULL;
  CREATE INDEX links_member ON links (member);
  CREATE INDEX links_contact ON links (contact) WHERE until IS NULL;

  CREATE TABLE codes (
    id TEXT PRIMARY KEY, codeKey TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, member TEXT NOT NULL, at INTEGER NOT NULL,
    expiresAt INTEGER NOT NULL, usedAt INTEGER, usedBy TEXT, redemption TEXT, contact TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX codes_member ON codes (member);
  CREATE INDEX codes_redemption ON codes (redemption) WHERE redemption IS NOT NULL;

  CREATE TABLE transfers (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, "from" TEXT NOT NULL, "to" TEXT NOT NULL, at INTEGER NOT NULL,
    state TEXT NOT NULL, run TEXT, sealed BLOB
  ) STRICT;
  CREATE INDEX transfers_under_way ON transfers (n) WHERE state IN ('asked', 'given');
  CREATE INDEX transfers_run ON transfers (run) WHERE run IS NOT NULL;

  CREATE TABLE uploads (
    tokenKey TEXT PRIMARY KEY, conversation TEXT NOT NULL REFERENCES conversations (id), run TEXT NOT NULL, step TEXT NOT NULL,
    at INTEGER NOT NULL, expiresAt INTEGER NOT NULL, usedAt INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX uploads_conversation ON uploads (conversation);
  CREATE INDEX files_case ON files (caseNumber) WHERE caseNumber IS NOT NULL;
`;

/** When a session of staff began (those of before end), and what keeps a person's data from being erased. */
const SESSIONS_AND_RETENTIONS = `
  ALTER TABLE staff_sessions ADD COLUMN startedAt INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE retentions (address TEXT PRIMARY KEY, "by" TEXT NOT NULL, at INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT, WITHOUT ROWID;
`;

/** What providers told that belongs to no conversation, or to none yet. */
const UNCLAIMED = `
  CREATE TABLE unclaimed (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, "key" TEXT NOT NULL, at INTEGER NOT NULL, until INTEGER NOT NULL, sealed BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX unclaimed_key ON unclaimed (kind, "key");
  CREATE INDEX unclaimed_until ON unclaimed (kind, until);
`;

/** Questions that were not answered well, what staff taught about them, and the models that came of it. */
const QUESTIONS = `
  CREATE TABLE questions (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, language TEXT NOT NULL, month TEXT NOT NULL, "key" TEXT NOT NULL,
    count INTEGER NOT NULL, state TEXT NOT NULL, sealed BLOB NOT NULL,
    UNIQUE (kind, "key")
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX questions_key ON questions ("key");
  CREATE INDEX questions_open ON questions (count) WHERE state = 'open';
  CREATE TABLE lessons (
    id TEXT PRIMARY KEY, "key" TEXT NOT NULL, intent TEXT NOT NULL, "by" TEXT NOT NULL, at INTEGER NOT NULL, endedAt INTEGER,
    sealed BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX lessons_standing ON lessons ("key") WHERE endedAt IS NULL;
  CREATE TABLE models (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, lessons TEXT NOT NULL, figures TEXT NOT NULL,
    at INTEGER NOT NULL, previous TEXT, promotedBy TEXT, promotedAt INTEGER, withdrawnAt INTEGER
  ) STRICT;
`;

/** Articles that staff wrote: nothing in them is anybody's own, so nothing is sealed. */
const ARTICLES = `
  CREATE TABLE articles (
    article TEXT NOT NULL, version INTEGER NOT NULL, body TEXT, "by" TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (article, version)
  ) STRICT, WITHOUT ROWID;
`;

export const MIGRATIONS: readonly string[] = [
  FIRST,
  REGISTERS,
  NOTICES_TOLD,
  CONTACTS,
  SESSIONS_AND_RETENTIONS,
  UNCLAIMED,
  QUESTIONS,
  ARTICLES,
];

export const KEY_MIGRATIONS: readonly string[] = [
  `CREATE TABLE keys (subject TEXT PRIMARY KEY, wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE erasures (subject TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;`,
];
