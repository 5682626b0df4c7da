// The Dockerfile, as far as it can be checked without an engine: what it copies is there, and nothing else comes near.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDockerfile } from './dockerfile.js';

const root = resolve(import.meta.dirname, '../..');
const stages = readDockerfile(join(root, 'Dockerfile'));
const last = stages.at(-1)!;
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  engines: { node: string };
  dependencies: Record<string, string>;
};
const fromSources = [
  ...new Set(stages.flatMap(({ copies }) => copies.filter(({ from }) => from === null)).flatMap((one) => one.sources)),
];

/** Pages are built into dist/public; nothing of their sources runs on the server. */
const PAGES = ['src/staff/console', 'channels/website/widget'];

function sources(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`;
    if (PAGES.includes(path)) return [];
    return statSync(join(root, path)).isDirectory() ? sources(path) : path.endsWith('.ts') ? [path] : [];
  });
}

describe('the image', () => {
  it('is made of things that are there', () => {
    expect(fromSources.length).toBeGreaterThan(6);
    expect(fromSources.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('lets in what it copies and nothing else', () => {
    const rules = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    const said = rules.filter((rule) => rule !== '' && !rule.startsWith('#'));
    expect(said[0]).toBe('*');
    expect(
      said
        .slice(1)
        .map((rule) => rule.slice(1))
        .sort(),
    ).toEqual([...fromSources].sort());
  });

  it('takes from a stage only what that stage has', () => {
    for (const { copies } of stages)
      for (const { from, sources: paths } of copies.filter((one) => one.from !== null)) {
        const stage = stages.find(({ name }) => name === from);
        expect(stage).toBeDefined();
        for (const path of paths) expect(path).toMatch(new RegExp(`^${stage?.workdir ?? '-'}/[\\w./-]+$`));
      }
  });

  it('stands on one exact version of Node that the program accepts, on a slim Debian', () => {
    const least = /(\d+)\.(\d+)/.exec(manifest.engines.node);
    for (const { base } of stages) {
      const [, major, minor] = /^node:(\d+)\.(\d+)\.\d+-bookworm-slim$/.exec(base) ?? [];
      expect(Number(major)).toBe(Number(least?.[1]));
      expect(Number(minor)).toBeGreaterThanOrEqual(Number(least?.[2]));
    }
  });

  it('runs as nobody special, with its data in a volume', () => {
    expect(last.user).toBe('node');
    expect(last.volumes).toEqual([last.environment['DATA_DIR']]);
    expect(last.ports).toEqual([last.environment['PORT']]);
    expect(last.command).toEqual(['node', 'dist/src/main.js']);
  });

  it('holds no tool that only building or testing needs', () => {
    const [install, remove] = stages.find(({ name }) => name === 'modules')?.runs ?? [];
    expect(install).toBe('npm ci --omit=dev');
    const removed = remove?.split(' ').slice(3) ?? [];
    expect(removed.length).toBeGreaterThan(5);
    expect(removed.filter((name) => manifest.dependencies[name] === undefined)).toEqual([]);
    const running = [...sources('src'), ...sources('channels')].map((path) => readFileSync(join(root, path), 'utf8'));
    const used = removed.filter((name) =>
      running.some((source) => new RegExp(`(from|import\\() ?'${name}['/]`).test(source)),
    );
    expect(used).toEqual([]);
  });
});
