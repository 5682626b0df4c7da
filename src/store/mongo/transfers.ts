/** Drafts on their way between two conversations: each step is a row that is there or not, whatever crashed in between. */
import type { Contacts, Gift, Transfer } from '../contract.js';
import type { Access, Tables } from './access.js';
import { is } from './table.js';

type Moves = Pick<Contacts, 'transfer' | 'underWay' | 'arrived' | 'movesOf'>;
type Row = Transfer & { n: number };

const OPEN = is<Transfer['state']>({ $in: ['asked', 'given'] });

export function transfers({ alone }: Access): Moves {
  return {
    transfer: (id) =>
      alone(async (tables) => {
        const row = await tables.transfers.get(id);
        return row && asTransfer(row);
      }),
    underWay: (limit) =>
      alone(async (tables) => (await tables.transfers.all({ state: OPEN }, { n: 1 }, limit)).map(asTransfer)),
    arrived: (id) =>
      alone(async (tables) => {
        await tables.transfers.change({ id, state: 'given' }, { $set: { state: 'done', sealed: null } });
      }),
    movesOf: (run) => alone(async (tables) => (await tables.transfers.all({ run }, { n: 1 })).map(asTransfer)),
  };
}

/** Asks the conversation of one address for its draft, for the other's. */
export async function askFor(
  tables: Tables,
  { id, at }: { id: string; at: number },
  giver: string,
  taker: string,
): Promise<void> {
  const [from, to] = [await homeOf(tables, giver), await homeOf(tables, taker)];
  if (from === null || to === null) return;
  await tables.transfers.add({ id, n: await tables.next(), from, to, at, state: 'asked' });
}

/** What was asked between two addresses and not given yet stays where it is. */
export async function callOff(tables: Tables, one: string, other: string): Promise<void> {
  const [here, there] = [await homeOf(tables, one), await homeOf(tables, other)];
  if (here === null || there === null) return;
  const between = [
    { from: here, to: there },
    { from: there, to: here },
  ];
  await tables.transfers.changeAll({ state: 'asked', $or: between }, { $set: { state: 'ended' } });
}

/** Ends what comes from or goes to an address that is erased, given or not. */
export async function endAll(tables: Tables, address: string): Promise<void> {
  const home = await homeOf(tables, address);
  if (home === null) return;
  const theirs = { state: OPEN, $or: [{ from: home }, { to: home }] };
  await tables.transfers.changeAll(theirs, { $set: { state: 'ended', sealed: null } });
}

export function isAsked(tables: Tables, transfer: string): Promise<boolean> {
  return tables.transfers.has({ id: transfer, state: 'asked' });
}

/** Within the giver's turn. */
export async function give(tables: Tables, { transfer, draft }: Gift): Promise<void> {
  const given = { state: draft ? ('given' as const) : ('empty' as const), run: draft?.run ?? null };
  await tables.transfers.change({ id: transfer }, { $set: { ...given, sealed: draft?.sealed ?? null } });
}

async function homeOf(tables: Tables, address: string): Promise<string | null> {
  return (await tables.conversations.one({ address }, { id: 1 }))?.id ?? null;
}

function asTransfer({ n: _n, ...row }: Row): Transfer {
  return row;
}
