// E-mail under the suite of every channel, over a real mailbox (Dovecot) and a real SMTP server: duplicates, restarts, order.
import { describe } from 'vitest';
import { mailContract } from '../providers/mail.js';
import { hasDovecot } from '../support/dovecot.js';
import { silaTests } from './contract-sila.js';

describe.skipIf(!hasDovecot)('e-mail over a real mailbox', () => silaTests(mailContract(true), 25));
