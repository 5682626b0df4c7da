// E-mail under the suite of every channel, over a real SMTP server: duplicates, restarts, order.
import { describe } from 'vitest';
import { mailContract } from '../providers/mail.js';
import { startPlainImap } from '../providers/plain-imap.js';
import { hasDovecot } from '../support/dovecot.js';
import { silaTests } from './contract-sila.js';

/** Every letter goes through a mail server and is marked there: `RUNS=1000` are 20,000 letters in one folder, and take seven minutes. */
const runs = Number(process.env['RUNS'] ?? 25);

describe.skipIf(!hasDovecot)('e-mail over a real mailbox', () => silaTests(mailContract(true), runs));

/** The whole channel still, its lines and marks among it; only the folder is in memory. */
describe('e-mail, a thousand runs', () => silaTests(mailContract(plainBox), 1_000));

async function plainBox() {
  const { url, letters, deliver, stop } = await startPlainImap();
  return {
    ...{ url, stop },
    deliver: (letter: Buffer) => {
      deliver(letter);
      return String(letters.length);
    },
    isMarked: (name: string) => letters[Number(name) - 1]?.flags.has('\\Answered') === true,
  };
}
