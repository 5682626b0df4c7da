// What the console shows around its pages: notices, counts, ratings.
import { z } from 'zod';
import type { Route } from '../../channels/channel.js';
import type { DeskContract } from '../conversation/desk-types.js';
import { answer } from './answers.js';
import { endpoint } from './endpoint.js';
import type { GuardDeps } from './endpoint.js';
import { limit, subject } from './shapes.js';

export interface OverviewDeps extends GuardDeps {
  desk: DeskContract;
}

export function overviewRoutes(deps: OverviewDeps): Route[] {
  return [notices(deps), seen(deps), counts(deps), ratings(deps)];
}

function notices({ desk, ...deps }: OverviewDeps): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/notices',
    needs: 'signed_in',
    query: { limit },
    handle: async ({ query }) => answer({ notices: await desk.notices({ limit: query.limit }) }),
  });
}

function seen({ desk, ...deps }: OverviewDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/notices/seen',
    needs: 'signed_in',
    body: { ids: z.array(subject).min(1).max(200) },
    handle: async ({ me, body }) => {
      for (const notice of body.ids) await desk.seen(notice, me.staff);
      return answer({});
    },
  });
}

function counts({ desk, ...deps }: OverviewDeps): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/counts',
    needs: 'signed_in',
    handle: async () => answer({ counts: await desk.counts() }),
  });
}

function ratings({ desk, ...deps }: OverviewDeps): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/ratings',
    needs: 'read_ratings',
    handle: async ({ me }) => answer({ ratings: await desk.ratings(me.staff) }),
  });
}
