// What one turn says, as few messages as fit.
import { describe, expect, it } from 'vitest';
import type { SayEffect } from '../../src/engine/types.js';
import { merged } from '../../src/conversation/merge.js';
import { fakeLimits, started } from './harness.js';

const limits = { ...fakeLimits, text: 40, textWithOptions: 20, merge: true } as const;
const say = (text: string, more: Partial<SayEffect> = {}): SayEffect => ({ kind: 'say', author: 'bot', text, ...more });
const options = [{ id: '1', label: 'نعم' }];
const file = { id: 'f', name: 'f.pdf', mime: 'application/pdf', bytes: 1 };
const texts = (says: SayEffect[]) => merged(says, limits).map(({ text }) => text);

describe('merging', () => {
  it('joins words in their order, with the options of the last', () => {
    expect(merged([say('أهلًا'), say('كيف؟', { options, expects: 'choice' })], limits)).toEqual([
      say('أهلًا\n\nكيف؟', { options, expects: 'choice' }),
    ]);
  });

  it('joins nothing over the limit, which is lower above options', () => {
    expect(texts([say('a'.repeat(19)), say('b'.repeat(19))])).toHaveLength(1);
    expect(texts([say('a'.repeat(19)), say('b'.repeat(20))])).toHaveLength(2);
    expect(texts([say('a'.repeat(9)), say('b'.repeat(9), { options })])).toHaveLength(1);
    expect(texts([say('a'.repeat(9)), say('b'.repeat(10), { options })])).toHaveLength(2);
  });

  it('keeps options, files and speakers apart', () => {
    expect(texts([say('a', { options }), say('b')])).toHaveLength(2);
    expect(texts([say('a', { file }), say('b'), say('c', { file })])).toHaveLength(3);
    expect(texts([say('a'), say('b', { author: 'staff', by: 'x' })])).toHaveLength(2);
  });

  it('leaves channels alone that do not count messages', () => {
    expect(merged([say('a'), say('b')], fakeLimits)).toHaveLength(2);
    expect(merged([say('a'), say('b')], undefined)).toHaveLength(2);
  });

  it('greets and asks in one message where the channel counts them, losing no words', async () => {
    const apart = await (await started()).tell('p', 'السلام عليكم');
    const together = await (await started({ limits: { merge: true } })).tell('p', 'السلام عليكم');
    expect(apart.length).toBeGreaterThan(1);
    expect(together).toEqual([apart.join('\n\n')]);
  });
});
