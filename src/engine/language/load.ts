/** Takes up a compiled flow set from JSON. */
import type { FlowSet } from '../types.js';
import { hashOf } from './hash.js';

/** The set cannot be used: written by a newer program, or changed after it was compiled. */
export class FlowSetError extends Error {
  override readonly name = 'FlowSetError';
  constructor(readonly code: 'not_json' | 'version' | 'hash') {
    super(`flow set: ${code}`);
  }
}

/** The set in a JSON text. Throws {@link FlowSetError} when version or hash do not fit. */
export function loadSet(json: string): FlowSet {
  return verifySet(parsed(json));
}

/** The same for JSON that was parsed already. */
export function verifySet(value: unknown): FlowSet {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new FlowSetError('not_json');
  const { hash, ...body } = value as Partial<FlowSet>;
  if (body.version !== 1) throw new FlowSetError('version');
  if (hash !== hashOf(body)) throw new FlowSetError('hash');
  return value as FlowSet;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new FlowSetError('not_json');
  }
}
