/** The first message of a conversation, or the first after a flow has ended. */
import { pickable } from '../ask.js';
import type { Turn } from '../turn.js';
import type { PersonInput } from '../types.js';
import { startFlow } from '../walk.js';
import { take } from './answer.js';
import { byWord } from './pick.js';
import { tryQuestion } from './question.js';
import { tappedGlobal } from './tapped.js';
import { obey } from './words.js';

/** Opens the start flow; a message that already says what it wants is heard at once. */
export function open(turn: Turn, input: PersonInput, text: string, words: string): void {
  const { set } = turn.prepared;
  turn.readAs('start');
  if (silent(input)) return turn.readAs('silent');
  if (input.choice?.startsWith('!/')) return tappedGlobal(turn, input.choice.slice(2));
  if (!turn.session.met) turn.session.language = firstLanguage(turn, input, text);
  startFlow(turn, set.start);
  if (turn.need || !set.readFirst) return;
  if (input.choice !== undefined) return turn.readAs('stale');
  hear(turn, input, text, words);
}

/** What the first message wants, if that is plain: a choice of the menu by its words, a person, a language, a question. */
function hear(turn: Turn, input: PersonInput, text: string, words: string): void {
  if (input.refused?.length) {
    for (const { key, values } of input.refused) turn.say(turn.text(`edge.${key}`, values));
    return;
  }
  const step = turn.waiting;
  const word = turn.prepared.words.get(words);
  if (word === 'person' || word === 'language') {
    dropQuestion(turn);
    return obey(turn, word, words);
  }
  const chosen = step && byWord(turn, words, pickable(turn, step));
  if (step && chosen !== undefined) {
    dropQuestion(turn);
    turn.readAs('choice', step);
    return take(turn, step, chosen);
  }
  if (word !== undefined || text === '') return;
  const menu = dropQuestion(turn);
  const question = tryQuestion(turn, text, false);
  if (question === 'no' && menu) turn.effects.push(menu);
  if (question === 'answered') turn.readAs('question');
}

/** Takes the menu's question back: something better is about to be said. */
function dropQuestion(turn: Turn): Turn['effects'][number] | undefined {
  return turn.effects.at(-1)?.kind === 'say' ? turn.effects.pop() : undefined;
}

function silent(input: PersonInput): boolean {
  return input.media === 'reaction' || input.media === 'edit' || input.media === 'deleted';
}

/** The language of a first message: its letters, else the channel's guess, else the pack's first. */
function firstLanguage(turn: Turn, input: PersonInput, text: string): string {
  const { languages } = turn.prepared.set;
  const guess = /\p{Script=Arabic}/u.test(text) ? 'ar' : /[A-Za-z]{2}/.test(text) ? 'en' : input.language?.slice(0, 2);
  return guess !== undefined && languages.includes(guess) ? guess : (languages[0] ?? turn.language);
}
