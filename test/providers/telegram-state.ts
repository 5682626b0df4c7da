// What the fake Bot API knows: chats, messages, updates that wait, files, and how its next answers fail.

export interface Button {
  text: string;
  callback_data: string;
  /** Instead of the data: a button that opens an address. */
  url?: string;
}

export interface Chat {
  id: number;
  type: 'private' | 'group' | 'supergroup';
  blocked?: boolean;
}

/** A message of the bot as the person's app shows it. */
export interface BotMessage {
  message_id: number;
  chat: number;
  text?: string;
  caption?: string;
  file?: { as: string; name: string; mime: string; bytes: Buffer };
  keyboard: Button[][];
}

export interface Update {
  update_id: number;
  [kind: string]: unknown;
}

/** `lost`: the request is carried out, but the answer never arrives. */
export type Failure =
  | { kind: 'status'; status: number; retryAfter?: number; description?: string }
  | { kind: 'hang' | 'reset' | 'garbage' | 'lost' };

export interface Webhook {
  url: string;
  secret: string;
  allowed: string[] | null;
  connections: number;
}

export interface Call {
  method: string;
  payload: Record<string, unknown>;
  files: { as: string; name: string; bytes: number }[];
  status: number;
}

export interface TelegramState {
  token: string;
  botName: string;
  chats: Map<number, Chat>;
  /** Messages of the bot, in order, over all chats. */
  messages: BotMessage[];
  /** Updates that nobody has confirmed. */
  waiting: Update[];
  /** Ids of callback queries that wait for their answer, and of those that got it. */
  queries: Map<string, 'open' | 'answered'>;
  files: Map<string, { path: string; bytes: Buffer }>;
  commands: Map<string, { command: string; description: string }[]>;
  webhook: Webhook | null;
  allowed: string[] | null;
  failures: { method: string | null; failure: Failure; after: number }[];
  /** Every call that was carried out or refused. */
  calls: Call[];
  /** Highest offset that was asked for. */
  confirmed: number;
  lastUpdate: number;
  lastMessage: number;
  /** Someone who waits in getUpdates. */
  poller: { end: (conflict: boolean) => void } | null;
}

export function newState(token: string): TelegramState {
  return {
    token,
    botName: 'sila_test_bot',
    chats: new Map(),
    messages: [],
    waiting: [],
    queries: new Map(),
    files: new Map(),
    commands: new Map(),
    webhook: null,
    allowed: null,
    failures: [],
    calls: [],
    confirmed: 0,
    lastUpdate: 870_000_000,
    lastMessage: 100,
    poller: null,
  };
}

/** What the Bot API answers with when it refuses; its words are those of https://core.telegram.org/bots/api and its open server. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly description: string,
    readonly parameters?: object,
  ) {
    super(description);
  }
}

export const badRequest = (why: string): Refused => new Refused(400, `Bad Request: ${why}`);
