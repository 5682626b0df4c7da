// Questions that were not answered well: counted, taught, trained from, promoted and taken back.
import { describe, expect, it } from 'vitest';
import { MOST_QUESTIONS } from '../../../src/store/contract-questions.js';
import type { LessonRow, NewQuestion, Store } from '../../../src/store/contract.js';
import type { OpenStore } from '../contract-suite.js';
import { bytes, speak } from '../rows.js';
import { fresh } from './opened.js';

const question = (id: string, more: Partial<NewQuestion> = {}): NewQuestion => ({
  ...{ id, kind: 'unsure', language: 'ar', month: '2025-11', key: `key-${id}`, sealed: bytes(id) },
  ...more,
});
const lesson = (id: string, key: string, more: Partial<LessonRow> = {}): Omit<LessonRow, 'endedAt'> => {
  const { endedAt: _endedAt, ...row } = { endedAt: null, ...more };
  return { ...{ id, key, intent: 'hours', by: 's1', at: 1_000, sealed: bytes(`lesson ${id}`) }, ...row };
};
const model = (id: string, previous: string | null, lessons: string[] = []) => ({
  ...{ id, hash: `hash-${id}`, lessons, figures: '{}', at: 3_000, previous },
});

export function aboutQuestions(open: () => Promise<OpenStore>): void {
  const at = fresh(open);
  const asked = async (store: Store) => (await store.questions.open(99)).map(({ id, count }) => `${id} ${count}`);

  describe('questions', () => {
    it('come with a turn, are counted by kind and words, the most asked first', async () => {
      await speak(at.store, 'a', 'i1', { questions: [question('a'), question('b')] });
      await speak(at.store, 'b', 'i2', { questions: [question('b2', { key: 'key-b', month: '2025-12' })] });
      await speak(at.store, 'c', 'i3', { questions: [question('c', { key: 'key-b', kind: 'unanswered' })] });
      await at.reopen();
      expect(await asked(at.store)).toEqual(['b 2', 'a 1', 'c 1']);
      expect((await at.store.questions.open(1))[0]).toEqual({
        ...question('b', { month: '2025-12' }),
        count: 2,
        state: 'open',
      });
      await at.store.questions.drop(['a', 'nothing']);
      expect(await asked(at.store)).toEqual(['b 2', 'c 1']);
    });

    it('are settled by a lesson, also those that come after it, and open again when it is taken back', async () => {
      const { questions } = at.store;
      await speak(at.store, 'a', 'i1', { questions: [question('a'), question('b'), question('c')] });
      await questions.teach([lesson('l1', 'key-a'), lesson('l2', 'key-b', { intent: 'stray' })]);
      expect(await asked(at.store)).toEqual(['c 1']);
      await speak(at.store, 'b', 'i2', { questions: [question('d', { key: 'key-a', kind: 'handed_off' })] });
      expect(await asked(at.store)).toEqual(['c 1']);
      expect(await questions.unteach('l1', 2_000)).toBe(true);
      expect(await questions.unteach('l1', 2_000)).toBe(false);
      expect(await questions.unteach('l9', 2_000)).toBe(false);
      expect(await asked(at.store)).toEqual(['a 1', 'c 1', 'd 1']);
    });

    it('are bounded: the least asked goes', async () => {
      const many = Array.from({ length: MOST_QUESTIONS }, (_, n) => question(`q${String(n).padStart(5, '0')}`));
      await speak(at.store, 'a', 'i1', {
        questions: [...many, question('q00007', { id: 'again', key: 'key-q00007' })],
      });
      await speak(at.store, 'b', 'i2', { questions: [question('z')] });
      const left = await at.store.questions.open(MOST_QUESTIONS + 9);
      expect(left).toHaveLength(MOST_QUESTIONS);
      expect(left[0]).toMatchObject({ id: 'q00007', count: 2 });
      expect(left.map(({ id }) => id)).toContain('z');
    });
  });

  describe('lessons', () => {
    it('end when another one for the same words comes, and go when no model knows them', async () => {
      const { questions } = at.store;
      await questions.teach([lesson('l1', 'k')]);
      await questions.teach([lesson('l2', 'k', { at: 2_000, intent: 'place' })]);
      await at.reopen();
      expect((await at.store.questions.lessons()).map(({ id, endedAt }) => [id, endedAt])).toEqual([
        ['l1', 2_000],
        ['l2', null],
      ]);
      await at.store.questions.keepModel(model('m1', null, ['l1']));
      await at.store.questions.promote('m1', 's1', 4_000);
      await at.store.tidy(5_000);
      expect(await at.store.questions.lessons()).toHaveLength(2);
      await at.store.questions.withdraw('m1', 6_000);
      await at.store.tidy(7_000);
      expect((await at.store.questions.lessons()).map(({ id }) => id)).toEqual(['l2']);
    });
  });

  describe('models', () => {
    it('answer one after the other, and are taken back one by one', async () => {
      const { questions } = at.store;
      expect(await questions.currentModel()).toBeNull();
      await questions.keepModel(model('m1', null, ['l1', 'l2']));
      expect(await questions.currentModel()).toBeNull();
      expect(await questions.promote('m1', 's1', 4_000)).toBe(true);
      expect(await questions.promote('m1', 's1', 4_001)).toBe(false);
      await questions.keepModel(model('m2', 'm1'));
      await questions.keepModel(model('m3', 'm1'));
      expect(await questions.promote('m2', 's2', 5_000)).toBe(true);
      await at.reopen();
      const again = at.store.questions;
      expect(await again.promote('m3', 's1', 5_001)).toBe(false);
      expect(await again.promote('m9', 's1', 5_001)).toBe(false);
      expect((await again.currentModel())?.id).toBe('m2');
      expect(await again.withdraw('m1', 6_000)).toBe(false);
      expect(await again.withdraw('m2', 6_000)).toBe(true);
      expect(await again.currentModel()).toEqual({
        ...model('m1', null, ['l1', 'l2']),
        ...{ promotedBy: 's1', promotedAt: 4_000, withdrawnAt: null },
      });
      expect(await again.withdraw('m1', 7_000)).toBe(true);
      expect(await again.currentModel()).toBeNull();
      expect((await again.models(2)).map(({ id }) => id)).toEqual(['m3', 'm2']);
      expect(await again.model('m2')).toMatchObject({ promotedBy: 's2', withdrawnAt: 6_000 });
    });
  });
}
