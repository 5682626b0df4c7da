// Lengths and choices of channels/email/ under the suite of every channel: our letters are read as a person's program reads them.
import { describe } from 'vitest';
import { mailContract } from '../providers/mail.js';
import { limitTests } from './contract-limits.js';

describe('e-mail', () => limitTests(mailContract(false)));
