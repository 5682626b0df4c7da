// What the side-by-side demo is made of (scripts/demo/): its columns in a terminal, and how it tells whether a phone showed everything.
import { describe, expect, it } from 'vitest';
import { columns, widthOf, wrap } from '../../scripts/demo/columns.js';
import { choose, type Phone, type Shown } from '../../scripts/demo/phone.js';
import { exchangesOf } from '../../scripts/demo/script.js';
import { allShown } from '../../scripts/demo/walk.js';
import { pack } from '../support/pack.js';

const bare = (line: string): string => line.replace(/[\u200e\u2066-\u2069]/g, '');

describe('columns', () => {
  it('count what a terminal shows: no marks, no signs of direction, pictures twice', () => {
    expect(widthOf('مُحَمَّد')).toBe(4);
    expect(widthOf('\u2068نص\u2069')).toBe(2);
    expect(widthOf('📎 نص')).toBe(5);
    expect(widthOf('abc')).toBe(3);
  });

  it('wrap between words, cut only what is longer than a line, and lose no letter', () => {
    expect(wrap('واحد اثنان ثلاثة', 11)).toEqual(['واحد اثنان', 'ثلاثة']);
    expect(wrap('1000-0000-0001-0', 6).join('')).toBe('1000-0000-0001-0');
    expect(wrap('', 6)).toEqual(['']);
  });

  it('stand beside each other in lines of one width, Arabic at the right edge of its column', () => {
    const lines = columns([['السلام عليكم', 'أهلًا'], ['نعم']], 43, true)
      .split('\n')
      .map(bare);
    expect(lines).toEqual([
      '        السلام عليكم │                  نعم',
      '                أهلًا │                     ',
    ]);
    expect(
      columns([['yes'], ['no']], 13, false)
        .split('\n')
        .map(bare),
    ).toEqual(['yes   │ no   ']);
  });
});

describe('a phone of the demo', () => {
  const showing = (...shown: Shown[]): { phone: Phone; done: string[] } => {
    const done: string[] = [];
    const note = (text: string): Promise<void> => Promise.resolve(void done.push(text));
    const phone: Phone = {
      channel: 'paper',
      tellsLanguage: false,
      write: note,
      tap: (label) => note(`[${label}]`),
      sendFile: note,
      shown: () => Promise.resolve(shown),
    };
    return { phone, done };
  };

  it('taps what can be tapped, and writes the number of a numbered line', async () => {
    const yes = { id: 'a', label: 'نعم' };
    const buttons = showing({ as: 'buttons', text: '؟', options: [yes] });
    expect(await choose(buttons.phone, 'نعم')).toEqual({ tapped: 'نعم' });
    const lines = showing({ as: 'text', text: 'أيها؟\n\n1. نعم بعلمه\n2. نعم: بعلمه' });
    expect(await choose(lines.phone, 'نعم')).toEqual({ wrote: '2' });
    expect([...buttons.done, ...lines.done]).toEqual(['[نعم]', '2']);
    await expect(choose(lines.phone, 'لا')).rejects.toThrow('«لا»');
  });

  it('has shown everything only when every word and every option stands there', () => {
    const says = [
      { text: 'رقم الطلب \u20681000-0000-0001-0\u2069', options: [] },
      {
        text: 'غيره؟',
        options: [
          { id: 'a', label: 'نعم' },
          { id: 'b', label: 'لا' },
        ],
      },
    ];
    const planned = { act: { kind: 'write' as const, text: 'x' }, says };
    const number: Shown = { as: 'text', text: 'رقم الطلب 7304-8815-2096-4' };
    const asked: Shown = { as: 'buttons', text: 'غيره؟', options: says[1]!.options };
    expect(allShown(planned, [number, asked])).toBe(true);
    expect(allShown(planned, [{ as: 'text', text: `${number.text}\n\nغيره؟\n\n1. نعم\n2. لا` }])).toBe(true);
    expect(allShown(planned, [number])).toBe(false);
    expect(allShown(planned, [number, { ...asked, options: [says[1]!.options[0]!] }])).toBe(false);
    expect(allShown(planned, [{ as: 'text', text: 'رقم الطلب 7304-8815' }, asked])).toBe(false);
  });

  it('plays nothing that nobody can do on a phone', () => {
    const bundle = pack('safe-treatment');
    const transcript = '# charity: safe-treatment\n# language: ar\n\n> السلام عليكم\n~ 20h\n';
    expect(() => exchangesOf(transcript, bundle, 'whatsapp', false)).toThrow('~ 20h');
  });
});
