/** The walls between the rooms: who may import whom, and which packages stand in one room only. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Room → rooms it may import from. A pattern ends with `/` for a whole room; anything else is a single file. */
const allowed: Record<string, string[]> = {
  'src/engine/': [],
  'src/cases/': ['src/engine/text/', 'src/engine/types.ts'],
  'src/inquiries/': ['src/engine/text/', 'src/engine/types.ts'],
  'src/privacy/': ['src/store/contract.ts'],
  'src/store/': [],
  'src/queue/': [],
  // Beside main: puts together what it builds.
  'src/boot/': ['src/', 'channels/'],
  'src/config/': ['src/url.ts'],
  'src/spool/': ['src/store/contract.ts'],
  'src/files/': ['src/privacy/', 'src/store/contract.ts', 'src/engine/types.ts'],
  'src/contacts/': ['src/privacy/', 'src/store/contract.ts'],
  'src/upkeep/': ['src/privacy/', 'src/files/', 'src/spool/', 'src/store/contract.ts', 'src/store/audit-chain.ts'],
  'src/observe/': ['src/store/contract.ts', 'src/queue/contract.ts'],
  'src/conversation/': [
    'src/engine/',
    'src/cases/',
    'src/inquiries/',
    'src/privacy/',
    'src/files/',
    'src/spool/',
    'src/contacts/',
    'src/observe/',
    'src/store/contract.ts',
    'src/queue/contract.ts',
    'channels/channel.ts',
    'src/ids.ts',
  ],
  'channels/common/': ['channels/channel.ts', 'src/engine/types.ts', 'src/url.ts'],
  'channels/': ['channels/channel.ts', 'channels/common/', 'src/engine/types.ts', 'src/url.ts'],
  'src/server/': [
    'src/conversation/',
    'src/observe/',
    'src/store/contract.ts',
    'src/queue/contract.ts',
    'channels/channel.ts',
    // Reading uploads and telling networks apart, as the website does.
    'channels/common/',
    'src/engine/types.ts',
    'src/url.ts',
  ],
  'src/staff/': [
    'src/conversation/',
    'src/cases/',
    'src/privacy/',
    'src/store/contract.ts',
    'src/queue/contract.ts',
    'channels/channel.ts',
    'src/engine/types.ts',
    'src/url.ts',
  ],
};

/** Packages that only one room may load. */
const packages: Record<string, string> = {
  express: 'src/server/',
  helmet: 'src/server/',
  '@photostructure/sqlite': 'src/store/embedded/',
  mongoose: 'src/store/mongo/',
  bullmq: 'src/queue/bullmq/',
  ioredis: 'src/queue/bullmq/',
  '@bull-board/api': 'src/queue/bullmq/',
  yaml: 'src/engine/language/',
  telegraf: 'channels/telegram/',
  'whatsapp-web.js': 'channels/whatsapp-web/',
  botbuilder: 'channels/botframework/',
  'prom-client': 'src/observe/',
  '@opentelemetry/api': 'src/observe/',
};

interface Import {
  from: string;
  /** Our file, relative to the root, or a package's name. */
  to: string;
  ours: boolean;
}

describe('walls', () => {
  const imports = [...files('src'), ...files('channels')].flatMap(importsOf);

  it('reads the imports of the whole tree', () => {
    expect(imports.length).toBeGreaterThan(200);
    expect(imports.some((one) => one.ours)).toBe(true);
  });

  it('no room imports what its wall keeps out', () => {
    expect(
      imports.filter((one) => one.ours && !mayImport(one.from, one.to)).map((one) => `${one.from} → ${one.to}`),
    ).toEqual([]);
  });

  it('a package that belongs to one room is loaded nowhere else', () => {
    const strays = imports.filter(
      (one) => !one.ours && packages[one.to] !== undefined && !one.from.startsWith(packages[one.to]!),
    );
    expect(
      strays
        .filter((one) => !(one.to === 'yaml' && one.from.startsWith('src/inquiries/')))
        .map((one) => `${one.from} → ${one.to}`),
    ).toEqual([]);
  });

  it('only the configuration reads the environment', () => {
    const readers = [...files('src'), ...files('channels')].filter((file) => /process\.env/.test(read(file)));
    expect(readers.filter((file) => file !== 'src/config.ts')).toEqual([]);
  });

  it('engine, cases and inquiries touch no clock, no chance, no disk', () => {
    const impure = /Date\.now\(|new Date\(\)|Math\.random\(|randomUUID|from 'node:(fs|net|http|child_process|os)/;
    const rooms = ['src/engine', 'src/cases', 'src/inquiries'].flatMap(files);
    expect(rooms.filter((file) => impure.test(read(file)))).toEqual([]);
  });

  it('a crossed wall is caught', () => {
    expect(mayImport('src/engine/step.ts', 'src/store/contract.ts')).toBe(false);
    expect(mayImport('src/conversation/turn.ts', 'src/store/embedded/open.ts')).toBe(false);
    expect(mayImport('channels/website/index.ts', 'src/conversation/desk.ts')).toBe(false);
    expect(mayImport('channels/website/index.ts', 'channels/telegram/index.ts')).toBe(false);
    expect(mayImport('src/privacy/vault.ts', 'src/engine/types.ts')).toBe(false);
  });
});

describe('channels', () => {
  const folders = readdirSync(join(root, 'channels'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'common')
    .map(({ name }) => name);

  it.each(folders)('%s brings its limits, its tests, and fixtures of both ways', (name) => {
    expect(faultsOf(name)).toEqual([]);
  });

  it.each(folders.filter((name) => /path: '\/webhooks|webhookPath|path = '\/api\/messages/.test(sourceOf(name))))(
    '%s has a webhook and runs the contract suite',
    (name) => {
      const tests = files('test/channels').map(read);
      expect(tests.some((source) => source.includes(`channelContract('${name}'`))).toBe(true);
    },
  );

  it('a folder without any of it is refused', () => {
    expect(faultsOf('common')).toEqual(['limits.ts', 'tests', 'fixtures/in.json', 'fixtures/out.json']);
  });

  it('an SDK is loaded only when its channel is on', () => {
    const eager = files('channels').filter((file) =>
      /^import (?!type).*'(telegraf|botbuilder|whatsapp-web\.js|imapflow|postal-mime|nodemailer)'/m.test(read(file)),
    );
    expect(eager).toEqual([]);
    expect(read('channels/telegram/client.ts')).toContain("await import('telegraf')");
  });
});

/** What a channel's folder lacks. */
function faultsOf(name: string): string[] {
  const there = (path: string) => existsSync(join(root, `channels/${name}/${path}`));
  const lists = (path: string) => there(path) && (JSON.parse(read(`channels/${name}/${path}`)) as unknown[]).length > 0;
  const tested = ['test/channels', 'test/providers']
    .flatMap(files)
    .some((file) => read(file).includes(`channels/${name}/index`));
  return [
    ...(there('limits.ts') ? [] : ['limits.ts']),
    ...(tested ? [] : ['tests']),
    ...['fixtures/in.json', 'fixtures/out.json'].filter((path) => !lists(path)),
  ];
}

function sourceOf(name: string): string {
  return files(`channels/${name}`).map(read).join('\n');
}

function mayImport(from: string, to: string): boolean {
  if (!/^(src\/[^/]+\/|channels\/[^/]+\/)/.test(from)) return true;
  const room = roomOf(from);
  if (room === undefined) return false;
  if (from.startsWith('channels/') ? sameFolder(from, to) : to.startsWith(room)) return true;
  return (allowed[room] ?? []).some((place) => (place.endsWith('/') ? to.startsWith(place) : to === place));
}

function roomOf(file: string): string | undefined {
  return Object.keys(allowed)
    .filter((room) => file.startsWith(room))
    .sort((a, b) => b.length - a.length)[0];
}

function sameFolder(from: string, to: string): boolean {
  return from.split('/').slice(0, 2).join('/') === to.split('/').slice(0, 2).join('/');
}

function files(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (path === 'src/staff/console' || path === 'channels/website/widget') return [];
    if (statSync(join(root, path)).isDirectory()) return files(path);
    return /\.ts$/.test(name) ? [path] : [];
  });
}

function importsOf(file: string): Import[] {
  const found = [...read(file).matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => match[1]!);
  return found
    .filter((target) => !target.startsWith('node:'))
    .map((target) =>
      target.startsWith('.')
        ? { from: file, to: relative(root, resolve(root, dirname(file), target)).replace(/\.js$/, '.ts'), ours: true }
        : {
            from: file,
            to: target
              .split('/')
              .slice(0, target.startsWith('@') ? 2 : 1)
              .join('/'),
            ours: false,
          },
    );
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
