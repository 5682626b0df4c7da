/** What must hold of any person doing anything: an answer to every message, no crash, no hidden state, no changed past. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepare } from '../../src/engine/prepare.js';
import { step } from '../../src/engine/step.js';
import type { Found, Input, Need, Option, Session, StepContext, StepResult } from '../../src/engine/types.js';
import { pack } from '../support/pack.js';

const sets = Object.fromEntries(['safe-treatment', 'qutoof'].map((charity) => [charity, prepare(pack(charity).set)]));
const noon = Date.UTC(2025, 10, 2, 9);

const said = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      '1',
      '٢',
      '3',
      '4',
      '5',
      '٧',
      'نعم',
      'لا',
      'أوافق',
      'لا أوافق',
      'طلب مساعدة',
      'متابعة طلب',
      'استفسار',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'القائمة',
      'رجوع',
      'إلغاء',
      'مساعدة',
      'موظف',
      'English',
      'العربية',
      'تعديل الاسم',
      'تخطي',
      'شكرا',
      'السلام عليكم',
    ),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'خالد محمد العتيبي',
      '1098765439',
      '٠٥٥١٢٣٤٥٦٧',
      'نحتاج إلى علاج عاجل لوالدتي المريضة',
      'الرياض',
      '1990-01-01',
      '3000',
      'كم تستغرق الإجابة؟',
    ),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.constantFrom('', '؟', '\u202e', '٠', '<b>', '{name}', '__proto__', 'constructor') },
);

type Move =
  | { do: 'say'; text: string }
  | { do: 'tap'; nth: number }
  | { do: 'tap old'; id: string }
  | { do: 'file' }
  | { do: 'media'; media: 'voice' | 'sticker' | 'reaction' }
  | { do: 'timer' }
  | { do: 'staff'; act: 'take' | 'hand_back' };
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 10, arbitrary: said.map((text): Move => ({ do: 'say', text })) },
  { weight: 8, arbitrary: fc.nat(8).map((nth): Move => ({ do: 'tap', nth })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('run-0/kind/surgery', '!/word/menu', '!/back', '!/wait', '!/nonsense', '!/pending/yes', 'x')
      .map((id): Move => ({ do: 'tap old', id })),
  },
  { weight: 2, arbitrary: fc.constant<Move>({ do: 'file' }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('voice', 'sticker', 'reaction')
      .map((media): Move => ({ do: 'media', media: media as 'voice' })),
  },
  { weight: 1, arbitrary: fc.constant<Move>({ do: 'timer' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('take', 'hand_back').map((act): Move => ({ do: 'staff', act: act as 'take' })),
  },
);

interface Person {
  session: Session | null;
  options: Option[];
  due: StepResult['due'];
}

describe.each(['safe-treatment', 'qutoof'])('any conversation with %s', (charity) => {
  const prepared = sets[charity]!;

  it('answers every message, never throws, changes no session that it was given', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        let person: Person = { session: null, options: [], due: null };
        let now = noon;
        let counter = 0;
        for (const one of moves) {
          const input = inputOf(one, person);
          if (!input) continue;
          now += 30_000;
          const ids = { run: () => `run-${++counter}`, number: () => String(1000000000000 + counter) };
          const result = turn(prepared, deepFreeze(person.session), input, { now, ids, channel: 'website' });
          expect(JSON.parse(JSON.stringify(result.session))).toEqual(result.session);
          if (input.kind === 'message' && !excused(input, result))
            expect(result.effects.some((effect) => effect.kind === 'say')).toBe(true);
          for (const effect of result.effects) if (effect.kind === 'say') expect(effect.text.trim()).not.toBe('');
          for (const effect of result.effects)
            if (effect.kind === 'say') expect(effect.text).not.toMatch(/(?:engine|answers|edge|status)\.[a-z_]+/);
          const last = result.effects.findLast((effect) => effect.kind === 'say');
          person = {
            session: JSON.parse(JSON.stringify(result.session)) as Session,
            options: last?.kind === 'say' ? (last.options ?? []) : person.options,
            due: result.due,
          };
        }
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same result for the same turn', () => {
    fc.assert(
      fc.property(fc.array(move, { minLength: 3, maxLength: 25 }), (moves) => {
        const run = () => {
          let person: Person = { session: null, options: [], due: null };
          let counter = 0;
          const all: unknown[] = [];
          for (const [index, one] of moves.entries()) {
            const input = inputOf(one, person);
            if (!input) continue;
            const ids = { run: () => `run-${++counter}`, number: () => String(1000000000000 + counter) };
            const result = turn(prepared, person.session, input, {
              now: noon + index * 30_000,
              ids,
              channel: 'website',
            });
            const last = result.effects.findLast((effect) => effect.kind === 'say');
            person = {
              session: result.session,
              options: last?.kind === 'say' ? (last.options ?? []) : [],
              due: result.due,
            };
            all.push(result);
          }
          return JSON.stringify(all);
        };
        expect(run()).toBe(run());
      }),
      { numRuns: 40 },
    );
  });
});

/** Silence is right only when staff have the conversation, or for a reaction. */
function excused(input: Extract<Input, { kind: 'message' }>, result: StepResult): boolean {
  return result.session.hold !== undefined || input.media === 'reaction';
}

function inputOf(one: Move, person: Person): Input | undefined {
  switch (one.do) {
    case 'say':
      return { kind: 'message', text: one.text };
    case 'tap': {
      const option = person.options[one.nth % Math.max(1, person.options.length)];
      return option ? { kind: 'message', choice: option.id, text: option.label } : undefined;
    }
    case 'tap old':
      return { kind: 'message', choice: one.id };
    case 'file':
      return { kind: 'message', files: [{ id: 'f', name: 'a.jpg', mime: 'image/jpeg', bytes: 1 }] };
    case 'media':
      return { kind: 'message', media: one.media };
    case 'timer':
      return person.due ? { kind: 'timer', due: person.due.kind } : undefined;
    case 'staff':
      return { kind: 'staff', act: one.act, by: 's1', name: 'سارة' };
  }
}

function turn(
  prepared: ReturnType<typeof prepare>,
  session: Session | null,
  input: Input,
  context: StepContext,
): StepResult {
  const given: Record<string, Found> = {};
  for (let tries = 0; tries < 10; tries++) {
    const result = step(prepared, session, input, { ...context, given });
    if (!result.need) return result;
    given[result.need.key] = found(result.need);
  }
  throw new Error('the engine keeps asking');
}

function found(need: Need): Found {
  if (need.what === 'articles')
    return { outcome: 'unsure', choices: [{ id: 'a', label: 'سؤال' }], values: { answer: 'جواب' } };
  if (need.what === 'own_cases')
    return { outcome: 'one', values: { number: '1', status_text: 'قيد الدراسة', since: 'اليوم', not_before: 'غدًا' } };
  return { outcome: 'none' };
}

function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
