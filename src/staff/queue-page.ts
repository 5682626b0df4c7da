// The queues of a scale-out installation, as operators see them: behind the console's sign-in, for administrators, and only to look at.
import { extname } from 'node:path';
import type { ChannelRequest, ChannelResponse, Route } from '../../channels/channel.js';
import type { Board } from '../queue/contract.js';
import { answer, refuse } from './answers.js';
import type { Audit } from './audit.js';
import { may } from './permissions.js';
import { findSession, IDLE_HEADER, type SessionDeps, type SignedIn } from './sessions.js';

/** Where the page lies; the board must have been made for it. */
export const QUEUES_PATH = '/staff/queues';
/** What the console's own screen asks, in the language of staff; the board behind it is for technicians. */
export const LANES_PATH = '/api/staff/lanes';
/** The one style that bull-board's page writes into itself, by its hash: the content policy allows it and no other. */
export const QUEUES_STYLES = ["'sha256-r2N1TB/gHbBtBZFKg7ejmq1acVSREzucTAEw6ga4hoU='"] as const;

export interface QueuePageDeps extends SessionDeps {
  board: Board;
  audit: Audit;
  /** The content policy that the page is sent with. */
  policy: string;
}

/** Each opening of the page is written into the audit; what it asks by itself every few seconds prolongs no session. */
export function queuePageRoutes(deps: QueuePageDeps): Route[] {
  const pages = ['', '/queue/:queueName', '/queue/:queueName/:jobId', '/job-schedulers'];
  return [
    ...pages.map((path) => look(path, (request) => open(deps, request))),
    ...deps.board.questions.map(({ path, answer: ask }) =>
      look(path, async (request) => {
        const me = await findSession(deps, unattended(request));
        if (me === null) return refuse('signed_out');
        if (!allowed(me)) return refuse('not_found');
        const { status, body } = await ask(request.params, request.query).catch(() => AWAY);
        return { ...answer({}), status, body };
      }),
    ),
    look('/static/{*path}', (request) => Promise.resolve(file(deps.board, request))),
    { method: 'GET', path: LANES_PATH, limit: 0, handle: (request) => lanes(deps, request) },
  ];
}

/** The body is bull-board's own: its page shows the message. */
const AWAY = { status: 503, body: { message: 'Redis does not answer.' } };

function look(path: string, handle: Route['handle']): Route {
  return { method: 'GET', path: `${QUEUES_PATH}${path}`, limit: 0, handle };
}

async function open(deps: QueuePageDeps, request: ChannelRequest): Promise<ChannelResponse> {
  const me = await findSession(deps, request);
  // The console shows its sign-in there.
  if (me === null) return { status: 303, headers: { location: '/staff', 'cache-control': 'no-store' } };
  if (!allowed(me)) return refuse('not_found');
  await deps.audit(me.staff, 'queues_opened', 'all');
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': deps.policy,
      'cache-control': 'no-store',
    },
    body: deps.board.page,
  };
}

/** Numbers alone: no opening that the audit would tell of. */
async function lanes(deps: QueuePageDeps, request: ChannelRequest): Promise<ChannelResponse> {
  const me = await findSession(deps, unattended(request));
  if (me === null) return refuse('signed_out');
  if (!allowed(me)) return refuse('not_found');
  const found = await deps.board.lanes().catch(() => null);
  return found ? answer({ lanes: found }) : refuse('busy');
}

function allowed({ staff }: SignedIn): boolean {
  return may(staff.role, 'operate');
}

function unattended(request: ChannelRequest): ChannelRequest {
  return { ...request, headers: { ...request.headers, [IDLE_HEADER]: '1' } };
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
};

/** Nothing of ours and nobody's data: the library's own files, of names that carry a hash of what is in them. */
function file(board: Board, { path }: ChannelRequest): ChannelResponse {
  const name = path.slice(QUEUES_PATH.length + 1);
  const body = board.files.get(name);
  const type = TYPES[extname(name)];
  if (!body || type === undefined) return refuse('not_found');
  return { status: 200, headers: { 'content-type': type, 'cache-control': 'public, max-age=3600' }, body };
}
