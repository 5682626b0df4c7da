/** The words that work everywhere: menu, back, cancel, help, a person, language. */
import { ask, askShort } from '../ask.js';
import { handOff } from '../handoff.js';
import { leaveCalled, stepBack } from '../retrace.js';
import { hasAnswers, startFlow } from '../runs.js';
import type { Turn } from '../turn.js';
import type { GlobalWord } from '../types.js';
import { walk } from '../walk.js';
import { restNow } from './rest.js';
import { giveUploadLink } from './upload.js';
import { dropCorrection } from './correction.js';
import { byWord } from './pick.js';

/** Does what the word asks; `said` is the word itself, where it matters. */
export function obey(turn: Turn, word: GlobalWord, said = ''): void {
  switch (word) {
    case 'menu':
      return toMenu(turn);
    case 'back':
      return back(turn);
    case 'cancel':
      return cancel(turn);
    case 'person':
      return handOff(turn, 'asked');
    case 'language':
      return changeLanguage(turn, said);
    case 'rest':
      return began(turn) && !namesMessages(turn) ? cancel(turn) : restNow(turn);
    case 'help':
      return answerAndAskAgain(turn, 'engine.help');
    case 'link':
    case 'code':
    case 'separate':
      return throughDoor(turn, word);
    case 'upload':
      return giveUploadLink(turn);
    case 'thanks':
      return answerAndAskAgain(turn, 'engine.thanks');
    default:
      return answerAndAskAgain(turn, 'engine.greeting.again');
  }
}

/** Something was answered: "stop" means this request. */
function began(turn: Turn): boolean {
  return turn.session.stack.some((frame) => Object.keys(frame.answers).length > 0);
}

/** Exact rules know it for opting out: "stop your messages" means no request. */
function namesMessages({ context }: Turn): boolean {
  return context.given?.['rule']?.outcome === 'opt-out';
}

/** Into the flow that the word opens; a pack without it has nothing to offer there. */
function throughDoor(turn: Turn, word: 'link' | 'code' | 'separate'): void {
  const flow = turn.prepared.set.doors[word];
  if (flow !== undefined && turn.prepared.flows.has(flow)) return startFlow(turn, flow);
  answerAndAskAgain(turn, 'engine.help');
}

/** The menu; an unfinished request is kept. */
export function toMenu(turn: Turn): void {
  startFlow(turn, turn.prepared.set.doors.menu ?? turn.prepared.set.start);
}

/** Asks the waiting question again, or opens the menu when none waits. */
export function askAgain(turn: Turn, reason?: string): void {
  const step = turn.waiting;
  if (step) return ask(turn, step, reason);
  if (reason !== undefined) turn.say(reason);
  toMenu(turn);
}

/** Drops the run after the person said so. */
export function dropRun(turn: Turn): void {
  turn.session.stack.length = 0;
  turn.sayKey('engine.cancel.done');
  toMenu(turn);
}

export function setLanguage(turn: Turn, language: string): void {
  turn.session.language = language;
  delete turn.session.languageOpen;
  if (turn.session.hold) return turn.sayKey('engine.language.set');
  askAgain(turn, turn.text('engine.language.set'));
}

function answerAndAskAgain(turn: Turn, key: string): void {
  const step = turn.waiting;
  if (step) return askShort(turn, step, turn.text(key));
  turn.sayKey(key);
}

function cancel(turn: Turn): void {
  if (!turn.session.stack.some(hasAnswers)) {
    turn.session.stack.length = 0;
    return toMenu(turn);
  }
  turn.session.pending = { about: 'cancel' };
  turn.sayKey('engine.cancel.ask', undefined, [
    { id: '!/pending/yes', label: turn.text('engine.cancel.yes') },
    { id: '!/pending/no', label: turn.text('engine.cancel.no') },
  ]);
}

/** A language called by its own name is taken at once; otherwise the person is asked. */
function changeLanguage(turn: Turn, said: string): void {
  const named = byWord(turn, said, languageOptions(turn));
  if (named !== undefined) return setLanguage(turn, named);
  offerLanguages(turn);
}

function offerLanguages(turn: Turn): void {
  turn.session.pending = { about: 'language' };
  const options = languageOptions(turn).map(({ id, label }) => ({ id: `!/pending/${id}`, label }));
  turn.sayKey('engine.language.ask', undefined, options);
}

/** Every language under its own name. */
export function languageOptions(turn: Turn): { id: string; label: string; also: string[] }[] {
  const names = turn.prepared.set.texts['engine.language.name'] ?? {};
  return turn.prepared.set.languages.map((id) => ({ id, label: names[id] ?? id, also: [id] }));
}

/** To the question before this one, in whichever flow of the run; from the first one to the menu. */
function back(turn: Turn): void {
  if (dropCorrection(turn)) return;
  for (let { frame } = turn; frame; { frame } = turn) {
    if (frame.trail.at(-1) === frame.step) frame.trail.pop();
    if (frame.trail.length > 0) {
      stepBack(turn, frame);
      return walk(turn);
    }
    if (turn.session.stack.length < 2) break;
    leaveCalled(turn);
  }
  toMenu(turn);
}
