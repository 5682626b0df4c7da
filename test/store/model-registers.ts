// The registers of the reference model.
import type { NewEntry, RegisterEntry, Store } from '../../src/store/contract.js';

interface Kept {
  row: RegisterEntry;
  index: Set<string>;
}

type Answer = <A extends unknown[], R>(work: (...args: A) => R) => (...args: A) => Promise<R>;

export function registersPart(answer: Answer): Store['registers'] {
  const kept = new Map<string, Kept>();
  const all = () => [...kept.values()].map(({ row }) => row).sort((a, b) => (a.id < b.id ? 1 : -1));
  const live = (id: string | null) => {
    const found = id === null ? undefined : kept.get(id)?.row;
    return found?.state === 'erased' ? undefined : found;
  };
  return {
    add: answer((entry: NewEntry, index: string[]) => {
      const there =
        all().find(({ id }) => id === entry.id) ??
        all().find(({ origin }) => origin !== null && origin === entry.origin);
      if (there) return there;
      const before = all().filter(({ register, year }) => register === entry.register && year === entry.year);
      const letter = live(entry.answers);
      const answered = letter?.register === 'incoming' ? letter : undefined;
      const row: RegisterEntry = {
        ...entry,
        answers: answered?.id ?? null,
        number: before.length + 1,
        version: 1,
        changedAt: entry.at,
        answeredBy: null,
      };
      kept.set(entry.id, { row, index: new Set(index) });
      if (answered)
        Object.assign(answered, {
          answeredBy: row.id,
          state: 'answered',
          version: answered.version + 1,
          changedAt: row.at,
        });
      return row;
    }),
    get: answer((id: string) => kept.get(id)?.row ?? null),
    ofConversation: answer((conversation: string) => all().find((row) => row.conversation === conversation) ?? null),
    ofCase: answer((number: string) => all().filter((row) => row.caseNumber === number)),
    list: answer(({ register, states, numbered, limit, before }: Parameters<Store['registers']['list']>[0]) =>
      all()
        .filter((row) => row.register === register && (before === undefined || row.id < before))
        .filter((row) => states === undefined || states.includes(row.state))
        .filter(({ year, number }) => !numbered || (year === numbered.year && number === numbered.number))
        .slice(0, limit),
    ),
    find: answer((keys: string[], limit: number) =>
      all()
        .filter(({ id }) => keys.length > 0 && keys.every((key) => kept.get(id)?.index.has(key)))
        .slice(0, limit),
    ),
    change: answer((id: string, expected: number, change: Parameters<Store['registers']['change']>[2]) => {
      const found = live(id);
      if (found?.version !== expected) return false;
      const { index, ...columns } = change;
      Object.assign(found, columns, { version: expected + 1 });
      const mine = kept.get(id);
      if (index && mine) mine.index = new Set(index);
      return true;
    }),
    erase: answer((id: string, at: number) => {
      const found = live(id);
      if (!found) return;
      const gone = { dueAt: null, caseNumber: null, conversation: null, origin: null };
      Object.assign(found, gone, {
        sealed: new Uint8Array(),
        state: 'erased',
        version: found.version + 1,
        changedAt: at,
      });
      kept.get(id)?.index.clear();
    }),
    counts: answer(() => {
      const names = [...new Set(all().map(({ register, state }) => `${register} ${state}`))].sort();
      return names.map((name) => {
        const [register, state] = name.split(' ') as [RegisterEntry['register'], string];
        return {
          register,
          state,
          count: all().filter((row) => row.register === register && row.state === state).length,
        };
      });
    }),
  };
}
