/** A message that begins a thread of its own: a letter is recorded as it came, and nobody answers a question in the name of another. */
import { describe, expect, it } from 'vitest';
import { prepare, type Prepared } from '../../src/engine/prepare.js';
import { step } from '../../src/engine/step.js';
import type { PersonInput, Session, StepResult } from '../../src/engine/types.js';
import { pack } from '../support/pack.js';

const withLetters = prepare(pack('safe-treatment').set);
const none = { outcome: 'none' };

/** One message; nothing that is looked up is found. */
function turn(session: Session | null, said: Partial<PersonInput>, prepared: Prepared = withLetters): StepResult {
  const input: PersonInput = { kind: 'message', ...said };
  let runs = 0;
  const context = { now: 0, ids: { run: () => `run${++runs}`, number: () => '7304881520964' } };
  const first = step(prepared, session, input, context);
  return first.need ? step(prepared, session, input, { ...context, given: { [first.need.key]: none } }) : first;
}

const LETTER = { sender: 'مستشفى الشفاء', subject: 'تعاون' };
const file = { id: 'f1', name: 'خطاب.pdf', mime: 'application/pdf', bytes: 9 };
const letter = { text: 'نرغب في التعاون معكم.', files: [file], begins: { proven: false, letter: LETTER } };
const filed = ({ effects }: StepResult) => effects.filter(({ kind }) => kind === 'submission');
const said = ({ effects }: StepResult): string =>
  effects.flatMap((one) => (one.kind === 'say' ? [one.text] : [])).join('\n');
const place = ({ session }: StepResult): string | undefined => session.stack.at(-1)?.step;

/** At the consent of an aid request. */
function atConsent(): Session {
  let at = turn(null, { text: 'السلام عليكم' }).session;
  at = turn(at, { text: 'طلب مساعدة' }).session;
  expect(at.stack.at(-1)?.step).toBe('consent');
  return at;
}

/** The request, in work or put aside: where it stands and what was answered. */
function standing({ stack, parked = [] }: Session) {
  const frames = [stack, ...parked].flat().filter(({ flow }) => flow === 'aid-request');
  return frames.map(({ step: at, answers }) => [at, answers]);
}

describe('a letter', () => {
  it('is recorded with its sender, subject, words and files, and its number is said', () => {
    const result = turn(null, letter);
    expect(filed(result)).toMatchObject([
      {
        opens: 'case/letter',
        flow: 'letter',
        number: '7304881520964',
        language: 'ar',
        answers: { ...LETTER, words: letter.text, scan: [file] },
        files: [file],
      },
    ]);
    const [submission] = filed(result);
    const shown = submission && 'shown' in submission ? submission.shown : [];
    expect(shown.map(({ name, value }) => [name, value])).toEqual([
      ['sender', LETTER.sender],
      ['subject', LETTER.subject],
      ['words', letter.text],
      ['scan', file.name],
    ]);
    expect(shown.every(({ label }) => label['ar'] !== undefined && label['en'] !== undefined)).toBe(true);
    expect(said(result).replace(/[\u2066-\u2069]/g, '')).toContain('7304-8815-2096-4');
  });

  it('is kept whole, however long it is', () => {
    const text = `${'نفيدكم بما يلي. '.repeat(1_000)}والسلام`;
    const [submission] = filed(turn(null, { ...letter, text }));
    expect(submission && 'answers' in submission && submission.answers['words']).toBe(text);
  });

  it('says what of it was refused, and is recorded all the same', () => {
    const result = turn(null, { ...letter, files: [], refused: [{ key: 'file_too_big', values: { max: 25 } }] });
    expect(said(result)).toContain('25');
    expect(filed(result)).toHaveLength(1);
  });

  it('leaves a request that is under way where it stands', () => {
    const at = atConsent();
    const result = turn(at, letter);
    expect(filed(result)).toHaveLength(1);
    expect(result.session.stack).toEqual(at.stack);
  });

  it('is an answer where its writer is proven and was asked something', () => {
    const result = turn(atConsent(), { ...letter, begins: { ...letter.begins, proven: true } });
    expect(filed(result)).toEqual([]);
    expect(place(result)).toBe('consent');
  });

  it('to a charity that keeps none is read as any other message', () => {
    const result = turn(null, letter, prepare(pack('qutoof').set));
    expect(filed(result)).toEqual([]);
    expect(place(result)).toBe('service');
  });
});

describe('what nothing proves to be the person’s', () => {
  const forged = { text: 'أوافق', begins: { proven: false } };

  it('never answers a question that waits: the request is put aside for them', () => {
    const result = turn(atConsent(), forged);
    expect(result.effects.filter(({ kind }) => kind === 'consent')).toEqual([]);
    expect([result.session.stack.at(-1)?.flow, result.session.parked?.length ?? 0]).toEqual(['menu', 0]);
    const asked = turn(atConsent(), { text: 'أوافق' }).session;
    const later = turn(asked, { text: 'نعم', begins: { proven: false } });
    expect(standing(later.session)).toEqual(standing(asked));
  });

  it('never answers what was asked in between either', () => {
    const asked = turn(turn(atConsent(), { text: 'أوافق' }).session, { text: 'إلغاء' }).session;
    expect(asked.pending?.about).toBe('cancel');
    const result = turn(asked, { text: 'نعم', begins: { proven: false } });
    expect(standing(result.session)).toEqual(standing(asked));
    expect(turn(asked, { text: 'نعم' }).session.stack.at(-1)?.flow).not.toBe('aid-request');
  });

  it('proven, it answers as everywhere', () => {
    const result = turn(atConsent(), { ...forged, begins: { proven: true } });
    expect(result.effects.filter(({ kind }) => kind === 'consent')).toHaveLength(1);
  });

  it('goes to staff where they have the conversation', () => {
    const held = turn(turn(null, { text: 'السلام عليكم' }).session, { text: 'موظف' }).session;
    expect(held.hold).toBeDefined();
    const result = turn(held, letter);
    expect([filed(result), result.read.as]).toEqual([[], 'silent']);
  });
});
