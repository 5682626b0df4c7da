// All routes of the staff console's API, declared for the server to mount.
import type { Route } from '../../channels/channel.js';
import type { ArticlesContract } from '../conversation/article-types.js';
import type { DeskContract } from '../conversation/desk-types.js';
import type { LearningContract } from '../conversation/learning-types.js';
import type { SessionDesk } from '../conversation/session-types.js';
import type { Language, Text } from '../engine/types.js';
import type { Counters, StaffStore } from '../store/contract.js';
import { accountRoutes } from './accounts.js';
import { articleRoutes } from './articles.js';
import { auditRoute, createAudit } from './audit.js';
import { caseRoutes } from './cases.js';
import { changesRoute } from './changes.js';
import { channelRoutes } from './channels.js';
import { conversationRoutes } from './conversations.js';
import { fileRoute } from './files.js';
import { linkRoutes } from './link-routes.js';
import type { RunningNotices } from './notices/index.js';
import { overviewRoutes } from './overview.js';
import { questionRoutes } from './questions.js';
import { registerRoutes } from './registers.js';
import { signInRoutes } from './sign-in.js';

export interface StaffDeps {
  store: { staff: StaffStore; counters: Pick<Counters, 'hit'> };
  desk: DeskContract;
  /** Shown on every screen; `zone` is the charity's, e.g. `Asia/Riyadh`. */
  charity: { name: Text; zone: string; languages: readonly Language[] };
  /** The channels that staff are reached on; absent: the console alone. */
  notices?: Pick<RunningNotices, 'links' | 'channels'>;
  /** What staff teach about questions; absent: nothing is learned. */
  learning?: LearningContract | null;
  /** What questions are answered from; absent: it cannot be seen here. */
  articles?: ArticlesContract;
  /** Channels whose session is opened by hand; absent: there are none. */
  sessions?: SessionDesk;
  /** Whether the page of the queues is served beside these (`queue-page.ts`). */
  queues?: boolean;
  /** PUBLIC_URL; null when it is not set. */
  publicUrl: string | null;
  /** Keyed hash of `privacy`: what is counted stands in the store under it. */
  hash: (value: string) => string;
  now: () => number;
  newId: () => string;
  /** 32 random bytes in base64url. */
  randomToken: () => string;
}

/** Everything below `/api/staff`. */
export function createStaffRoutes(given: StaffDeps): Route[] {
  const https = given.publicUrl?.startsWith('https:') ?? false;
  const deps = { ...given, https, audit: createAudit(given.store.staff, given.now) };
  return [
    ...signInRoutes({ ...deps, queues: deps.queues ?? false, sessions: deps.sessions?.any ?? false }),
    ...conversationRoutes(deps),
    ...caseRoutes(deps),
    ...registerRoutes(deps),
    ...questionRoutes({ ...deps, learning: deps.learning ?? null }),
    ...(given.articles ? articleRoutes({ ...deps, articles: given.articles }) : []),
    fileRoute(deps),
    ...overviewRoutes(deps),
    ...accountRoutes(deps),
    ...(given.sessions ? channelRoutes({ ...deps, sessions: given.sessions }) : []),
    ...linkRoutes({ ...deps, notices: deps.notices ?? null }),
    auditRoute(deps),
    changesRoute(deps),
  ];
}
