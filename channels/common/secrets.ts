// Compares what a provider proves itself with, in a time that tells nothing.
import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether `given` is one of the secrets. All are compared, so that neither place nor length shows. */
export function isOneOf(given: string | undefined, secrets: readonly string[]): boolean {
  const hash = digest(given ?? '');
  const hits = secrets.filter((secret) => timingSafeEqual(digest(secret), hash) && secret !== '');
  return hits.length > 0 && given !== undefined;
}

/** A comma list, the current one first: two are valid while one is being replaced. */
export function readSecrets(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
