// Takes in one letter: durable when it resolves, so that its place in the mailbox may be marked.
import type { ChannelHost } from '../channel.js';
import { readable } from '../common/readable.js';
import type { Stored } from './letter.js';
import { caps } from './limits.js';
import type { Read, Reading } from './reading.js';
import { translateIn, type Place, type Translated } from './translate-in.js';
import { Tries } from './tries.js';

export type Receive = (stored: Stored) => Promise<void>;

/**
 * Rejects with the store's error when it could not be kept: the letter is then read again. One that nobody can read is put aside with its
 * reason, so that its neighbours are not held up.
 */
export function createReceive(host: ChannelHost, place: Omit<Place, 'now'>, read: Read): Receive {
  const tries = new Tries(host);
  return async (stored) => {
    const { account } = place;
    if (!(await tries.begin(stored))) return host.unreadable({ account, bytes: stored.bytes, why: 'tries' });
    const translated = translate(await read(stored.bytes), stored, { ...place, now: host.now() });
    switch (translated.kind) {
      case 'message': {
        const { user } = translated.incoming;
        if (await host.within('letters', user, caps.ofOnePerson, caps.hour)) {
          await host.accept(translated.incoming);
          return;
        }
        return host.unreadable({ account, bytes: stored.bytes, why: 'too_many' });
      }
      case 'reports':
        for (const report of translated.reports) await host.status(report);
        host.log('email.report', { letters: translated.reports.length });
        return;
      case 'broken':
        return host.unreadable({ account, bytes: stored.bytes, why: translated.why });
      case 'silent':
        host.log('email.silent', { why: translated.why });
    }
  };
}

function translate(reading: Reading, stored: Stored, place: Place): Translated {
  if (reading.kind === 'broken') return reading;
  const { letter, words } = reading;
  return readable<Translated>(() => translateIn(letter, words, stored, place), { kind: 'broken', why: 'shape' });
}
