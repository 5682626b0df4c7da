// The first message tells the language, whatever the channel knows: all of the answer to it is in that language.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { tonguesOf, type Lessons } from '../../src/inquiries/index.js';
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

/** Of the lessons only the list of English words counts here, and what Arabic words there are to be heard. */
const { english, words } = parse(readFileSync('flows/dialect.yaml', 'utf8')) as Lessons['lexicon'];
const examples = ['سلام عليكم', 'أبغى أتبرع للأيتام', 'كيف أقدم طلب مساعدة', 'محمد الغامدي'].map((text) => ({
  text,
  intent: 'about',
}));
const lessons: Lessons = { intents: [], withheld: [], examples, lexicon: { words, english } };
const gated = () => started({ bundle: { ...shipped, lessons } });
const isArabic = (said: readonly string[]): boolean => said.length > 0 && said.every((one) => ARABIC.test(one));
const isEnglish = (said: readonly string[]): boolean => said.length > 0 && said.every((one) => !ARABIC.test(one));

describe('a first message in Latin letters', () => {
  it.each([
    // WhatsApp, e-mail: the channel knows no language
    ['bghit at6wa3 m3akom', undefined, 'ar'],
    ['salam 3alaikom', undefined, 'ar'],
    ['salam', undefined, 'ar'],
    ['abgha atabarra lel jam3eya', undefined, 'ar'],
    ['abgha atabarra lel aytam', undefined, 'ar'],
    ['AB-1234', undefined, 'ar'],
    ['kaif aqadem talab musaada', undefined, 'ar'],
    ['Seeking assistance regarding cancer treatment', undefined, 'en'],
    ['My name Mohammed Al Ghamdi', undefined, 'en'],
    ['Need dialyzer urgently', undefined, 'en'],
    ['Oxygen concentrator', undefined, 'en'],
    ['Kindly assist', undefined, 'en'],
    ['how do i donate zakat', undefined, 'en'],
    ['hello', undefined, 'en'],
    // website, Telegram: it knows one
    ['how do i donate zakat', 'ar', 'en'],
    ['What are your working hours?', 'ar-SA', 'en'],
    ['ok', 'ar', 'ar'],
    ['hi', 'ar', 'ar'],
    ['/start', 'ar', 'ar'],
    ['AB-1234', 'ar', 'ar'],
    ['Oxygen concentrator', 'ar', 'ar'],
    ['bghit at6wa3 m3akom', 'en', 'ar'],
    ['salam', 'en', 'en'],
    ['AB-1234', 'en', 'en'],
    ['AB-1234', 'en-US', 'en'],
    ['hello', 'ur', 'en'],
    ['mujhe madad chahiye', 'ur', 'en'],
  ])('%s (channel: %s) is answered in %s', async (words, language, wanted) => {
    const h = await gated();
    const said = await h.tell('p', words, language === undefined ? {} : { language });
    expect(wanted === 'ar' ? isArabic(said) : isEnglish(said)).toBe(true);
  });

  it.each([
    ['hi', 'السلام عليكم', 'ar'],
    ['hi', 'how do i donate zakat', 'en'],
    ['salam', 'how do i donate zakat', 'en'],
    ['Oxygen concentrator', 'السلام عليكم', 'ar'],
    ['hello', 'bghit at6wa3 m3akom', 'ar'],
    ['👋', 'how do i donate zakat', 'en'],
  ])('tells nothing by "%s": "%s" then does', async (first, second, wanted) => {
    const h = await gated();
    await h.tell('p', first);
    const said = await h.tell('p', second);
    expect(wanted === 'ar' ? isArabic(said) : isEnglish(said)).toBe(true);
  });

  it('decides once: neither a few Latin letters nor a whole sentence turns the conversation later', async () => {
    const h = await gated();
    await h.tell('p', 'السلام عليكم');
    for (const words of ['ok', 'hi', 'salam', 'AB-1234', 'how do i donate zakat'])
      expect(isArabic(await h.tell('p', words))).toBe(true);
    await h.tell('q', 'how do i donate zakat');
    expect(isEnglish(await h.tell('q', 'السلام عليكم'))).toBe(true);
  });

  it('keeps the language in which something was chosen or begun, and the one that was asked for', async () => {
    const h = await gated();
    await h.tell('p', 'hello');
    await h.tell('p', '1');
    await h.tell('p', 'القائمة');
    expect(isEnglish(await h.tell('p', 'السلام عليكم'))).toBe(true);
    await h.tell('q', 'hello');
    expect(isArabic(await h.tell('q', 'عربي'))).toBe(true);
    expect(isArabic(await h.tell('q', 'how do i donate zakat'))).toBe(true);
  });
});

it('the gate takes any text', () => {
  const tongue = tonguesOf(lessons);
  const odd = [
    '__proto__ constructor toString',
    '\u0000\ud800',
    '🙏'.repeat(999),
    'a'.repeat(99_999),
    'x3 '.repeat(9_999),
  ];
  for (const words of odd) expect(['english', 'arabizi', undefined]).toContain(tongue(words)?.kind);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (words) => void tongue(words)));
});
