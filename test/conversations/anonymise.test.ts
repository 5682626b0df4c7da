/** A real conversation becomes a test without anything that tells who spoke. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anonymise } from '../../scripts/chats/anonymise.js';
import { Recording } from '../../scripts/chats/record.js';
import { StandIns } from '../../scripts/chats/stand-ins.js';
import { answerTypes } from '../../src/engine/answers/index.js';
import { dammValid } from '../../src/engine/text/damm.js';
import { sampledTypes } from '../../scripts/flows/samples.js';
import { play } from '../support/chat.js';
import { houseOf } from '../support/houses.js';

const read = (type: string, text: string) =>
  answerTypes.get(type)?.read({ text, plain: text, files: [] }, {}, Date.UTC(2025, 10, 2));

describe('a conversation', () => {
  const sample = readFileSync(join(import.meta.dirname, 'aid-request.safe-treatment.ar.chat'), 'utf8');
  const chat = play(
    sample
      .replaceAll('١٠٩٨٧٦٥٤٣٩', '١٠٤٥٦٧٨٩٠٩')
      .replaceAll(/خالد محمد عبدالله العتيب(.)/g, 'تركي ناصر عبدالعزيز الدوسر$1')
      .replaceAll('خالد العتيبي', 'تركي الدوسري')
      .replaceAll('نورة سعد العتيبي', 'منيرة ناصر الدوسري')
      .replaceAll('0551234567', '0501112223'),
  ).text;
  const made = anonymise(chat, houseOf('safe-treatment'));

  it('plays as it reads', () => {
    expect(play(made).text).toBe(made);
  });

  it('goes the same way', () => {
    const ways = (text: string) =>
      play(text).results.map(({ read: { as, flow, step } }) => `${as} ${flow ?? ''} ${step ?? ''}`);
    expect(ways(made)).toEqual(ways(chat));
  });

  it('keeps no name, no number, no file and no story of the person', () => {
    const submitted = play(chat).results.flatMap(({ effects }) =>
      effects.flatMap((one) => (one.kind === 'submission' ? [one] : [])),
    );
    expect(submitted).toHaveLength(1);
    const { shown, answers } = submitted[0]!;
    for (const { name, type, value } of shown) {
      if (answers[name] === 'skipped') continue;
      if (['name', 'saudi_id', 'phone', 'file'].includes(type) || (type === 'text' && name === 'need'))
        expect(made, name).not.toContain(value);
    }
  });

  it('signs with the name that it gave', () => {
    expect(made).toMatch(/! submission .*applicant_name=(.*?) \|.*signed=\1$/m);
  });
});

describe('stand-ins', () => {
  it('are the same for the same, others for others, and keep their kind', () => {
    const standIns = new StandIns();
    const say = (text: string) => standIns.numbersIn(text);
    const id = say('2345678904');
    expect(read('saudi_id', id)).toEqual({ value: id });
    expect(id.startsWith('2')).toBe(true);
    expect(say('رقمي 2345678904 وشكرا')).toBe(`رقمي ${id} وشكرا`);
    expect(say('1098765439')).not.toBe(id);
    expect(read('phone', say('0501112223'))).toMatchObject({ value: expect.stringMatching(/^\+9665/) });
    expect(say('٠٥٠١١١٢٢٢٣')).toMatch(/^[٠-٩]{10}$/);
    expect(read('phone', say('+966 50 111 2223'))).toEqual(read('phone', say('0501112223')));
    expect(read('iban', say('SA4420000001234567891234'))).toHaveProperty('value');
    expect(say('a.b@ministry.gov.sa')).toBe('person1@example.org');
    expect(dammValid(say('7304-8815-2096-9').replaceAll('-', ''))).toBe(true);
  });

  it('keep years and small amounts, and follow the last four digits of an ID', () => {
    const standIns = new StandIns();
    expect(standIns.numbersIn('1445')).toBe('1445');
    const id = standIns.numbersIn('1045678909');
    expect(standIns.numbersIn('8909')).toBe(id.slice(-4));
  });

  it('replace names wherever they stand', () => {
    const standIns = new StandIns();
    const name = standIns.name('عبدالعزيز بن ناصر الدوسري');
    expect(name).toMatch(/^\S+ بن \S+ ال\S+$/);
    const told = standIns.namesIn('اسمي عبد العزيز؟ لا، عبدالعزيز الدوسرى، وناصر أبي');
    expect(told).not.toMatch(/عبدالعزيز|الدوسر|ناصر/);
    expect(standIns.namesIn('Fahad')).toBe('Fahad');
  });

  it('leave none of a long number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{7,15}$/), fc.constantFrom('', 'رقمي ', 'call '), (number, words) => {
        const told = new StandIns().numbersIn(words + number);
        expect(told.startsWith(words)).toBe(true);
        expect(told.replace(words, '')).not.toBe('');
        if (!/^(\d)\1*$/.test(number) && !/^10{7}/.test(number)) expect(told).not.toBe(words + number);
      }),
    );
  });
});

describe('a recording', () => {
  it('writes the terminal down as a transcript', () => {
    const recording = new Recording('qutoof', 'en');
    const options = [{ id: 'a/b/c', label: 'I agree' }];
    for (const line of ['hello', '1', '/file report.pdf', '/later 20h', '/later 30s', '7'])
      recording.line(line, options);
    expect(recording.text.split('\n').slice(3, -1)).toEqual([
      '> hello',
      '> [I agree]',
      '> (file) report.pdf',
      '~ 20h',
      '~ 1m',
      '> 7',
    ]);
  });
});

describe('samples', () => {
  it('are there for every answer type', () => {
    expect([...answerTypes.keys()].filter((type) => !sampledTypes.includes(type))).toEqual([]);
  });
});
