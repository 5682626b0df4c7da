// Runs the reference work ("the aid intake") through the real engine: compiled flow, real answer types, session as one JSON text.
import { readFileSync } from 'node:fs';
import { compileSources } from '../dist/bench/compile.js';
import { prepare } from '../dist/src/engine/prepare.js';
import { step } from '../dist/src/engine/step.js';
import { fnv } from './work.mjs';

export const info = { peer: 'sila', note: 'pure step function, compiled flow, session as one JSON text' };

const source = new URL('./flows/aid-intake.yaml', import.meta.url);
const prepared = prepare(compileSources({ 'flows/aid-intake.yaml': readFileSync(source, 'utf8') }, 'aid-intake'));

/** @param {{store?: {get(k: string): any, set(k: string, text: string): any, del(k: string): any}}} options */
export function create({ store } = {}) {
  const own = new Map();
  let runs = 0;
  const ids = (conversation) => ({ run: () => (++runs).toString(36), number: () => `AR-${fnv(conversation)}` });

  function play(conversation, session, said) {
    const result = step(prepared, session, input(said), { now: Date.now(), ids: ids(conversation) });
    const replies = [];
    for (const effect of result.effects) if (effect.kind === 'say') replies.push(effect.text);
    return { replies, session: result.session.stack.length > 0 ? result.session : undefined };
  }

  function turnInStore(conversation, said, text) {
    const { replies, session } = play(conversation, text ? JSON.parse(text) : null, said);
    const done = session ? store.set(conversation, JSON.stringify(session)) : store.del(conversation);
    return isPromise(done) ? done.then(() => replies) : replies;
  }

  return {
    start() {},
    turn(conversation, said) {
      if (!store) {
        const { replies, session } = play(conversation, own.get(conversation) ?? null, said);
        if (session) own.set(conversation, session);
        else own.delete(conversation);
        return replies;
      }
      const text = store.get(conversation);
      return isPromise(text)
        ? text.then((known) => turnInStore(conversation, said, known))
        : turnInStore(conversation, said, text);
    },
    close() {
      own.clear();
    },
  };
}

function input(said) {
  if (!said.startsWith('attachment:')) return { kind: 'message', text: said };
  const name = said.slice('attachment:'.length);
  return { kind: 'message', files: [{ id: name, name, mime: 'application/pdf', bytes: 1 }] };
}

const isPromise = (value) => typeof value?.then === 'function';
