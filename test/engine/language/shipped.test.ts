/** The flows and packs that are shipped: nothing is found in them. */
import { describe, expect, it } from 'vitest';
import { limits as telegram } from '../../../channels/telegram/limits.js';
import { limits as whatsapp } from '../../../channels/whatsapp/limits.js';
import { limits as website } from '../../../channels/website/limits.js';
import { charitiesIn, compileCharity, readPackFiles } from '../../../scripts/pack-files.js';
import { answerTypes } from '../../../src/engine/answers/index.js';
import { answerOptions } from '../../../src/engine/language/answer-options.js';

const allLimits = [website, whatsapp, telegram];
const files = readPackFiles('.');
const charities = charitiesIn(files);

describe('the shipped packs', () => {
  it('are those of both charities', () => {
    expect(charities).toEqual(expect.arrayContaining(['qutoof', 'safe-treatment']));
  });

  it.each(charities)('%s has no findings', (charity) => {
    expect(compileCharity(files, charity, allLimits).findings).toEqual([]);
  });
});

describe('the answer types of the language', () => {
  it('are those of the engine', () => {
    expect(Object.keys(answerOptions).sort()).toEqual([...answerTypes.keys(), 'choice', 'choices'].sort());
  });
});
