// The server of a process: channels, the console's API, pages, and the ways out to staff.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Route } from '../../channels/channel.js';
import type { Config } from '../config.js';
import type { Log } from '../conversation/log.js';
import { sessionDesk } from '../conversation/session-desk.js';
import type { Texts } from '../conversation/texts.js';
import { Uploads } from '../conversation/uploads.js';
import type { Ids } from '../ids.js';
import type { Observer } from '../observe/observer.js';
import type { Board } from '../queue/contract.js';
import { pagePolicy } from '../server/security.js';
import { startServer, type RunningServer } from '../server/server.js';
import { createUploadRoutes } from '../server/upload-page.js';
import type { Bundle, Sila } from '../sila.js';
import { createAudit } from '../staff/audit.js';
import { startNotices, type RunningNotices } from '../staff/notices/index.js';
import { queuePageRoutes, QUEUES_PATH, QUEUES_STYLES } from '../staff/queue-page.js';
import { createStaffRoutes } from '../staff/routes.js';
import { built } from './settings.js';
import { announce } from './words.js';

const NOTICES_EVERY = 5_000;

export interface Serving {
  sila: Sila;
  config: Config;
  bundle: Bundle;
  publicUrl: string;
  ids: Ids;
  notices: RunningNotices;
  observer: Observer;
  /** The operators' page of the queues, where there is one. */
  board?: ((base: string, title: string) => Board) | undefined;
}

/** A worker shows health and numbers only: people and providers come to the others. */
export function serve(serving: Serving): Promise<RunningServer> {
  const { sila, config, bundle, publicUrl, ids, observer } = serving;
  const open = config.scaleOut?.role !== 'worker';
  return startServer({
    host: config.host,
    port: config.port,
    publicUrl,
    hops: config.hops,
    widgetOrigins: config.website.origins
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
    publicDir: open ? join(built, 'public') : null,
    channels: open ? sila.channels : [],
    routes: open ? routesOf(serving) : [],
    flowSet: () => bundle.set,
    texts: bundle.texts,
    observer,
    readNumbers: sila.readNumbers,
    readiness: sila.readiness,
    newId: () => ids.next(),
  });
}

/** Beside the console: the Telegram group, e-mail and webhook that are set up. */
export function tellStaff({ house, desk, channels }: Sila, config: Config, url: string): RunningNotices {
  const reachable = config.publicUrl !== null;
  const every = config.scaleOut?.role === 'web' ? 'never' : NOTICES_EVERY;
  return startNotices({ house, desk, channels, settings: config.notices, url, reachable, every });
}

/** What was set up and does not work is said at the start, with its cure: not only when the first notice is lost. */
export async function tellOfTrouble(notices: RunningNotices, texts: Texts, log: Log): Promise<void> {
  for (const { way, code } of await notices.check()) {
    announce(texts, `boot.notices.${way}`, () => ({ code }));
    log('notices.not_ready', { way, code });
  }
}

function routesOf({ sila, config, bundle, publicUrl, ids, notices, board }: Serving): Route[] {
  const { house } = sila;
  const { charity, languages } = bundle.set;
  const shared = {
    store: house.store,
    now: house.now,
    randomToken: () => randomBytes(32).toString('base64url'),
  };
  const staff = createStaffRoutes({
    ...shared,
    desk: sila.desk,
    learning: sila.learning,
    articles: sila.articles,
    notices,
    charity: { name: charity.name, zone: charity.zone, languages },
    queues: board !== undefined,
    sessions: sessionDesk(house),
    publicUrl: config.publicUrl,
    hash: (value) => house.vault.hash('staff', value),
    newId: () => ids.next(),
  });
  const queues = board
    ? queuePageRoutes({
        ...shared,
        https: publicUrl.startsWith('https:'),
        board: board(QUEUES_PATH, house.texts.say('boot.queues', null)),
        audit: createAudit(house.store.staff, house.now),
        policy: pagePolicy(publicUrl, [], QUEUES_STYLES, "'self'"),
      })
    : [];
  return [
    ...staff,
    ...queues,
    ...createUploadRoutes({ uploads: new Uploads(house), texts: house.texts, flowSet: () => bundle.set }),
  ];
}
