// E-mail under the suite of every channel, over a real mailbox (Dovecot) and a real SMTP server: duplicates, restarts, order.
import { describe } from 'vitest';
import { mailContract } from '../providers/mail.js';
import { hasDovecot } from '../support/dovecot.js';
import { silaTests } from './contract-sila.js';

/** Every letter goes through a mail server and is marked there: `RUNS=1000` are 20,000 letters in one folder, and take seven minutes. */
const runs = Number(process.env['RUNS'] ?? 25);

describe.skipIf(!hasDovecot)('e-mail over a real mailbox', () => silaTests(mailContract(true), runs));
