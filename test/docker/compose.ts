// docker-compose.yml as read, in the words of https://github.com/compose-spec/compose-spec/blob/main/05-services.md; others are refused.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { readDockerfile } from './dockerfile.js';

export const root = resolve(import.meta.dirname, '../..');
const words = z.array(z.string());
const exec = z.union([z.string(), words]);
const service = z.strictObject({
  build: z.literal('.').optional(),
  image: z.string().regex(/^[a-z]+:\d+\.\d+\.\d+(-[a-z]+)?$/),
  restart: z.literal('unless-stopped').optional(),
  read_only: z.boolean().optional(),
  tmpfs: words.optional(),
  cap_drop: z.tuple([z.literal('ALL')]).optional(),
  cap_add: words.optional(),
  security_opt: words.optional(),
  stop_grace_period: z
    .string()
    .regex(/^\d+s$/)
    .optional(),
  user: z.string().optional(),
  networks: words,
  env_file: z.array(z.strictObject({ path: z.string(), required: z.boolean() })).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  secrets: words.optional(),
  ports: z.array(z.string().regex(/^\d+:\d+$/)).optional(),
  volumes: words.optional(),
  entrypoint: exec.optional(),
  command: exec.optional(),
  healthcheck: z
    .strictObject({
      test: words,
      interval: z.string(),
      timeout: z.string(),
      start_period: z.string().optional(),
      retries: z.number(),
    })
    .optional(),
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.enum(['service_healthy', 'service_completed_successfully']) }))
    .optional(),
});
const file = z.strictObject({ file: z.string() });
export const compose = z
  .strictObject({
    name: z.literal('sila'),
    services: z.record(z.string(), service),
    networks: z.record(z.string(), z.strictObject({ internal: z.literal(true).optional() })),
    volumes: z.record(z.string(), z.null()),
    secrets: z.record(z.string(), file),
  })
  .parse(
    Object.fromEntries(
      Object.entries(
        parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as Record<string, unknown>,
      ).filter(([key]) => !key.startsWith('x-')),
    ),
  );
export const { services } = compose;
export const all = Object.entries(services);
/** Our own processes. */
export const apps = all.filter(([, one]) => one.build === '.');
/** What stands in the image that they run. */
export const image = readDockerfile(join(root, 'Dockerfile')).at(-1)!;
