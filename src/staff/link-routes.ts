// One's own links to channels: so that a tap in the staff group counts as one's own.
import { z } from 'zod';
import type { Route } from '../../channels/channel.js';
import { answer, Refused } from './answers.js';
import type { Audit } from './audit.js';
import { endpoint } from './endpoint.js';
import type { GuardDeps } from './endpoint.js';
import type { RunningNotices } from './notices/index.js';

export interface LinkRouteDeps extends GuardDeps {
  audit: Audit;
  /** Null: staff are reached in the console alone. */
  notices: Pick<RunningNotices, 'links' | 'channels'> | null;
}

const channel = z.string().regex(/^[a-z-]{1,32}$/);

export function linkRoutes(deps: LinkRouteDeps): Route[] {
  return [list(deps), make(deps), remove(deps)];
}

/** Channels that have a group of staff: whether one is linked there, and the bot's name. */
function list({ notices, ...deps }: LinkRouteDeps): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/links',
    needs: 'signed_in',
    handle: async ({ me }) => {
      const links = (notices?.channels ?? []).map(async ({ name, bot }) => ({
        channel: name,
        bot: await bot(),
        since: (await notices?.links.since(me.staff.id, name)) ?? null,
      }));
      return answer({ links: await Promise.all(links) });
    },
  });
}

/** A code for ten minutes and one use. */
function make({ notices, ...deps }: LinkRouteDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/links',
    needs: 'converse',
    body: { channel },
    handle: async ({ me, body }) => {
      if (!notices?.channels.some(({ name }) => name === body.channel)) throw new Refused('not_found');
      await deps.audit(me.staff, 'link_code_made', me.staff.id);
      return answer(notices.links.make(me.staff.id));
    },
  });
}

function remove({ notices, ...deps }: LinkRouteDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/links/remove',
    needs: 'signed_in',
    body: { channel },
    handle: async ({ me, body }) => {
      await notices?.links.remove(me.staff.id, body.channel);
      await deps.audit(me.staff, 'link_removed', me.staff.id);
      return answer({});
    },
  });
}
