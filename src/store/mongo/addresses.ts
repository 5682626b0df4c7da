/** Addresses: who is behind a conversation, and the erasing of it. */
import type { Addresses } from '../contract.js';
import type { Access, Tables } from './access.js';
import { forgetMember } from './contacts.js';
import { again } from './lock.js';
import { is } from './table.js';

const NOTHING = new Uint8Array();

export function addresses({ alone, together }: Access): Addresses {
  return {
    get: (id) =>
      alone(async (tables) => {
        const row = await tables.addresses.get(id);
        if (!row) return null;
        const { addressKey: _addressKey, ...address } = row;
        return address;
      }),
    conversationOf: (account, addressKey) =>
      alone(async (tables) => {
        const row = await tables.addresses.one({ account, addressKey });
        const conversation = row && (await homeOf(tables, row.id));
        return row && conversation ? { address: row.id, conversation } : null;
      }),
    homeOf: (address) =>
      alone(async (tables) => ((await tables.addresses.get(address)) ? homeOf(tables, address) : null)),
    erase: (address, at) => together((tables) => erase(tables, address, at), again),
  };
}

async function homeOf(tables: Tables, address: string): Promise<string | null> {
  return (await tables.conversations.one({ address }))?.id ?? null;
}

/** What is counted stays (rows, times, states); what says who or what was said goes. Nothing unsent is sent any more. */
async function erase(tables: Tables, address: string, at: number): Promise<void> {
  await forgetMember(tables, address, at);
  await tables.addresses.remove({ id: address });
  for (const { id: conversation } of await tables.conversations.all({ address }, { id: 1 })) {
    await tables.mailbox.remove({ conversation });
    await tables.turns.changeAll({ conversation }, { $set: { record: NOTHING } });
    const unsent = { conversation, state: is({ $in: ['queued', 'sending'] as const }) };
    await tables.messages.changeAll(unsent, { $set: { state: 'expired' } });
    const said = { sealed: NOTHING, providerKey: null, nextAttemptAt: null };
    await tables.messages.changeAll({ conversation }, { $set: said });
    await empty(tables, conversation);
  }
  await tables.submissions.changeAll({ address, handledAt: null }, { $set: { handledAt: at } });
  await tables.submissions.changeAll({ address }, { $set: { sealed: NOTHING } });
}

/** An item or a turn that comes at the same time meets this one on the row. */
async function empty(tables: Tables, conversation: string): Promise<void> {
  const position = { session: null, flowSet: null, flow: null, step: null, language: null, dueAt: null, dueKind: null };
  await tables.conversations.change(
    { id: conversation },
    { $set: { ...position, hold: 'none', heldBy: null, unread: 0 }, $inc: { touched: 1 } },
  );
}
