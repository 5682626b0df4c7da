// Addresses of people and our own, in the one form in which they are compared.

/** One name before one host, as people have them: no quoted names, no literals. At most 254 (RFC 5321, 4.5.3.1.3). */
const SHAPE = /^[^\s@<>"(),:;\\[\]]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]{0,185}[\p{L}\p{N}])?$/u;

/** The address by which a person is known; null for what is none. Letter case tells nobody apart, whatever the standard allows. */
export function addressOf(written: string): string | null {
  const address = written.trim().normalize('NFC').toLowerCase();
  return SHAPE.test(address) ? address : null;
}

/** The address in `Name <address>`, or alone; empty where there is none. */
export function bareAddress(written: string): string {
  return addressOf(/<([^<>]*)>\s*$/.exec(written)?.[1] ?? written) ?? '';
}

export function hostOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
