// The doctor looks into the spools: what waits, how long, what was damaged, and whether the keys of these data open it.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Vault } from '../../src/privacy/vault.js';
import { encode } from '../../src/spool/records.js';
import { heldKeys } from '../../src/upkeep/held-keys.js';
import { examineSpool } from '../../src/upkeep/doctor/spool.js';
import type { Keyring } from '../../src/upkeep/doctor/keys.js';
import { folder } from './world.js';

const KEY = Buffer.alloc(32, 7);
const NOW = Date.UTC(2026, 2, 1, 8);
const MINUTE = 60_000;

/** An id of ours that was made at a time. */
function idAt(ms: number, n = 0): string {
  const time = ms.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${n.toString(16).padStart(12, '0')}`;
}

/** Data keys as a store would show them. */
async function keyring(): Promise<Keyring> {
  const wrapped = new Map<string, Uint8Array>();
  const keys = {
    ...heldKeys(wrapped, []),
    putIfAbsent: (subject: string, key: Uint8Array) => {
      wrapped.set(subject, key);
      return Promise.resolve(key);
    },
  };
  await Vault.open({ keys, encryptionKeys: [KEY] });
  return { wrapped, erased: new Set() };
}

describe('the doctor and the spool', () => {
  let [own, foreign]: [Keyring | null, Keyring | null] = [null, null];
  beforeAll(async () => {
    [own, foreign] = [await keyring(), await keyring()];
  });

  async function sealed(id: string): Promise<Buffer> {
    const vault = await Vault.open({ keys: heldKeys(own?.wrapped ?? new Map(), []), encryptionKeys: [KEY] });
    return encode({ id, sealed: await vault.seal('intake', { table: 'spool', record: id, field: 'body' }, { v: 1 }) });
  }

  /** A folder of spools whose places hold these bytes. */
  function spools(...places: Buffer[]): string {
    const dir = join(folder(), 'spool');
    mkdirSync(dir);
    places.forEach((bytes, at) => {
      mkdirSync(join(dir, String(at + 1)));
      writeFileSync(join(dir, String(at + 1), 'entries.spool'), bytes);
    });
    return dir;
  }

  const look = async (spoolDir: string, keys: Keyring | null = own) =>
    (await examineSpool({ spoolDir, keyring: keys, encryptionKeys: [KEY], now: NOW })).map(
      ({ level, name, values }) => `${level} ${name} ${JSON.stringify(values)}`,
    );

  it('says nothing where there was never one, and that it is empty where it is', async () => {
    expect(await look(join(folder(), 'spool'))).toEqual([]);
    expect(await look(spools(Buffer.alloc(0)))).toEqual(['well spool_empty {}']);
    const dir = spools();
    mkdirSync(join(dir, '1'));
    expect(await look(dir)).toEqual(['well spool_empty {}']);
  });

  it('says what waits in all places and since when, and calls it bad after a quarter of an hour', async () => {
    const lately = [await sealed(idAt(NOW - 2 * MINUTE)), await sealed(idAt(NOW - 4 * MINUTE, 1))];
    expect(await look(spools(...lately))).toEqual(['look spool_waits {"count":2,"minutes":4}']);
    const long = await sealed(idAt(NOW - 16 * MINUTE));
    expect(await look(spools(Buffer.concat([lately[0]!, long])))).toEqual(['bad spool_waits {"count":2,"minutes":16}']);
  });

  it('says what was damaged, here and at a former start, and not an end that is being written', async () => {
    const [one, two, three] = [await sealed(idAt(NOW)), await sealed(idAt(NOW, 1)), await sealed(idAt(NOW, 2))];
    two[two.length - 1] = (two.at(-1) ?? 0) ^ 1;
    const waits = 'look spool_waits {"count":2,"minutes":0}';
    const dir = spools(Buffer.concat([one, two, three]));
    expect(await look(dir)).toEqual([waits, 'bad spool_damaged {"count":1}']);
    writeFileSync(join(dir, 'damaged-1-1.bin'), two);
    expect(await look(dir)).toEqual([waits, 'bad spool_damaged {"count":2}']);
    expect(await look(spools(Buffer.concat([one, three, two.subarray(0, 20)])))).toEqual([waits]);
  });

  it('says what the keys of these data do not open, and opens nothing where there are none', async () => {
    const dir = spools(Buffer.concat([await sealed(idAt(NOW)), await sealed(idAt(NOW, 1))]));
    const waits = 'look spool_waits {"count":2,"minutes":0}';
    expect(await look(dir)).toEqual([waits]);
    expect(await look(dir, foreign)).toEqual([waits, 'bad spool_unopened {"count":2,"of":2}']);
    const without = { wrapped: new Map([...(own?.wrapped ?? [])].filter(([subject]) => subject !== 'intake')) };
    expect(await look(dir, { ...without, erased: new Set() })).toEqual([
      waits,
      'bad spool_unopened {"count":2,"of":2}',
    ]);
    expect(await look(dir, null)).toEqual([waits]);
  });

  it('changes nothing', async () => {
    const dir = spools(Buffer.concat([await sealed(idAt(NOW)), Buffer.from('SPL1 torn')]));
    const before = [readdirSync(dir), readFileSync(join(dir, '1', 'entries.spool'))];
    await look(dir);
    expect([readdirSync(dir), readFileSync(join(dir, '1', 'entries.spool'))]).toEqual(before);
    expect(readdirSync(join(dir, '1'))).toEqual(['entries.spool']);
  });
});
