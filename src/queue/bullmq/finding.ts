/** A look at Redis' settings: what would make it lose bells. The sweeper rings them again, but late. */
import type { Line } from './line.js';

/** `no_append_only`: a restart forgets what rang since the last snapshot; `evicts`: when memory is short, bells are thrown away; `old`: Redis before 6.2. */
export type RedisFinding = 'no_append_only' | 'evicts' | 'old';

/** From INFO, which hosted servers answer too, where CONFIG is refused. */
export async function lookAtRedis(line: Line): Promise<RedisFinding[]> {
  const facts = factsOf(await line.ask((redis) => redis.info()));
  const [major = 0, minor = 0] = (facts.get('redis_version') ?? '').split('.').map(Number);
  return [
    ...(facts.get('aof_enabled') === '1' ? [] : ['no_append_only' as const]),
    ...(facts.get('maxmemory_policy') === 'noeviction' ? [] : ['evicts' as const]),
    ...(major > 6 || (major === 6 && minor >= 2) ? [] : ['old' as const]),
  ];
}

function factsOf(info: string): Map<string, string> {
  const lines = info.split('\r\n').filter((line) => line.includes(':'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1)]));
}
