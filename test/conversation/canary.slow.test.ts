// Twenty people with known names, phones, IDs and files go through everything; then every byte that was written is searched for them.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { groupCaseNumber } from '../../src/cases/number.js';
import { startServer } from '../../src/server/server.js';
import { VaultError } from '../../src/privacy/vault-error.js';
import { createStaffRoutes } from '../../src/staff/routes.js';
import { pack } from '../support/pack.js';
import { keepSpans } from '../support/spans.js';
import { Clock, harness, HUDA, SARA, type Harness } from './harness.js';
import { fileRequest, saudiId, type Applicant } from './request.js';

interface Canary extends Applicant {
  profile: string;
  secret: string;
}

const FIRST = ['فاطمة', 'عمر', 'خديجة', 'سلمان', 'نورة', 'يزيد', 'هيفاء', 'طلال', 'ريم', 'ماجد'];
const FAMILY = ['الزهرانيكناري', 'الغامديكناري'];

const people: Canary[] = Array.from({ length: 20 }, (_, n) => {
  const two = String(n + 10);
  const secret = `canary-${two}-kidney-8f31`;
  return {
    // As WhatsApp has it: the user id is the phone number.
    user: `9665512347${two}`,
    phone: `05512347${two}`,
    id: saudiId(`1098765${two}`),
    name: `${FIRST[n % 10]!} عبدالكناري ${FAMILY[n % 2]!}`,
    profile: `ملف كناري ${two}`,
    secret,
    need: `أحتاج إلى غسيل كلى عاجل ${secret} هذا الأسبوع`,
    file: { name: `تقرير-كناري-${two}.pdf`, bytes: Buffer.from(`%PDF-1.4\n% ${secret} in the file\n%%EOF\n`) },
  };
});

/** What must be found nowhere. */
const canaries = [
  ...people.flatMap(({ phone, id, name, profile, secret, user, file }) => [
    phone.slice(1),
    user,
    id,
    name,
    profile,
    secret,
    file!.name,
  ]),
  'عبدالكناري',
  ...FAMILY,
  'وصية كناري',
  'canary-note-77',
  'canary-reply-78',
  'canary-comment-79',
];

/** Everything that a text may look like on a disk. */
function forms(text: string): Buffer[] {
  const utf16 = Buffer.from(text, 'utf16le');
  const plain = [Buffer.from(text, 'utf8'), utf16, Buffer.from(utf16).swap16()];
  const escaped = Buffer.from(
    JSON.stringify(text)
      .slice(1, -1)
      .replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );
  const coded = plain.flatMap((bytes) => {
    const hex = bytes.toString('hex');
    return [hex, hex.toUpperCase(), ...[0, 1, 2].flatMap((shift) => base64At(bytes, shift))];
  });
  return [...plain, escaped, ...coded.map((one) => Buffer.from(one))];
}

/** The letters that surely appear when these bytes stand `shift` bytes into something that is base64. */
function base64At(bytes: Buffer, shift: number): string[] {
  const padded = Buffer.concat([Buffer.alloc(shift), bytes]);
  const from = Math.ceil((shift * 8) / 6);
  const to = Math.floor((padded.length * 8) / 6);
  const text = padded.toString('base64').slice(from, to);
  return [text, text.replace(/\+/g, '-').replace(/\//g, '_')];
}

function filesBelow(dir: string): string[] {
  return readdirSync(dir).flatMap((name) => {
    const path = join(dir, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

/** Where the needles are found: place and needle. */
function hits(places: Record<string, Buffer>, needles: readonly string[]): string[] {
  return needles.flatMap((needle) => {
    const shapes = forms(needle);
    return Object.entries(places).flatMap(([place, bytes]) =>
      shapes.some((shape) => bytes.includes(shape)) ? [`${place}: ${needle}`] : [],
    );
  });
}

const onDisk = (dir: string): Record<string, Buffer> =>
  Object.fromEntries(filesBelow(dir).map((path) => [path, Buffer.concat([Buffer.from(path), readFileSync(path)])]));

describe('canaries', () => {
  const home = mkdtempSync(join(tmpdir(), 'sila-canary-'));
  const dir = join(home, 'data');
  const clock = new Clock();
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it('the search itself finds what is there, in every form', () => {
    const text = canaries[3]!;
    const utf16 = Buffer.from(text, 'utf16le');
    for (const shift of [0, 1, 2]) {
      const around = Buffer.concat([Buffer.from('abc'.slice(0, shift)), Buffer.from(text), Buffer.from('xyz')]);
      expect(hits({ a: Buffer.from(`{"k":"${around.toString('base64')}"}`) }, [text])).toHaveLength(1);
    }
    for (const bytes of [
      utf16,
      Buffer.from(utf16).swap16(),
      Buffer.from(utf16.toString('hex')),
      Buffer.from(`x${text}y`),
    ]) {
      expect(hits({ a: bytes }, [text])).toHaveLength(1);
    }
  });

  it('of twenty people stand nowhere in data folder, logs, metrics and traces', async () => {
    const printed: string[] = [];
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((chunk) => (printed.push(String(chunk)), true));
    }
    const spans = keepSpans();
    const h = await harness({ dir, clock });
    try {
      for (const person of people) await everything(h, person);
      expect(await h.store.turns.quarantined(100)).toHaveLength(people.length);
      const metrics = await metricsOf(h);
      expect(metrics).toContain('sila_cases');
      const places = {
        ...onDisk(dir),
        logs: Buffer.from(JSON.stringify(h.logged) + printed.join('')),
        metrics: Buffer.from(metrics),
        spans: Buffer.from(JSON.stringify(spans.all)),
      };
      expect(spans.all.length).toBeGreaterThan(people.length * 50);
      expect(Object.keys(places).length).toBeGreaterThan(people.length);
      expect(hits(places, canaries)).toEqual([]);
    } finally {
      spans.stop();
      vi.restoreAllMocks();
      await h.stop();
    }
    expect(hits(onDisk(dir), canaries)).toEqual([]);
  });

  it('of one who was erased cannot be opened again, not from older rows either; the others can', async () => {
    const [gone, ...others] = people;
    const before = join(home, 'before');
    cpSync(dir, before, { recursive: true });
    const h = await harness({ dir, clock });
    const lost = await traces(h, gone!);
    expect(lost.keys.length).toBe(2);
    const [found] = await h.sila.desk.cases({ search: gone!.phone, limit: 5 }, SARA);
    expect(await h.sila.desk.erase(found!.conversation, SARA)).toMatchObject({ cases: 1, files: 1 });
    for (const person of others) expect(await opens(h, person)).toBe(true);
    await h.stop();

    // The wrapped keys are overwritten on disk, and so is what lay under keys that live on.
    const disk = Buffer.concat(Object.values(onDisk(dir)));
    for (const bytes of [...lost.keys, ...lost.items]) expect(disk.includes(Buffer.from(bytes))).toBe(false);

    // Rows and files from before the erasure, with the keys of now: what a back-up of the rows alone would give back.
    const mixed = join(home, 'mixed');
    mkdirSync(mixed);
    cpSync(before, mixed, { recursive: true });
    for (const name of readdirSync(mixed).filter((one) => one.startsWith('keys.db'))) rmSync(join(mixed, name));
    for (const name of readdirSync(dir).filter((one) => one.startsWith('keys.db')))
      cpSync(join(dir, name), join(mixed, name));
    const revived = await harness({ dir: mixed, clock });
    const host = revived.sila.host('fake');
    await expect(host.transcript('main', gone!.user, 0, 10)).rejects.toBeInstanceOf(VaultError);
    await expect(revived.sila.desk.cases({ search: gone!.phone, limit: 5 }, SARA)).rejects.toBeInstanceOf(VaultError);
    expect(await opens(revived, others[0]!)).toBe(true);
    await revived.stop();
  });

  /** The bytes whose disappearance is the erasure: wrapped keys, and the intake's copies of what was written. */
  async function traces(h: Harness, person: Canary): Promise<{ keys: Uint8Array[]; items: Uint8Array[] }> {
    const items: Uint8Array[] = [];
    const accept = h.store.turns.accept.bind(h.store.turns);
    h.store.turns.accept = (hint, item) => (items.push(item.sealed), accept(hint, item));
    await h.tell(person.user, `القائمة ${person.secret}`);
    h.store.turns.accept = accept;
    const home_ = await h.store.addresses.conversationOf(
      'main',
      h.sila.house.vault.hash('address', 'main', person.user),
    );
    const [row] = await h.store.cases.of(home_!.address);
    const keys = await Promise.all([
      h.store.keys.get(`address:${home_!.address}`),
      h.store.keys.get(`case:${row!.number}`),
    ]);
    return { keys: keys.filter((key) => key !== null), items };
  }
});

/** All that a person and staff can do. */
async function everything(h: Harness, person: Canary): Promise<void> {
  const { user, name, id, secret } = person;
  await h.tell(user, 'السلام عليكم', { name: person.profile });
  const number = await fileRequest(h, person);
  h.clock.pass(120_000);
  for (const text of ['4', 'canary-comment-79', 'متابعة طلب', `سؤال ${secret} متى الدوام؟`, 'القائمة'])
    await h.tell(user, text);
  h.clock.pass(120_000);
  await h.tell(user, 'موظف');
  await h.tell(user, 'وصية كناري', { location: { lat: 24.7, lon: 46.7 } });
  const { desk } = h.sila;
  const detail = await desk.case(groupCaseNumber(number), SARA);
  await desk.transcript(detail.conversation, HUDA);
  await desk.take(detail.conversation, HUDA);
  await desk.reply(detail.conversation, HUDA, `أهلًا ${name} canary-reply-78`, `reply-${user}`);
  await h.settle();
  await desk.handBack(detail.conversation, HUDA);
  await desk.addNote(number, SARA, `هوية ${id} canary-note-77`);
  await desk.changeStatus(number, SARA, { to: 'committee', tell: true, reason: `يا ${name}` });
  await desk.messagePerson(number, SARA, `إلى ${name}`, `message-${user}`);
  for (const search of [name, person.phone, id, id.slice(-4)]) await desk.cases({ search, limit: 5 }, SARA);
  await desk.file(detail.files[0]!.id, SARA);
  await h.settle();
  // One message that breaks, and one that is never handled.
  const { house } = h.sila;
  const find = house.finder.find.bind(house.finder);
  const breaks = (text: string) => {
    throw new Error(`${name} ${text}`);
  };
  Object.assign(house.finder, { find: breaks });
  await h.tell(user, `هل يصل ${name} إلى شيء؟`);
  Object.assign(house.finder, { find });
  await h.write(user, `ينتظر ${secret}`);
}

async function metricsOf(h: Harness): Promise<string> {
  const { house } = h.sila;
  const { set, texts } = pack('safe-treatment');
  const routes = createStaffRoutes({
    store: house.store,
    desk: h.sila.desk,
    charity: { name: set.charity.name, zone: set.charity.zone, languages: set.languages },
    publicUrl: null,
    hash: (value) => house.vault.hash('staff', value),
    now: house.now,
    newId: () => house.ids.next(),
    randomToken: () => 'x',
  });
  const server = await startServer({
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://127.0.0.1',
    hops: 0,
    widgetOrigins: [],
    publicDir: join(h.dir, 'none'),
    channels: [],
    routes,
    flowSet: () => set,
    texts,
    observer: house,
    readNumbers: h.sila.readNumbers,
    readiness: h.sila.readiness,
    newId: () => house.ids.next(),
  });
  const url = `http://127.0.0.1:${server.port}`;
  await fetch(`${url}/api/staff/cases/${people[0]!.id}?q=${people[0]!.phone}`);
  const text = await (await fetch(`${url}/metrics`)).text();
  await server.stop();
  return text;
}

/** Whether staff and the person can read what belongs to the person. */
async function opens(h: Harness, person: Canary): Promise<boolean> {
  const [line] = await h.sila.desk.cases({ search: person.id, limit: 5 }, SARA);
  const detail = await h.sila.desk.case(line!.number, SARA);
  const transcript = await h.sila.host('fake').transcript('main', person.user, 0, 500);
  const file = await h.sila.desk.file(detail.files[0]!.id, SARA);
  return (
    detail.name === person.name &&
    transcript.some(({ text }) => text.includes(person.secret)) &&
    file.bytes.includes(person.secret)
  );
}
