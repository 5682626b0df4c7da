// What is said between us and the process that holds the browser: questions with answers, and what happens there.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';

/** How a session is opened. */
export interface Opening {
  /** Path of the browser. */
  chromium: string;
  /** Folder in which the library keeps the session, not sealed. */
  folder: string;
  /** A kept page of WhatsApp Web (`<folder>/<version>.html`); null: the present one. */
  page: { folder: string; version: string } | null;
  /** Without the browser's own sandbox: it refuses to start with one for root. */
  unboxed: boolean;
}

export interface SentMedia {
  mime: string;
  name: string;
  base64: string;
  /** Played in place, as if it had been spoken. */
  voice: boolean;
}

/** What the browser is asked to do. Ids and users are WhatsApp's. */
export type Question =
  | { do: 'send'; user: string; text: string; media?: SentMedia }
  | { do: 'typing'; user: string; on: boolean }
  /** The library's word for how the page stands with WhatsApp; `CONNECTED`: it has its line. */
  | { do: 'state' }
  /** What people wrote since then (UTC seconds), oldest first. */
  | { do: 'recent'; since: number; chats: number; messages: number }
  /** `most`: bytes; of more only that it is too much comes back. */
  | { do: 'download'; message: string; most: number };

export type ToProcess = { open: Opening } | { ask: number; question: Question };

/** Why a session ended: the library's own word, or ours where the browser itself is gone. */
export const lostWords = [
  'LOGOUT',
  'UNPAIRED',
  'UNPAIRED_IDLE',
  'CONFLICT',
  'TOS_BLOCK',
  'SMB_TOS_BLOCK',
  'PROXYBLOCK',
  'DEPRECATED_VERSION',
  'UNLAUNCHED',
  'AUTH_FAILURE',
  'BROKEN',
] as const;
export type LostWord = (typeof lostWords)[number];

export type LineEvent =
  | { event: 'qr'; code: string }
  /** `number`: our own user id there. */
  | { event: 'ready'; number: string }
  | { event: 'message' | 'revoked' | 'edited' | 'undecipherable'; message: Json }
  | { event: 'ack'; id: string; ack: number }
  | { event: 'lost'; why: LostWord };

const json: z.ZodType<Json> = z.json();

/** What the process says; anything else is not believed. */
export const fromProcess = z.union([
  z.object({ answer: z.number(), ok: z.literal(true), value: json }),
  z.object({ answer: z.number(), ok: z.literal(false) }),
  z.object({ event: z.literal('qr'), code: z.string().min(1).max(2_000) }),
  z.object({ event: z.literal('ready'), number: z.string().min(1).max(128) }),
  z.object({ event: z.enum(['message', 'revoked', 'edited', 'undecipherable']), message: json }),
  z.object({ event: z.literal('ack'), id: z.string().min(1).max(512), ack: z.number() }),
  z.object({ event: z.literal('lost'), why: z.enum(lostWords).catch('BROKEN') }),
]);
export type FromProcess = z.infer<typeof fromProcess>;
