// Channels whose session is opened by hand: where it stands, the code that the charity's phone scans, and words for when it is gone.
import type { Route } from '../../channels/channel.js';
import type { SessionDesk } from '../conversation/session-types.js';
import { answer } from './answers.js';
import type { Audit } from './audit.js';
import { endpoint } from './endpoint.js';
import type { GuardDeps } from './endpoint.js';

export interface ChannelRouteDeps extends GuardDeps {
  sessions: SessionDesk;
  audit: Audit;
}

/** A code lets a phone become ours: whoever is shown one is written down. */
export function channelRoutes({ sessions, ...deps }: ChannelRouteDeps): Route[] {
  const list = endpoint(deps, {
    method: 'GET',
    path: '/channels',
    needs: 'connect',
    handle: async ({ me }) => {
      const channels = await sessions.list();
      for (const { channel, now } of channels) if (now?.code) await deps.audit(me.staff, 'session_code_shown', channel);
      return answer({ channels });
    },
  });
  return [list];
}
