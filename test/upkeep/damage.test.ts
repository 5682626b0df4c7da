// A back-up that was cut short or changed anywhere is refused before a byte is written.
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UpkeepError } from '../../src/upkeep/failure.js';
import { restore } from '../../src/upkeep/restore.js';
import { harness, MORNING } from '../conversation/harness.js';
import { FATIMA, fileRequest, picture } from '../conversation/request.js';
import { backUp, folder, restoreInto, restoreNeeds } from './world.js';

/** A folder of back-ups with one in it, and the files that it is made of. */
async function madeOne(): Promise<{ to: string; rows: string; files: string[] }> {
  const [dir, to] = [folder(), folder()];
  const h = await harness({ dir });
  await fileRequest(h, { ...FATIMA, file: { name: 'تقرير.png', bytes: await picture('F') } });
  await h.stop();
  const { folder: rows } = await backUp(dir, to, MORNING);
  const files = readdirSync(to, { recursive: true }).map(String);
  return { to, rows, files: files.filter((name) => statSync(join(to, name)).isFile()) };
}

describe('a back-up that is not as it was written', () => {
  it('is refused whatever byte was changed or wherever it was cut, and nothing is written', async () => {
    const { to, files } = await madeOne();
    expect(files).toHaveLength(5);
    const into = folder();
    const harm = fc.record({
      file: fc.constantFrom(...files),
      where: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      /** Null: cut there. */
      flip: fc.option(fc.integer({ min: 1, max: 255 })),
    });
    await fc.assert(
      fc.asyncProperty(harm, async ({ file, where, flip }) => {
        const path = join(to, file);
        const whole = readFileSync(path);
        const at = Math.floor(whole.length * where);
        const harmed = Buffer.from(flip === null ? whole.subarray(0, at) : whole);
        if (flip !== null) harmed[at] = (harmed[at] ?? 0) ^ flip;
        writeFileSync(path, harmed);
        try {
          await expect(restoreInto(to, into)).rejects.toBeInstanceOf(UpkeepError);
          expect(existsSync(join(into, 'sila.db'))).toBe(false);
        } finally {
          writeFileSync(path, whole);
        }
      }),
      { numRuns: 150 },
    );
    await restoreInto(to, into);
  });

  it.each(['manifest.json', 'rows.jsonl', 'files.jsonl'])('is refused without its %s', async (name) => {
    const { to, rows } = await madeOne();
    rmSync(join(rows, name));
    await expect(restoreInto(to, folder())).rejects.toBeInstanceOf(UpkeepError);
  });

  it('is refused without one of its files, and passed over when it was never finished', async () => {
    const { to, rows } = await madeOne();
    const unfinished = join(rows, '..', '2027-01-01T00-00-00-000Z.part');
    cpSync(rows, unfinished, { recursive: true });
    rmSync(join(unfinished, 'manifest.json'));
    expect(await restoreInto(to, folder())).toMatchObject({ at: MORNING });
    const [file] = readdirSync(join(rows, 'files'));
    rmSync(join(rows, 'files', file!));
    await expect(restoreInto(to, folder())).rejects.toMatchObject({ code: 'cut_short' });
  });

  it('is refused when a newer program made it', async () => {
    const { to } = await madeOne();
    const into = folder();
    const needs = restoreNeeds(to, into);
    for (const latest of [
      { ...needs.latest, rows: needs.latest.rows - 1 },
      { ...needs.latest, keys: needs.latest.keys - 1 },
    ]) {
      await expect(restore({ ...needs, latest })).rejects.toMatchObject({ code: 'newer' });
    }
    expect(existsSync(join(into, 'sila.db'))).toBe(false);
  });
});
