// A house for channel tests: in memory, with a scripted bot behind it. It keeps the promises of ChannelHost and nothing more.
import { createHmac, randomUUID } from 'node:crypto';
import type { ChannelHost, Incoming, ShownMessage, StatusReport } from '../../channels/channel.js';
import type { FileRef } from '../../src/engine/types.js';

export type Said = Partial<Pick<ShownMessage, 'text' | 'options' | 'expects' | 'from' | 'name' | 'files'>>;
export type Bot = (incoming: Incoming, turn: number) => Said[];

export interface FakeHost extends ChannelHost {
  accepted: Incoming[];
  /** What the provider counts each of them by. */
  counted: (number | undefined)[];
  statuses: StatusReport[];
  /** In which order they came in. */
  order: ('message' | 'status')[];
  /** Reasons of what could not be read. */
  unread: string[];
  /** Puts a message into a conversation from within, as staff would. */
  push: (user: string, said: Said) => void;
  logged: string[];
  /** Makes `accept` reject, as a full disk would. */
  failing: boolean;
  clock: { now: number };
  limited: Set<string>;
  /** What the channel shares. */
  shows: string | null;
  /** How often it called for staff. */
  troubles: number;
}

interface Room {
  messages: ShownMessage[];
  listeners: Set<() => void>;
  turns: number;
}

/** `replyAfter` milliseconds before the bot answers; 0 answers in the same turn of the event loop. */
export function createFakeHost(bot: Bot, options: { replyAfter?: number; say?: ChannelHost['say'] } = {}): FakeHost {
  const rooms = new Map<string, Room>();
  const seen = new Map<string, string>();
  const files = new Map<string, { user: string; ref: FileRef; bytes: Buffer }>();
  const clock = { now: 0 };
  const room = (user: string): Room => {
    const found = rooms.get(user) ?? { messages: [], listeners: new Set(), turns: 0 };
    rooms.set(user, found);
    return found;
  };
  const add = (user: string, message: Omit<ShownMessage, 'seq'>): void => {
    const { messages, listeners } = room(user);
    messages.push({ ...message, seq: messages.length + 1 });
    listeners.forEach((listener) => listener());
  };
  const host: FakeHost = {
    accepted: [],
    counted: [],
    statuses: [],
    order: [],
    unread: [],
    logged: [],
    failing: false,
    clock,
    limited: new Set(),
    shows: null,
    troubles: 0,
    push: (user, said) => add(user, shown(said, host.now())),
    accept(incoming, order) {
      if (host.failing) return Promise.reject(new Error('full'));
      const key = `${incoming.account}|${incoming.messageId}`;
      const before = seen.get(key);
      if (before !== undefined) return Promise.resolve({ conversation: incoming.user, item: before, duplicate: true });
      const item = randomUUID();
      seen.set(key, item);
      host.accepted.push(incoming);
      host.counted.push(order);
      host.order.push('message');
      const turn = ++room(incoming.user).turns;
      setTimeout(() => {
        add(incoming.user, echo(incoming, item, host.now()));
        setTimeout(() => {
          for (const said of bot(incoming, turn)) add(incoming.user, shown(said, host.now()));
        }, options.replyAfter ?? 0);
      });
      return Promise.resolve({ conversation: incoming.user, item, duplicate: false });
    },
    status(report) {
      if (host.failing) return Promise.reject(new Error('full'));
      host.statuses.push(report);
      host.order.push('status');
      return Promise.resolve();
    },
    unreadable({ why }) {
      if (host.failing) return Promise.reject(new Error('full'));
      host.unread.push(why);
      return Promise.resolve();
    },
    transcript: (_account, user, after, limit) =>
      Promise.resolve((rooms.get(user)?.messages ?? []).filter((one) => one.seq > after).slice(0, limit)),
    onMessages(_account, user, listener) {
      room(user).listeners.add(listener);
      return () => room(user).listeners.delete(listener);
    },
    keepFile(_account, user, name, bytes) {
      const mime = kindOf(bytes);
      if (mime === null) return Promise.resolve({ refused: 'edge.file.kind', values: { name } });
      const ref = { id: randomUUID(), name, mime, bytes: bytes.length };
      files.set(ref.id, { user, ref, bytes });
      return Promise.resolve(ref);
    },
    readFile(_account, user, id) {
      const found = files.get(id);
      return Promise.resolve(found?.user === user ? { ref: found.ref, bytes: found.bytes } : null);
    },
    holdReceiver: () => Promise.resolve(!host.limited.has('receiver')),
    releaseReceiver: () => Promise.resolve(),
    share: (words) => {
      host.shows = words;
      return Promise.resolve();
    },
    shared: () => Promise.resolve(host.shows),
    trouble: () => {
      host.troubles += 1;
      return Promise.resolve();
    },
    within: (what) => Promise.resolve(!host.limited.has(what)),
    secret: (label) => createHmac('sha256', 'fake').update(label).digest(),
    say: options.say ?? ((key) => key),
    now: () => (clock.now === 0 ? Date.now() : clock.now),
    log: (event) => host.logged.push(event),
  };
  return host;
}

function echo(incoming: Incoming, item: string, at: number): Omit<ShownMessage, 'seq'> {
  return {
    id: item,
    from: 'person',
    at,
    text: incoming.text ?? '',
    options: [],
    files: incoming.files ?? [],
    clientId: incoming.messageId,
    ...(incoming.choice === undefined ? {} : { choice: incoming.choice }),
  };
}

function shown(said: Said, at: number): Omit<ShownMessage, 'seq'> {
  return { id: randomUUID(), from: 'bot', at, text: '', options: [], files: [], ...said };
}

function kindOf(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 4).toString('latin1');
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (head === '\x89PNG') return 'image/png';
  return head === '%PDF' ? 'application/pdf' : null;
}
