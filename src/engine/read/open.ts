/** The first message of a conversation, or the first after a flow has ended. */
import { pickable } from '../ask.js';
import type { Turn } from '../turn.js';
import type { GlobalWord, PersonInput } from '../types.js';
import { startFlow } from '../runs.js';
import { take } from './answer.js';
import { tryCode } from './code.js';
import { byWord } from './pick.js';
import { restNow } from './rest.js';
import { tryQuestion } from './question.js';
import { heedRule, isNoise } from './ruled.js';
import { tappedGlobal } from './tapped.js';
import { obey } from './words.js';

/** Opens the start flow; a message that already says what it wants is heard at once. */
export function open(turn: Turn, input: PersonInput, text: string, words: string): void {
  const { set } = turn.prepared;
  turn.readAs('start');
  if (input.choice?.startsWith('!/')) return tappedGlobal(turn, input.choice.slice(2));
  const word = turn.prepared.words.get(words);
  if (turn.session.met && word === 'thanks') return turn.sayKey('engine.thanks');
  if (word === 'rest') return restNow(turn);
  const said = turn.effects.length;
  startFlow(turn, set.start);
  // After words of danger a greeting and a menu would be out of place: the safety text stands alone.
  if (turn.endangered) turn.effects.length = said;
  if (turn.need || !set.readFirst) return;
  if (turn.endangered) return void heedRule(turn);
  if (input.choice !== undefined) return turn.readAs('stale');
  hear(turn, input, text, words);
}

/** What the first message wants, if that is plain: a choice of the menu by its words, a person, a language, a question. */
function hear(turn: Turn, input: PersonInput, text: string, words: string): void {
  const step = turn.waiting;
  if (!step) return;
  const menu = dropQuestion(turn);
  const word = turn.prepared.words.get(words);
  if (word === 'person' || word === 'language') return obey(turn, word, words);
  if (word === 'link' || word === 'code' || word === 'separate') return obey(turn, word, words);
  const chosen = byWord(turn, words, pickable(turn, step));
  if (chosen !== undefined) {
    turn.readAs('choice', step);
    return take(turn, step, chosen);
  }
  if (tryCode(turn, text, words)) return;
  acknowledge(turn, input, word);
  if (word === undefined && heedRule(turn)) return turn.readAs('question');
  const question = word === undefined && text !== '' && !isNoise(turn) ? tryQuestion(turn, text, false) : 'no';
  if (question === 'answered') turn.readAs('question');
  if (question === 'no' && menu) turn.effects.push(menu);
}

/** A word about what came besides words, and to somebody who greets again. */
function acknowledge(turn: Turn, input: PersonInput, word: GlobalWord | undefined): void {
  for (const { key, values } of input.refused ?? []) turn.sayKey(`edge.${key}`, values);
  if (input.media === 'voice') {
    turn.effects.push({ kind: 'unanswered', question: '' });
    turn.sayKey('engine.wrong.voice');
  } else if (input.files?.length) turn.sayKey('engine.file.kept');
  if (turn.session.met && word === 'greeting') turn.sayKey('engine.greeting.again');
}

/** Takes the menu's question back: something better may be said. */
function dropQuestion(turn: Turn): Turn['effects'][number] | undefined {
  return turn.effects.at(-1)?.kind === 'say' ? turn.effects.pop() : undefined;
}
