// Reads our Dockerfile: stages, and what each copies and runs. Only as much of the language as we use; the rest is refused.
import { readFileSync } from 'node:fs';

export interface Copy {
  /** A stage, or null: from the sources. */
  from: string | null;
  sources: string[];
  to: string;
}

export interface Stage {
  name: string | null;
  /** The image, arguments filled in. */
  base: string;
  copies: Copy[];
  runs: string[];
  environment: Record<string, string>;
  user: string | null;
  workdir: string;
  volumes: string[];
  ports: string[];
  command: string[];
  /** The command that says whether it is alive. */
  health: string[];
}

export function readDockerfile(path: string): Stage[] {
  const stages: Stage[] = [];
  const args = new Map<string, string>();
  for (const line of lines(readFileSync(path, 'utf8'))) {
    const [, word = '', rest = ''] = /^(\S+)\s+(.*)$/.exec(line) ?? [];
    const stage = stages.at(-1);
    if (word === 'ARG') args.set(...(rest.split('=', 2) as [string, string]));
    else if (word === 'FROM') stages.push(newStage(rest, args));
    else if (!stage || !(word in instructions)) throw new Error(`not understood: ${line}`);
    else instructions[word]?.(stage, rest);
  }
  return stages;
}

const instructions: Record<string, (stage: Stage, rest: string) => void> = {
  COPY: (stage, rest) => stage.copies.push(copyOf(rest)),
  RUN: (stage, rest) => stage.runs.push(rest),
  ENV: (stage, rest) => {
    for (const pair of rest.split(' ')) stage.environment[pair.split('=')[0] ?? ''] = pair.split('=')[1] ?? '';
  },
  USER: (stage, rest) => (stage.user = rest),
  WORKDIR: (stage, rest) => (stage.workdir = rest),
  VOLUME: (stage, rest) => stage.volumes.push(rest),
  EXPOSE: (stage, rest) => stage.ports.push(rest),
  CMD: (stage, rest) => (stage.command = JSON.parse(rest) as string[]),
  HEALTHCHECK: (stage, rest) => (stage.health = JSON.parse(rest.replace(/^.*? CMD /, '')) as string[]),
};

function lines(text: string): string[] {
  const joined = text.replace(/\\\n\s*/g, ' ');
  return joined
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function newStage(rest: string, args: ReadonlyMap<string, string>): Stage {
  const [image = '', , name = null] = rest.split(/\s+/);
  const base = image.replace(/\$\{(\w+)\}/g, (_all, arg: string) => args.get(arg) ?? '');
  const lists = { copies: [], runs: [], volumes: [], ports: [], command: [], health: [] };
  return { name, base, environment: {}, user: null, workdir: '/', ...lists };
}

function copyOf(rest: string): Copy {
  const words = rest.split(/\s+/);
  const from = /^--from=(.+)$/.exec(words[0] ?? '')?.[1] ?? null;
  const paths = from === null ? words : words.slice(1);
  return { from, sources: paths.slice(0, -1), to: paths.at(-1) ?? '' };
}
