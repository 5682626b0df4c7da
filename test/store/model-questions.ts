// The reference model's part for questions, lessons and models.
import { MOST_QUESTIONS } from '../../src/store/contract-questions.js';
import type { LessonRow, ModelRow, NewQuestion, QuestionRow, Store } from '../../src/store/contract.js';

type Answer = <A extends unknown[], R>(work: (...args: A) => R) => (...args: A) => Promise<R>;

export interface QuestionsModel {
  questions: Store['questions'];
  ask: (question: NewQuestion) => void;
  tidy: () => void;
}

const order = (a: string, b: string): number => (a < b ? -1 : 1);
const stateOf = (intent: string): 'taught' | 'stray' => (intent === 'stray' ? 'stray' : 'taught');

export function questionsPart(answer: Answer): QuestionsModel {
  let rows: QuestionRow[] = [];
  let taught: LessonRow[] = [];
  const models: ModelRow[] = [];
  const standing = (key: string) => taught.find((one) => one.key === key && one.endedAt === null);
  const open = () => rows.filter(({ state }) => state === 'open');
  const settle = (key: string, state: QuestionRow['state']) => {
    for (const row of rows) if (row.key === key) row.state = state;
  };
  const answering = () => models.filter((one) => one.promotedAt !== null && one.withdrawnAt === null);
  const current = () =>
    answering().reduce<ModelRow | null>(
      (best, one) => (best === null || (one.promotedAt ?? 0) >= (best.promotedAt ?? 0) ? one : best),
      null,
    );
  const find = (id: string) => models.find((one) => one.id === id);
  const questions: Store['questions'] = {
    open: answer((limit: number) =>
      open()
        .sort((a, b) => b.count - a.count || order(a.id, b.id))
        .slice(0, limit),
    ),
    teach: answer((lessons: Omit<LessonRow, 'endedAt'>[]) => {
      for (const lesson of lessons) {
        const before = standing(lesson.key);
        if (before) before.endedAt = lesson.at;
        taught.push({ ...lesson, endedAt: null });
        settle(lesson.key, stateOf(lesson.intent));
      }
    }),
    unteach: answer((id: string, at: number) => {
      const lesson = taught.find((one) => one.id === id && one.endedAt === null);
      if (!lesson) return false;
      lesson.endedAt = at;
      settle(lesson.key, 'open');
      return true;
    }),
    drop: answer((ids: string[]) => {
      rows = rows.filter(({ id }) => !ids.includes(id));
    }),
    lessons: answer(() => [...taught].sort((a, b) => a.at - b.at || order(a.id, b.id))),
    keepModel: answer((model: Omit<ModelRow, 'promotedBy' | 'promotedAt' | 'withdrawnAt'>) => {
      models.push({ ...model, promotedBy: null, promotedAt: null, withdrawnAt: null });
    }),
    model: answer((id: string) => find(id) ?? null),
    currentModel: answer(current),
    models: answer((limit: number) => [...models].reverse().slice(0, limit)),
    promote: answer((id: string, by: string, at: number) => {
      const model = find(id);
      if (!model || model.promotedAt !== null || model.previous !== (current()?.id ?? null)) return false;
      Object.assign(model, { promotedBy: by, promotedAt: at });
      return true;
    }),
    withdraw: answer((id: string, at: number) => {
      const model = current();
      if (model?.id !== id) return false;
      model.withdrawnAt = at;
      return true;
    }),
  };
  const ask = (question: NewQuestion): void => {
    const again = rows.find(({ kind, key }) => kind === question.kind && key === question.key);
    if (again) {
      Object.assign(again, { count: again.count + 1, month: question.month });
      return;
    }
    const lesson = standing(question.key);
    rows.push({ ...question, count: 1, state: lesson ? stateOf(lesson.intent) : 'open' });
    if (rows.length <= MOST_QUESTIONS || open().length <= MOST_QUESTIONS) return;
    const least = open()
      .filter(({ id }) => id !== question.id)
      .sort((a, b) => b.count - a.count || b.month.localeCompare(a.month) || order(a.id, b.id))
      .slice(MOST_QUESTIONS - 1);
    rows = rows.filter((row) => !least.includes(row));
  };
  const tidy = (): void => {
    const known = new Set(answering().flatMap(({ lessons }) => lessons));
    taught = taught.filter(({ id, endedAt }) => endedAt === null || known.has(id));
  };
  return { questions, ask, tidy };
}
