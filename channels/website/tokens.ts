// Tokens of the website: signed, bound to one conversation, of one kind, expiring. Nothing is stored for them.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** `access` speaks for the person, `resume` only fetches an access token, `stream` opens a socket, `file` downloads one file. */
export type TokenKind = 'access' | 'resume' | 'stream' | 'file';

export interface Claims {
  kind: TokenKind;
  conversation: string;
  /** UTC milliseconds. */
  expires: number;
  /** The origin it was given to; requests that name another are refused. */
  origin?: string;
  file?: string;
}

export type Verdict = { ok: true; claims: Claims } | { ok: false; why: 'invalid' | 'expired' };

export interface Tokens {
  sign(claims: Claims): string;
  verify(token: string, kind: TokenKind, now: number): Verdict;
  /** A new conversation id: 128 random bits and a mark that proves it is ours. */
  newConversation(): string;
  ownConversation(id: string): boolean;
  /** Compares in constant time, whatever the lengths. */
  same(a: string, b: string): boolean;
}

const schema = z.strictObject({
  k: z.enum(['access', 'resume', 'stream', 'file']),
  c: z.string(),
  e: z.number(),
  o: z.string().optional(),
  f: z.string().optional(),
});

export function createTokens(key: Buffer, random: (bytes: number) => Buffer): Tokens {
  const mac = (label: string, text: string): Buffer => createHmac('sha256', key).update(`${label}\0${text}`).digest();
  const mark = (id: string): string => mac('conversation', id).subarray(0, 8).toString('base64url');
  const same = (a: string, b: string): boolean => timingSafeEqual(mac('compare', a), mac('compare', b));
  return {
    same,
    sign(claims) {
      const payload = encode(claims);
      return `${payload}.${mac('token', payload).toString('base64url')}`;
    },
    verify(token, kind, now) {
      const [payload = '', signature = '', ...rest] = token.slice(0, 2_048).split('.');
      if (rest.length > 0 || !same(signature, mac('token', payload).toString('base64url')))
        return { ok: false, why: 'invalid' };
      const claims = decode(payload);
      if (claims?.kind !== kind) return { ok: false, why: 'invalid' };
      return now < claims.expires ? { ok: true, claims } : { ok: false, why: 'expired' };
    },
    newConversation() {
      const id = random(16).toString('base64url');
      return `${id}-${mark(id)}`;
    },
    ownConversation(id) {
      return id.length === 34 && id[22] === '-' && same(id.slice(23), mark(id.slice(0, 22)));
    },
  };
}

function encode({ kind, conversation, expires, origin, file }: Claims): string {
  return Buffer.from(JSON.stringify({ k: kind, c: conversation, e: expires, o: origin, f: file })).toString(
    'base64url',
  );
}

function decode(payload: string): Claims | null {
  const read = schema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  if (!read.success) return null;
  const { k, c, e, o, f } = read.data;
  return {
    kind: k,
    conversation: c,
    expires: e,
    ...(o === undefined ? {} : { origin: o }),
    ...(f === undefined ? {} : { file: f }),
  };
}
