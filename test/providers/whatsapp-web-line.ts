// WhatsApp Web without a browser: a strict line to it, with people behind it, that ends and fails on command.
import { randomUUID } from 'node:crypto';
import type { Line, OpenLine, Tell } from '../../channels/whatsapp-web/line.js';
import type { LineEvent, LostWord, Question, SentMedia } from '../../channels/whatsapp-web/wire.js';
import type { Json } from '../../src/engine/types.js';

export const NUMBER = '966500000001@c.us';
export const ACCOUNT = 'whatsapp-web:966500000001';

export type Raw = Record<string, Json>;
export interface WebSent {
  user: string;
  text: string;
  media?: SentMedia;
}

export interface FakeWeb {
  open: OpenLine;
  paired: boolean;
  /** The page has no line to WhatsApp. */
  offline: boolean;
  /** A page that is opened never comes up. */
  stuck: boolean;
  number: string;
  /** What people wrote, as the library shows it, oldest first. */
  history: Raw[];
  files: Map<string, Buffer>;
  sent: WebSent[];
  /** What a careful person would not do: sending unasked, without typing, to a group… */
  faults: string[];
  /** Browsers that were opened so far, and those that are open. */
  opened: number;
  isOpen: () => boolean;
  /** Questions of that kind fail so often, once so many were answered. */
  failing: Map<Question['do'], { times: number; after?: number }>;
  /** UTC seconds of what is written next. */
  seconds: () => number;
  /** Writes into the history; the page does not hear of it yet. */
  written: (user: string, more?: Raw) => Raw;
  /** The page tells; resolves when it was dealt with. */
  tell: (event: LineEvent) => Promise<void>;
  pair: () => Promise<void>;
  lose: (why: LostWord) => void;
}

export const idOf = (message: Raw): string => (message['id'] as { _serialized: string })._serialized;

export function createWeb(): FakeWeb {
  let page: Page | null = null;
  const web: FakeWeb = {
    paired: true,
    offline: false,
    stuck: false,
    number: NUMBER,
    history: [],
    files: new Map(),
    sent: [],
    faults: [],
    opened: 0,
    failing: new Map(),
    isOpen: () => page !== null,
    seconds: () => Math.floor(Date.now() / 1_000),
    open: (_opening, tell) => {
      if (page) web.faults.push('a second browser over the same session');
      web.opened += 1;
      const mine = new Page(web, tell, () => {
        if (page === mine) page = null;
      });
      page = mine;
      // As the browser does: nothing is told before it was opened.
      setImmediate(() => mine.begin());
      return mine;
    },
    written: (user, more = {}) => {
      const id = `false_${user}_${randomUUID().replaceAll('-', '').toUpperCase().slice(0, 20)}`;
      const message: Raw = {
        id: { fromMe: false, remote: user, id: id.split('_')[2] ?? '', _serialized: id },
        from: user,
        to: NUMBER,
        type: 'chat',
        timestamp: web.seconds(),
        hasMedia: false,
        isStatus: false,
        raw: { notifyName: 'فاطمة' },
        ...more,
      };
      web.history.push(message);
      return message;
    },
    tell: async (event) => {
      while (!page) await new Promise((next) => setImmediate(next));
      const open: Page = page;
      if ('message' in event) await open.synced;
      await open.tell(event);
    },
    pair: async () => {
      web.paired = true;
      await page?.tell({ event: 'ready', number: web.number });
    },
    lose: (why) => page?.end(why),
  };
  return web;
}

class Page implements Line {
  /** The adapter has looked through recent chats once. */
  readonly synced: Promise<void>;
  private sync: () => void = () => undefined;
  private over = false;
  private readonly typing = new Set<string>();

  constructor(
    private readonly web: FakeWeb,
    readonly tell: Tell,
    private readonly closed: () => void,
  ) {
    this.synced = new Promise((resolve) => (this.sync = resolve));
  }

  begin(): void {
    if (this.over || this.web.stuck) return;
    if (this.web.paired) void this.tell({ event: 'ready', number: this.web.number });
    else void this.tell({ event: 'qr', code: `2@${randomUUID()}` });
  }

  end(why: LostWord): void {
    if (why === 'LOGOUT' || why === 'UNPAIRED') this.web.paired = false;
    this.over = true;
    void this.tell({ event: 'lost', why });
  }

  close(): Promise<void> {
    this.over = true;
    this.sync();
    this.closed();
    return Promise.resolve();
  }

  ask(question: Question) {
    const failing = this.web.failing.get(question.do) ?? { times: 0 };
    const { after = 0 } = failing;
    if (this.over) return Promise.resolve({ ok: false, sent: 'no' } as const);
    if (after > 0) failing.after = after - 1;
    else if (failing.times > 0) {
      failing.times -= 1;
      return Promise.resolve({ ok: false, sent: 'maybe' } as const);
    }
    return Promise.resolve({ ok: true, value: this.answer(question) } as const);
  }

  private answer(question: Question): Json {
    const { web } = this;
    switch (question.do) {
      case 'typing':
        this.typing.add(question.user);
        return null;
      case 'state':
        return web.offline ? 'OPENING' : 'CONNECTED';
      case 'send':
        return this.send(question);
      case 'download': {
        const bytes = web.files.get(question.message);
        if (bytes && bytes.length > question.most) return 'too_big';
        return bytes ? { base64: bytes.toString('base64') } : null;
      }
      case 'recent':
        setImmediate(this.sync);
        return web.history
          .filter(({ timestamp }) => Number(timestamp) >= question.since)
          .slice(-question.chats * question.messages);
    }
  }

  private send({ user, text, media }: Extract<Question, { do: 'send' }>): Json {
    const { web } = this;
    if (web.offline) return false;
    const wrote = web.history.some(({ from }) => from === user);
    if (!wrote) web.faults.push(`wrote first to ${user}`);
    if (!this.typing.delete(user)) web.faults.push('sent without typing');
    if (!/^\d+@(c\.us|lid)$/.test(user)) web.faults.push(`sent to ${user}`);
    if (text.length > 4_096 || (media && text.length > 1_024)) web.faults.push('too long');
    if (text === '' && !media) web.faults.push('empty');
    web.sent.push({ user, text, ...(media && { media }) });
    return `true_${user}_${randomUUID()}`;
  }
}
