/** Questions that were not answered well, and what staff taught about them. */
import { MOST_QUESTIONS } from '../contract-questions.js';
import type { LessonRow, NewQuestion, QuestionRow, Questions } from '../contract.js';
import type { Access, Tables } from './access.js';
import { learned, models } from './learned-models.js';
import { is } from './table.js';

const STRAY = 'stray';

export function questions(access: Access): Questions {
  const { alone, together } = access;
  return {
    ...models(access),
    open: (limit) => alone((tables) => tables.questions.all({ state: 'open' }, { count: -1, id: 1 }, limit)),
    teach: async (lessons) => {
      await together(
        async (tables) => {
          for (const lesson of lessons) await teach(tables, lesson);
          return true;
        },
        async (tables) => (await tables.lessons.has({ id: is({ $in: lessons.map(({ id }) => id) }) })) || null,
      );
    },
    unteach: (lesson, at) =>
      together(
        (tables) => unteach(tables, lesson, at),
        async (tables) => (await tables.lessons.has({ id: lesson, endedAt: at })) || null,
      ),
    drop: (ids) =>
      alone(async (tables) => {
        await tables.questions.remove({ id: is({ $in: ids }) });
      }),
    lessons: () => alone((tables) => tables.lessons.all({}, { at: 1, id: 1 })),
  };
}

/**
 * Counts questions that were asked before, and writes the others down: settled where a lesson stands already. Within a turn's transaction;
 * the least asked go where there are too many, never the one that has just come.
 */
export async function addQuestions(tables: Tables, asked: readonly NewQuestion[]): Promise<void> {
  if (asked.length === 0) return;
  const keys = is({ $in: [...new Set(asked.map(({ key }) => key))] });
  const known = new Map((await tables.questions.all({ key: keys }, { id: 1 })).map((row) => [nameOf(row), row]));
  const intents = new Map(
    (await tables.lessons.all({ key: keys, endedAt: null }, { id: 1 })).map(({ key, intent }) => [key, intent]),
  );
  const fresh = new Map<string, QuestionRow>();
  for (const question of asked) {
    const name = nameOf(question);
    const before = fresh.get(name);
    const { month, kind, key } = question;
    if (known.has(name)) await tables.questions.change({ kind, key }, { $inc: { count: 1 }, $set: { month } });
    else if (before) fresh.set(name, { ...before, count: before.count + 1, month });
    else fresh.set(name, { ...question, count: 1, state: stateOf(intents.get(key)) });
  }
  await tables.questions.add(...fresh.values());
  if (fresh.size > 0) await dropLeast(tables, [...fresh.values()].at(-1)?.id ?? '');
}

async function dropLeast(tables: Tables, newest: string): Promise<void> {
  const over = (await tables.questions.count({ state: 'open' })) - MOST_QUESTIONS;
  if (over <= 0) return;
  const others = { state: 'open', id: is({ $ne: newest }) } as const;
  const least = await tables.questions.all(others, { count: 1, month: 1, id: -1 }, over);
  await tables.questions.remove({ id: is({ $in: least.map(({ id }) => id) }) });
}

/** Words of lessons that ended go when no model that answered knows them. */
export async function tidyLessons(tables: Tables): Promise<void> {
  const known = is({ $nin: await learned(tables) });
  await tables.lessons.remove({ id: known, $nor: [{ endedAt: null }] });
  await settle(tables);
}

/** A turn that was committed beside a lesson, or its end, saw its question as it was before. */
async function settle(tables: Tables): Promise<void> {
  const standing = await tables.lessons.all({ endedAt: null }, { id: 1 });
  for (const state of ['taught', 'stray'] as const) {
    const keys = standing.filter(({ intent }) => stateOf(intent) === state).map(({ key }) => key);
    await tables.questions.changeAll({ state: 'open', key: is({ $in: keys }) }, { $set: { state } });
  }
  const other = { state: is({ $ne: 'open' as const }), key: is({ $nin: standing.map(({ key }) => key) }) };
  await tables.questions.changeAll(other, { $set: { state: 'open' } });
}

async function teach(tables: Tables, lesson: Omit<LessonRow, 'endedAt'>): Promise<void> {
  const { key, at, intent } = lesson;
  await tables.lessons.changeAll({ key, endedAt: null }, { $set: { endedAt: at } });
  await tables.lessons.add(lesson);
  await tables.questions.changeAll({ key }, { $set: { state: stateOf(intent) } });
}

async function unteach(tables: Tables, id: string, at: number): Promise<boolean> {
  const lesson = await tables.lessons.changed({ id, endedAt: null }, { $set: { endedAt: at } });
  if (!lesson) return false;
  await tables.questions.changeAll({ key: lesson.key }, { $set: { state: 'open' } });
  return true;
}

function stateOf(intent: string | undefined): QuestionRow['state'] {
  if (intent === undefined) return 'open';
  return intent === STRAY ? 'stray' : 'taught';
}

function nameOf({ kind, key }: Pick<NewQuestion, 'kind' | 'key'>): string {
  return `${kind} ${key}`;
}
