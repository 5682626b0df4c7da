// What the mail server of the charity found out about a sender (RFC 8601). Believed only where the operator says whose word it is.
import { hostOf } from './address.js';
import type { Envelope } from './letter.js';

/** `pass`: the sender's host vouches for the address. `fail`: it says that the letter is not its own. `unknown`: nobody whom we trust says anything. */
export type Proof = 'pass' | 'fail' | 'unknown';

/**
 * `trusted`: the authserv-id that the charity's own server writes; empty: none. Only the topmost field counts: whatever stands below it
 * came with the letter, and anybody can write it.
 */
export function proofOf({ head, from }: Envelope, trusted: string): Proof {
  const [top] = head('authentication-results');
  if (trusted === '' || top === undefined) return 'unknown';
  const [server = '', ...results] = withoutComments(top.slice(0, 8_192)).split(';');
  if (server.trim().split(/\s/)[0]?.toLowerCase() !== trusted.toLowerCase()) return 'unknown';
  const dmarc = results.map((one) => /^\s*dmarc\s*=\s*(\w+)/i.exec(one)?.[1]?.toLowerCase()).find((one) => one);
  if (dmarc === 'pass' || dmarc === 'fail') return dmarc;
  const host = hostOf(from.address).toLowerCase();
  return results.some((one) => signedBy(one) === host) ? 'pass' : 'unknown';
}

/** The host whose signature was good. */
function signedBy(result: string): string | undefined {
  if (!/^\s*dkim\s*=\s*pass\b/i.test(result)) return undefined;
  return /\bheader\.d\s*=\s*"?([^\s";]+)/i.exec(result)?.[1]?.toLowerCase();
}

function withoutComments(field: string): string {
  return field.replace(/\([^()]*\)/g, ' ');
}
