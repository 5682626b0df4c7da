// The first message tells the language, whatever the channel knows: all of the answer to it is in that language.
import { describe, expect, it } from 'vitest';
import { pack } from '../support/pack.js';
import { started } from './harness.js';

const ARABIC = /\p{Script=Arabic}/u;
const shipped = pack('safe-treatment');
const text = (key: string, language: string): string => shipped.texts[key]?.[language] ?? key;

describe('a first message in English', () => {
  it.each([{}, { language: 'en' }, { language: 'en-US' }])('is answered in English with %o', async (more) => {
    const h = await started();
    const said = await h.tell('p', 'What are your working hours?', more);
    expect(said.length).toBeGreaterThan(1);
    expect(said.filter((one) => ARABIC.test(one))).toEqual([]);
    expect(said.at(-1)).toBe(text('engine.question.helpful', 'en'));
  });

  it('is offered English titles', async () => {
    const h = await started();
    await h.tell('p', 'the papers of the charity and the hours of the office');
    const offered = h.channel.sent.find((one) => one.text === text('engine.question.unsure', 'en'));
    const labels = (offered?.options ?? []).map(({ label }) => label);
    expect(labels.length).toBeGreaterThan(2);
    expect(labels.filter((label) => ARABIC.test(label))).toEqual([]);
  });
});

it('whoever changes the language is answered in it from that turn on', async () => {
  const h = await started();
  await h.tell('p', 'السلام عليكم');
  await h.tell('p', 'English');
  const said = await h.tell('p', 'What are your working hours?');
  expect(said.filter((one) => ARABIC.test(one))).toEqual([]);
});
