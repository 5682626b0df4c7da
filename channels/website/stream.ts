// The WebSocket of a conversation: it carries what the store holds after a watermark, whenever the house hints at something new.
import type { ChannelRequest, Socket } from '../channel.js';
import { ipKey } from '../common/http.js';
import { ACCOUNT } from './activity.js';
import { checkToken } from './gate.js';
import type { Desk } from './gate.js';
import { caps } from './limits.js';
import { readPage, watermarkOf } from './reading.js';

type Opened = { status: number } | ((socket: Socket) => void);

/** Close code for "fetch a new stream address and come back". */
const GOING_AWAY = 1001;

/** Opens streams and counts them per conversation and per network. */
export function createStreams(desk: Desk): (request: ChannelRequest) => Promise<Opened> {
  const perConversation = createTally(caps.socketsPerConversation);
  const perIp = createTally(caps.socketsPerIp);
  return (request) => {
    const conversation = admitted(desk, request);
    if (typeof conversation !== 'string') return Promise.resolve(conversation);
    const ip = ipKey(request.ip);
    if (perConversation.full(conversation) || perIp.full(ip)) return Promise.resolve({ status: 429 });
    return Promise.resolve((socket: Socket) => {
      perConversation.add(conversation, 1);
      perIp.add(ip, 1);
      socket.onClose(() => {
        perConversation.add(conversation, -1);
        perIp.add(ip, -1);
      });
      serve(desk, socket, conversation, watermarkOf(request.query['watermark']));
    });
  };
}

function admitted(desk: Desk, request: ChannelRequest): string | { status: number } {
  const origin = request.headers['origin'];
  if (origin !== undefined && !desk.origins.allows(origin)) return { status: 403 };
  const claims = checkToken(desk, request.query['t'] ?? '', ['stream'], origin);
  if ('status' in claims) return { status: claims.status };
  return claims.conversation === request.params['id'] ? claims.conversation : { status: 404 };
}

function serve(desk: Desk, socket: Socket, conversation: string, from: number): void {
  let after = from;
  let reading = false;
  let again = false;
  const pump = async (): Promise<void> => {
    again = true;
    if (reading) return;
    reading = true;
    while (again) {
      again = false;
      const page = await readPage(desk, conversation, after);
      after = Number(page.watermark);
      if (page.activities.length === 0) continue;
      socket.send(JSON.stringify(page));
      again = true;
    }
    reading = false;
  };
  const hint = (): void => {
    pump().catch(() => {
      desk.host.log('website.stream_failed');
      socket.close(GOING_AWAY, 'again');
    });
  };
  const unsubscribe = desk.host.onMessages(ACCOUNT, conversation, hint);
  const life = setTimeout(() => socket.close(GOING_AWAY, 'again'), caps.accessLife);
  socket.onClose(() => {
    unsubscribe();
    clearTimeout(life);
  });
  // Clients send empty frames to keep the line open; nothing is read from them.
  socket.onMessage(() => undefined);
  hint();
}

interface Tally {
  full(key: string): boolean;
  add(key: string, by: 1 | -1): void;
}

function createTally(most: number): Tally {
  const counts = new Map<string, number>();
  return {
    full: (key) => (counts.get(key) ?? 0) >= most,
    add: (key, by) => {
      const n = (counts.get(key) ?? 0) + by;
      if (n > 0) counts.set(key, n);
      else counts.delete(key);
    },
  };
}
