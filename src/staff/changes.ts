// Live changes as server-sent events: hints only, the console reads the data again.
import { PassThrough } from 'node:stream';
import type { ChannelRequest, Route } from '../../channels/channel.js';
import type { DeskContract } from '../conversation/desk-types.js';
import { endpoint } from './endpoint.js';
import type { GuardDeps } from './endpoint.js';
import { findSession, IDLE_HEADER } from './sessions.js';

/** Shorter than the idle time of common proxies. */
const BEAT_MS = 25_000;
/** A reader that lags by this many bytes is cut off; it comes back and reads anew. */
const MOST_WAITING = 64 * 1024;
/** Open streams of one member of staff: a few tabs and a phone. */
const MOST_STREAMS = 12;

export function changesRoute(deps: GuardDeps & { desk: DeskContract }): Route {
  const open = new Map<string, PassThrough[]>();
  return endpoint(deps, {
    method: 'GET',
    path: '/changes',
    needs: 'signed_in',
    handle: ({ request, me }) => {
      const stream = new PassThrough();
      const mine = [...(open.get(me.staff.id) ?? []).filter((one) => !one.destroyed), stream];
      open.set(me.staff.id, mine);
      if (mine.length > MOST_STREAMS) mine[0]?.destroy();
      const stop = feed(deps, request, stream);
      stream.once('close', () => {
        stop();
        const left = (open.get(me.staff.id) ?? []).filter((one) => one !== stream);
        if (left.length === 0) open.delete(me.staff.id);
        else open.set(me.staff.id, left);
      });
      return Promise.resolve({ status: 200, headers: EVENT_STREAM, stream });
    },
  });
}

const EVENT_STREAM = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store, no-transform',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
};

/** Sends hints and beats until the returned function is called; a beat ends the stream once the session is over. */
function feed(deps: GuardDeps & { desk: DeskContract }, request: ChannelRequest, stream: PassThrough): () => void {
  const send = (text: string) => {
    if (stream.writableLength > MOST_WAITING) stream.destroy();
    else stream.write(text);
  };
  // An open line is no sign of somebody at the screen.
  const unattended = { ...request, headers: { ...request.headers, [IDLE_HEADER]: '1' } };
  const beat = async () => {
    const me = await findSession(deps, unattended).catch(() => null);
    if (me === null) stream.end();
    else send(': beat\n\n');
  };
  send('retry: 3000\n\n');
  const unsubscribe = deps.desk.onChange((hint) => send(`data: ${JSON.stringify(hint)}\n\n`));
  const timer = setInterval(() => void beat(), BEAT_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    unsubscribe();
  };
}
