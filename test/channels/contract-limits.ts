// Texts, labels and lists at their limit and one over: all of it reaches the person, nothing is cut with an ellipsis.
import { describe, expect, it } from 'vitest';
import type { Option } from '../../src/engine/types.js';
import { outgoingOf, startDesk } from './contract-suite.js';
import type { ChannelContract, Shown } from './contract-types.js';

export function limitTests(contract: ChannelContract): void {
  const { text: most, textWithOptions = most, buttons, list } = contract.module.limits;
  const shownFor = async (message: { text: string; options: Option[] }): Promise<Shown[]> => {
    const desk = await startDesk(contract);
    expect((await desk.channel.send(outgoingOf(desk.provider, message))).result).toBe('sent');
    return await desk.provider.shown(desk.provider.user(1));
  };

  describe('limits', () => {
    it.each([
      ['one letter', 'س'],
      ['at the limit', sentence(most)],
      ['one over', sentence(most + 1)],
      ['three times the limit', sentence(most * 3)],
      ['one over without a place to pause', 'س'.repeat(most + 1)],
      ['one over in family emoji', '👩‍👩‍👧‍👦'.repeat(Math.ceil((most + 1) / 11))],
      ['with signs of markup', '_*`[x](y)~> <b>&amp; \\'.repeat(20)],
    ])('text: %s', async (_name, text) => {
      const shown = await shownFor({ text, options: [] });
      expect(bare(shown.map((one) => one.text).join(''))).toBe(bare(text));
      expect(shown.every((one) => one.text.length <= most && !one.text.includes('\uFFFD'))).toBe(true);
      // A pause may come a little before the limit, but no text falls into shreds.
      expect(shown.length).toBeLessThanOrEqual(Math.ceil(text.length / most) + 1);
    });

    const rooms = [buttons, list].filter((room) => room !== null);
    const counts = [1, 2, ...rooms.flatMap(({ count }) => [count, count + 1])];
    const labels = [1, ...rooms.flatMap(({ label }) => [label, label + 1])];
    const hints = [0, ...(list ? [list.hint, list.hint + 1] : [40])];
    const cases = counts.flatMap((count) => labels.flatMap((label) => hints.map((hint) => ({ count, label, hint }))));
    it.each(cases)('$count options of $label letters with hints of $hint', async ({ count, label, hint }) => {
      const options = optionsOf(count, label, hint);
      complete('كيف يمكننا خدمتك؟', options, await shownFor({ text: 'كيف يمكننا خدمتك؟', options }));
    });

    it.each([textWithOptions, textWithOptions + 1, most + 1])('a text of %i over options', async (length) => {
      const options = optionsOf(2, 5, 0);
      complete(sentence(length), options, await shownFor({ text: sentence(length), options }));
    });

    it('two options with one label', async () => {
      const options = [1, 2].map((n) => ({ id: `o${n}`, label: 'نعم' }));
      complete('؟', options, await shownFor({ text: '؟', options }));
    });
  });
}

/** Every label and hint stands somewhere, whole; what can be tapped stands under the last message, in order. */
function complete(text: string, options: readonly Option[], shown: readonly Shown[]): void {
  const all = shown.flatMap((one) => [one.text, ...one.options.flatMap(({ label, hint = '' }) => [label, hint])]);
  const everything = bare(all.join(' '));
  expect(everything).toContain(bare(text));
  expect(everything).not.toContain('…');
  for (const { label, hint = '' } of options) {
    expect(everything).toContain(bare(label));
    expect(everything).toContain(bare(hint));
  }
  const last = shown.at(-1);
  expect(shown.slice(0, -1).flatMap((one) => one.options)).toEqual([]);
  if (last?.options.length) expect(last.options.map(({ label }) => label)).toEqual(options.map(({ label }) => label));
  else for (const [index, { label }] of options.entries()) expect(everything).toContain(bare(`${index + 1}. ${label}`));
}

function optionsOf(count: number, label: number, hint: number): Option[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `0199a8a0-0000-7000-8000-000000000009/step/option_${n}`,
    label: padded(count > 9 && label < 2 ? String.fromCodePoint(0x4e00 + n) : numeral(n), label),
    ...(hint > 0 && { hint: 'ت'.repeat(hint) }),
  }));
}

/** One letter that no other option has. */
const numeral = (n: number): string => String.fromCodePoint(0x4e00 + n);
const padded = (start: string, length: number): string => start + 'ل'.repeat(length - start.length);
const bare = (text: string): string => text.replace(/\s+/g, '');

/** Words and sentences of just so many UTF-16 units. */
function sentence(length: number): string {
  const words = 'نشكرك على تواصلك معنا. سنراجع طلبك قريبًا، ونرد عليك هنا.\n\n';
  return words.repeat(Math.ceil(length / words.length)).slice(0, length - 1) + 'ن';
}
