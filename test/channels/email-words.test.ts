// Which lines of a letter are its writer's (channels/email/): all of one that begins a thread, none of what an answer quotes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ABOVE, ownWords } from '../../channels/email/quotes.js';
import { standingOf } from '../../channels/email/standing.js';
import { wordsOf } from '../../channels/email/words.js';
import { PROGRAMS } from './email-answers.js';
import { BEGINNING, ORDINARY, PASSED_ON } from './email-letters.js';

const GREETINGS = ['السلام عليكم', 'Hello', 'أرسل لكم هذا:\n'];
const letter = (subject: string, text: string, more: { html?: string; thread?: string[] } = {}) => ({
  ...{ thread: [], html: '' },
  ...{ subject, text },
  ...more,
});
const ANSWERED = { thread: ['<a@charity.example>'] };
const OURS = `${ABOVE} الرد فوق هذا السطر ${ABOVE}\n\nكيف يمكننا خدمتك؟\n1. طلب مساعدة\n2. متابعة طلب`;
/** Written by a person of the charity in a program of their own. */
const STAFF = 'السلام عليكم فاطمة\n\nما اسم المستشفى؟';
/** No letter is changed but for blanks at the ends of lines. */
const shown = (text: string): string => text.replace(/ +$/gm, '').replace(/\n{3,}/g, '\n\n');
const signed = (text: string): string => text.replace(/^/gm, '> ');

describe('a letter that begins a thread keeps every line of', () => {
  it.each([...ORDINARY, ...BEGINNING, ...PASSED_ON])('%s', async (_kind, text) => {
    for (const greeting of GREETINGS)
      for (const subject of ['', 'خطاب', 'Report: x'])
        expect(await wordsOf(letter(subject, `${greeting}\n${text}`))).toBe(shown(`${greeting}\n${text}`));
  });

  it('whatever its lines are', () => {
    const all = [...ORDINARY, ...BEGINNING, ...PASSED_ON, ...PROGRAMS].flatMap(([, text]) => text.split('\n'));
    const line = fc.oneof(fc.constantFrom(...all, '--', '>', '_'.repeat(30)), fc.string({ maxLength: 60 }));
    const usual = line
      .map((one) => one.replace(/[\r\n]/g, ' ').trim())
      // What a phone adds is its own only as the last line.
      .filter((one) => one !== '' && !/^(sent from|get outlook|الحصول|أُ?رسلت من|تم الإرسال)/i.test(one));
    fc.assert(
      fc.property(fc.array(usual, { minLength: 1, maxLength: 30 }), (lines) => {
        expect(ownWords(lines.join('\n'), 'begins').split('\n')).toEqual(lines);
      }),
      { numRuns: 500 },
    );
  });

  it('but for a signature, and what a phone adds', () => {
    for (const end of [
      '-- \nمحمد\n0550000000',
      'Sent from my iPhone',
      'أُرسلت من الـ iPhone الخاص بي',
      'Get Outlook for iOS',
    ])
      expect(ownWords(`ما أوقات الدوام؟\n\n${end}`, 'begins')).toBe('ما أوقات الدوام؟');
  });

  it('in HTML as well', async () => {
    const [, text] = ORDINARY[0]!;
    const html = `<div dir="rtl">${text.replaceAll('\n', '<br>')}</div>`;
    expect(await wordsOf(letter('خطاب', '', { html }))).toBe(text);
  });
});

describe('an answer keeps every line of', () => {
  it.each(ORDINARY)('%s', async (_kind, text) => {
    for (const greeting of GREETINGS)
      expect(await wordsOf(letter('Re: x', `${greeting}\n${text}`, ANSWERED))).toBe(shown(`${greeting}\n${text}`));
  });
});

describe('a letter passed on by', () => {
  it.each(PASSED_ON)('%s is kept whole, with words above it or none', async (_program, text) => {
    for (const above of ['', 'مرفق تقرير والدتي\n-- \nفاطمة\n\n', 'FYI\n\nSent from my iPhone\n\n'])
      for (const subject of ['Fwd: التقرير', 'FW: x', '‏إعادة توجيه: x', '[EXTERNAL] Fwd: x'])
        expect(await wordsOf(letter(subject, above + text, ANSWERED))).toBe(shown(above + text));
  });

  it('Gmail in HTML is kept whole, under whatever subject', async () => {
    const html =
      '<div dir="rtl">مرفق تقرير والدتي</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>من: <b>Hospital</b> &lt;h@hospital.example&gt;<br></div><br>التقرير جاهز</div>';
    for (const [subject, more] of [
      ['التقرير', {}],
      ['Fwd: التقرير', ANSWERED],
      ['Re: التقرير', ANSWERED],
    ] as const)
      expect(await wordsOf(letter(subject, '', { html, ...more }))).toMatch(/^مرفق تقرير والدتي[^]*التقرير جاهز$/);
  });

  it.each(PASSED_ON)('%s is no news where it is our own', (_program, text) => {
    const head = text.split('\n').slice(0, text.startsWith('Begin') ? 6 : 5);
    const passed = [...head.filter((line) => !line.includes('التقرير جاهز')), '', OURS].join('\n');
    expect(ownWords(`2\n\n${passed}`, 'passes_on')).toBe('2');
    expect(ownWords(`2\n\n${passed}`, 'answers')).toBe('2');
  });
});

it('what is passed on may quote ours at its end: the answer of another to it', () => {
  const below = `On Sun, Nov 22, 2026 at 12:00 PM Charity <info@charity.example> wrote:\n\n`;
  for (const [, text] of PASSED_ON)
    for (const quoted of [OURS, signed(OURS)])
      for (const standing of ['passes_on', 'answers'] as const)
        expect(ownWords(`للعلم\n\n${text}\n\n${below}${quoted}`, standing)).toBe(
          standing === 'answers' && /^(___|-+ ?orig)/i.test(text) ? 'للعلم' : shown(`للعلم\n\n${text}`),
        );
});

describe('an answer by', () => {
  it.each(PROGRAMS)('%s says what stands above', (_program, introduction, quotes) => {
    const all = [OURS, STAFF].flatMap((text) =>
      (quotes === 'with signs' ? [] : [text]).concat(quotes === 'bare' ? [] : signed(text)),
    );
    for (const quoted of all)
      for (const said of ['2', 'في الرياض', 'أوافق\nوشكرًا لكم', 'On Monday'])
        for (const gap of ['\n', '\n\n'])
          expect(ownWords(`${said}\n${gap}${introduction}${gap}${quoted}\n`, 'answers')).toBe(said);
  });

  it.each(PROGRAMS.filter(([, , quotes]) => quotes !== 'bare'))(
    '%s says what stands below or between',
    (_program, introduction) => {
      for (const quoted of [signed(OURS), signed(STAFF)]) {
        expect(ownWords(`${introduction}\n\n${quoted}\n\nمحمد أحمد`, 'answers')).toBe('محمد أحمد');
        const between = `أهلًا\n\n${introduction}\n\n${quoted}\nمحمد أحمد\n> ما مدينتك؟\nالرياض\n`;
        const numbers = between.replace('محمد أحمد', 'رقمي 0550000000:');
        expect(ownWords(numbers, 'answers')).toBe('أهلًا\nرقمي 0550000000:\nالرياض');
        expect(ownWords(between, 'answers')).toBe('أهلًا\nمحمد أحمد\nالرياض');
      }
    },
  );

  it.each(PROGRAMS.filter(([, , quotes]) => quotes !== 'with signs'))(
    '%s that says nothing says nothing',
    (_program, introduction) => {
      expect(ownWords(`\n\n${introduction}\n\n${OURS}`, 'answers')).toBe('');
    },
  );

  it('a program that quotes in HTML says what stands between in plain text', async () => {
    const text = 'أهلًا\n\nOn 22/11/26 12:00, Charity wrote:\n> ما اسمك؟\nمحمد\n> ما مدينتك؟\nالرياض';
    const html = '<p>أهلًا</p><div class="moz-cite-prefix">On</div><blockquote type="cite">ما اسمك؟</blockquote>محمد';
    expect(await wordsOf(letter('Re: x', text, { html, ...ANSWERED }))).toMatch(/^أهلًا\s+محمد\s+الرياض$/);
  });
});

describe('a letter is', () => {
  it.each([
    ['', [], 'begins'],
    ['طلب مساعدة', [], 'begins'],
    ['Report: x', [], 'begins'],
    ['ردود', [], 'begins'],
    ['x', ['<a@example.com>'], 'answers'],
    ['Re: x', [], 'answers'],
    ['RE[2]: x', [], 'answers'],
    ['‏رد: x', [], 'answers'],
    ['[EXTERNAL] RE: x', [], 'answers'],
    ['Re: Fwd: x', ['<a@example.com>'], 'answers'],
    ['Fwd: Re: x', ['<a@example.com>'], 'passes_on'],
    ['FW: x', [], 'passes_on'],
    ['إعادة توجيه: x', [], 'passes_on'],
  ] as const)('of subject %j in the thread %j: %s', (subject, thread, standing) => {
    expect(standingOf(letter(subject, 'نص', { thread: [...thread] }))).toBe(standing);
  });

  it('an answer where it quotes ours, under whatever subject', () => {
    expect(standingOf(letter('x', `2\n\n${signed(OURS)}`))).toBe('answers');
    expect(standingOf(letter('x', '', { html: `<p>2</p><p>${OURS.split('\n')[0]!}</p>` }))).toBe('answers');
  });
});
