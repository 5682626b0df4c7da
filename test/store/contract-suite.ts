// What every store must do. Runs over SQLite and over the reference model, and is written for any other that comes.
import { describe } from 'vitest';
import type { Store } from '../../src/store/contract.js';
import { aboutArticles } from './contract/articles.js';
import { aboutCases } from './contract/cases.js';
import { aboutContacts } from './contract/contacts.js';
import { aboutMailbox } from './contract/mailbox.js';
import { aboutMessages } from './contract/messages.js';
import { aboutQuestions } from './contract/questions.js';
import { aboutRegisters } from './contract/registers.js';
import { aboutRetentions } from './contract/retentions.js';
import { aboutTheRest } from './contract/rest.js';
import { aboutStaff } from './contract/staff.js';
import { aboutTurns } from './contract/turns.js';
import { aboutTheUnclaimed } from './contract/unclaimed.js';

export interface OpenStore {
  store: Store;
  /** Closes the store and opens it again over the same data. */
  reopen(): Promise<Store>;
  /** Closes it and removes its data. */
  close(): Promise<void>;
}

export function storeContract(name: string, open: () => Promise<OpenStore>): void {
  describe(`store contract: ${name}`, () => {
    aboutMailbox(open);
    aboutTurns(open);
    aboutMessages(open);
    aboutCases(open);
    aboutRegisters(open);
    aboutRetentions(open);
    aboutContacts(open);
    aboutStaff(open);
    aboutTheUnclaimed(open);
    aboutQuestions(open);
    aboutArticles(open);
    aboutTheRest(open);
  });
}
