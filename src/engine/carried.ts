/** The first turn of a run that was carried over to a newer flow set: it is brought to its place before anything is read. */
import { isAsking } from './prepare.js';
import { clean } from './text/clean.js';
import { plain } from './text/normalise.js';
import { heedDanger } from './read/danger.js';
import { overPace } from './read/pace.js';
import { obey } from './read/words.js';
import type { Turn } from './turn.js';
import type { Carried, Effect, GlobalWord, Input, PersonInput } from './types.js';
import { walk } from './walk.js';

/**
 * Words are read as an answer only where the person stands at the very question that they were asked, under whatever name. Where they
 * do not, the question of now is put to them first. `read` is how any other turn goes on.
 */
export function readCarried(turn: Turn, input: Input, read: (turn: Turn, input: Input) => void): void {
  const { carried, hold } = turn.session;
  if (!carried) return read(turn, input);
  if (input.kind === 'message' && !hold) readMessage(turn, input, carried, read);
  else readOther(turn, input, carried, read);
  if (turn.session.stack[0]?.run !== carried.run) delete turn.session.carried;
}

function readMessage(turn: Turn, input: PersonInput, carried: Carried, read: (turn: Turn, input: Input) => void): void {
  const said = settle(turn);
  if (turn.need) return;
  if (standsAt(turn, carried)) {
    delete turn.session.carried;
    return read(turn, renamed(input, carried));
  }
  if (turn.session.pending?.about !== 'resume') delete turn.session.pending;
  const text = clean(input.text ?? '');
  heedDanger(turn, text);
  if (overPace(turn, input.choice ?? text)) return turn.readAs('pace');
  delete turn.session.carried;
  const word = turn.prepared.words.get(plain(text));
  if (word !== undefined && wishes.has(word) && waits(turn)) {
    turn.readAs('word');
    obey(turn, word, plain(text));
  } else {
    turn.sayKey('engine.carried');
    turn.effects.push(...said);
  }
  // The words belong to the question of then, and so does their privacy.
  turn.read = {
    as: turn.read.as === 'word' ? 'word' : 'stale',
    flow: carried.flow,
    step: carried.step,
    class: carried.class,
  };
}

const wishes: ReadonlySet<GlobalWord> = new Set<GlobalWord>(['menu', 'back', 'cancel', 'help', 'person', 'language']);

/** Timers, staff, and a person whom staff have: the place is found in silence. A run that would end by it is left until the person writes. */
function readOther(turn: Turn, input: Input, carried: Carried, read: (turn: Turn, input: Input) => void): void {
  const { session } = turn;
  const { stack, parked, pending, hold } = structuredClone(session);
  settle(turn);
  if (turn.need) return;
  if (!waits(turn) || session.stack[0]?.run !== carried.run) {
    delete session.parked;
    delete session.pending;
    delete session.hold;
    Object.assign(session, { stack, ...(parked && { parked }), ...(pending && { pending }), ...(hold && { hold }) });
    turn.unsettled = true;
  } else if (!standsAt(turn, carried)) {
    const { now: _, ...asked } = carried;
    session.carried = asked;
  }
  if (turn.unsettled && input.kind === 'timer') return turn.readAs('timer');
  read(turn, input);
  // Whoever comes back from staff has just been asked.
  if (hold && !session.hold && !turn.unsettled) delete session.carried;
}

/** Walks to the place, or to a question that has no answer on the way there; gives back what was said. */
function settle(turn: Turn): Effect[] {
  const before = turn.effects.length;
  turn.settling = true;
  turn.passing = true;
  walk(turn);
  turn.settling = false;
  turn.passing = false;
  return turn.effects.splice(before);
}

function waits(turn: Turn): boolean {
  return turn.waiting !== undefined && isAsking(turn.waiting);
}

function standsAt(turn: Turn, { now }: Carried): boolean {
  return now !== undefined && turn.frame?.flow === now.flow && turn.frame.step === now.step;
}

/** An option of the question under its former name is the same option now. */
function renamed(input: PersonInput, { run, step, now }: Carried): PersonInput {
  const start = `${run}/${step}/`;
  if (now === undefined || !input.choice?.startsWith(start)) return input;
  return { ...input, choice: `${run}/${now.step}/${input.choice.slice(start.length)}` };
}
