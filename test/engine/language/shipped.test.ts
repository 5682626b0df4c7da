/** The flows and packs that are shipped: nothing is found in them, and they can be drawn. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plannedLimits } from '../../../channels/common/planned-limits.js';
import { limits as website } from '../../../channels/website/limits.js';
import { drawFlows } from '../../../scripts/draw-flows.js';
import { charitiesIn, compileCharity, readPackFiles } from '../../../scripts/pack-files.js';
import { answerTypes } from '../../../src/engine/answers/index.js';
import { answerOptions } from '../../../src/engine/language/answer-options.js';

const allLimits = [website, ...plannedLimits];
const files = readPackFiles('.');
const charities = charitiesIn(files);

describe('the shipped packs', () => {
  it('are those of both charities', () => {
    expect(charities).toEqual(expect.arrayContaining(['qutoof', 'safe-treatment']));
  });

  it.each(charities)('%s has no findings', (charity) => {
    expect(compileCharity(files, charity, allLimits).findings).toEqual([]);
  });

  it('are drawn so that every arrow leads to something drawn', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sila-draw-'));
    try {
      const packs = charities.map((charity) => compileCharity(files, charity, allLimits));
      drawFlows(folder, packs);
      const flows = new Set(packs.flatMap(({ set }) => Object.keys(set?.flows ?? {})));
      const pages = readdirSync(join(folder, 'docs', 'flows'));
      expect(pages.sort()).toEqual([...flows].map((id) => `${id}.md`).sort());
      for (const page of pages)
        expect(loose(readFileSync(join(folder, 'docs', 'flows', page), 'utf8')), page).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the answer types of the language', () => {
  it('are those of the engine', () => {
    expect(Object.keys(answerOptions).sort()).toEqual([...answerTypes.keys(), 'choice', 'choices'].sort());
  });
});

/** Targets of arrows that no diagram of the page draws. */
function loose(page: string): string[] {
  return page
    .split('```mermaid')
    .slice(1)
    .flatMap((drawing) => {
      const drawn = new Set([...drawing.matchAll(/^ {2}(\w+)[[({]/gm)].map((match) => match[1]));
      const targets = [...drawing.matchAll(/--> ?(?:\|"[^"]*"\|)? ?(\w+)(\{\{)?/g)];
      return targets.flatMap(([, name, elsewhere]) => (elsewhere || drawn.has(name) ? [] : [name ?? '']));
    });
}
