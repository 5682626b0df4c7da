// Passwords of staff: scrypt hashes that describe themselves, compared in constant time.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { Refused } from './answers.js';

/** Cost of a hash: memory is 128 · r · 2^logN bytes. */
export interface PasswordCost {
  logN: number;
  r: number;
  p: number;
}

/** OWASP Password Storage Cheat Sheet: N=2^15, r=8, p=3 (32 MiB). */
export const STANDARD_COST: PasswordCost = { logN: 15, r: 8, p: 3 };

/** UTF-16 units. Twelve without rules of composition (NIST SP 800-63B); the upper bound keeps hashing cheap. */
export const PASSWORD_LENGTH = { least: 12, most: 200 } as const;

/** `scrypt$logN$r$p$salt$hash`, salt and hash in base64url. */
export async function hashPassword(password: string, cost: PasswordCost = STANDARD_COST): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return ['scrypt', cost.logN, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Whether the password fits. Without a stored hash (unknown login) it does the same work against a hash that nothing fits, so that time
 * tells nobody which logins exist. A stored hash that cannot be read fits nothing.
 */
export async function passwordFits(
  password: string,
  stored: string | null,
  cost: PasswordCost = STANDARD_COST,
): Promise<boolean> {
  const parts = read(stored) ?? { cost, salt: NO_SALT, hash: NO_HASH, real: false };
  const given = await derive(password, parts.salt, parts.cost);
  return timingSafeEqual(given, parts.hash) && parts.real;
}

const HASH_BYTES = 32;
const NO_SALT = Buffer.alloc(16);
const NO_HASH = Buffer.alloc(HASH_BYTES);

interface Parts {
  cost: PasswordCost;
  salt: Buffer;
  hash: Buffer;
  real: boolean;
}

function read(stored: string | null): Parts | null {
  const match = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([\w-]+)\$([\w-]+)$/.exec(stored ?? '');
  if (match === null) return null;
  const [, logN, r, p, salt, hash] = match;
  const bytes = Buffer.from(hash ?? '', 'base64url');
  if (bytes.length !== HASH_BYTES) return null;
  return {
    cost: { logN: Number(logN), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt ?? '', 'base64url'),
    hash: bytes,
    real: true,
  };
}

/** Hashes at once and waiting: each takes 32 MiB and one of the four threads that files are read and written on. */
const AT_ONCE = 2;
const MOST_WAITING = 24;
let running = 0;
const waiting: (() => void)[] = [];

/** The same password typed on two keyboards is one password: NFKC first. Throws `Refused` when too many wait already. */
async function derive(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
  if (waiting.length >= MOST_WAITING) throw new Refused('too_many_tries', { 'retry-after': '10' });
  if (running < AT_ONCE) running += 1;
  else await new Promise<void>((enter) => void waiting.push(enter));
  try {
    return await scryptHash(password.normalize('NFKC'), salt, cost);
  } finally {
    // The place goes over to the next in line.
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

function scryptHash(password: string, salt: Buffer, { logN, r, p }: PasswordCost): Promise<Buffer> {
  const N = 2 ** logN;
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
