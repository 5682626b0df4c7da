/** What a person could do next in a talk: the moves among which a cover of a flow is sought. */
import type { AskStep, AskingStep, GlobalWord, Step } from '../../src/engine/types.js';
import type { Liberty } from '../chats/marks.js';
import { type House, type Room } from '../chats/room.js';
import { hear, type Heard, type Talk } from '../chats/talk.js';
import { freeQuestions, languageOf, rightAnswers, wrongAnswer } from './samples.js';

/** One move: a few lines that belong together. Undefined when it cannot be made here. */
export type Act = (room: Room, talk: Talk) => Heard | undefined;

export interface Wanted {
  /** Liberties that are still to be taken at the waiting question. */
  readonly liberties: readonly Liberty[];
  /** Whether the waiting question's ways out are still to be gone. */
  readonly wrong: boolean;
  readonly silence: boolean;
  /** Whether the hour of the day matters. */
  readonly hours: boolean;
}

/** The question that waits, if one does. */
export function waitingIn(house: House, talk: Talk): AskingStep | undefined {
  const frame = talk.session?.stack.at(-1);
  const step = frame && house.set.flows[frame.flow]?.steps.find((one) => one.id === frame.step);
  return step && isAsking(step) ? step : undefined;
}

/** The moves of a person who wants to go on, liberties first. */
export function actsAt(room: Room, talk: Talk, wanted: Wanted): Act[] {
  const { session } = talk;
  const step = waitingIn(room.house, talk);
  if (!session || session.hold || !step) return [say(greeting(room, talk))];
  if (session.pending) return talk.options.slice(0, 3).map(({ label }) => say(`> [${label}]`));
  return [
    ...wanted.liberties.filter((liberty) => liberty !== 'silence').flatMap((liberty) => liberties[liberty](room, talk)),
    ...answers(room, talk, step),
    ...(wanted.wrong ? [wrongly(step)] : []),
    ...(wanted.silence || wanted.liberties.includes('silence') ? [wait(step)] : []),
    ...(wanted.hours ? [say('~ 10h')] : []),
    ...worldly(step),
  ];
}

/** Leaves for the menu, wherever the person stands. */
export function toMenu(room: Room, talk: Talk): Act {
  return settled(word(room, talk, 'menu'));
}

/** One line that is said as it stands. */
function say(line: string): Act {
  return (room, talk) => chain(room, talk, [() => line]);
}

function chain(room: Room, talk: Talk, lines: readonly ((talk: Talk) => string | undefined)[]): Heard | undefined {
  let heard: Heard = { talk, lines: [], results: [], marks: [] };
  for (const next of lines) {
    const line = next(heard.talk);
    if (line === undefined) continue;
    const more = hear(room, heard.talk, line);
    heard = {
      talk: more.talk,
      lines: [...heard.lines, ...more.lines],
      results: [...heard.results, ...more.results],
      marks: [...heard.marks, ...more.marks],
    };
  }
  return heard;
}

const liberties: Readonly<Record<Exclude<Liberty, 'silence'>, (room: Room, talk: Talk) => Act[]>> = {
  kind: () => [say('> (sticker)')],
  question: ({ house }, talk) => freeQuestions(house, languageOf(talk)).map((question) => say(`> ${question}`)),
  language: (_room, talk) => [
    settled(languageOf(talk) === 'ar' ? '> English' : '> العربية', (after) =>
      after.session?.pending?.about === 'language' ? tap(after, languageOf(talk) === 'ar' ? 'en' : 'ar') : undefined,
    ),
  ],
  correction: (room, talk) => corrigible(room, talk).map((label) => settled(`> ${edit(room, talk)} ${label}`)),
  cancel: (room, talk) => [
    settled(word(room, talk, 'cancel'), (after) => (after.session?.pending?.about === 'cancel' ? tap(after, 'no') : undefined)),
  ],
  back: (room, talk) => [settled(word(room, talk, 'back'))],
};

/** A word that is meant as a wish: where the question takes any words it is asked back. */
function settled(line: string, ...more: ((talk: Talk) => string | undefined)[]): Act {
  const meant = (after: Talk): string | undefined =>
    after.session?.pending?.about === 'word' ? tap(after, 'command') : undefined;
  return (room, talk) => chain(room, talk, [() => line, meant, ...more]);
}

function tap(talk: Talk, id: string): string | undefined {
  const option = talk.options.find((one) => one.id.endsWith(`/${id}`));
  return option && `> [${option.label}]`;
}

/** Earlier answers by their names, newest first. */
function corrigible({ house }: Room, talk: Talk): string[] {
  const frame = talk.session?.stack.at(-1);
  const flow = frame && house.set.flows[frame.flow];
  if (!flow) return [];
  const answered = flow.steps.filter(
    (step): step is AskStep =>
      step.kind === 'ask' && step.id !== frame.step && frame.answers[step.id] !== undefined,
  );
  return answered
    .reverse()
    .flatMap((step) => step.short?.[languageOf(talk)] ?? [])
    .filter((label) => !label.includes('{'))
    .slice(0, 2);
}

function answers(room: Room, talk: Talk, step: AskingStep): Act[] {
  const own = `/${step.id}/`;
  const buttons = talk.options.filter(({ id }) => id.includes(own)).map(({ label }) => say(`> [${label}]`));
  return [...rightAnswers(step, talk, room.house).map((words) => say(words.startsWith('(') ? `> ${words}` : `> ${words}`)), ...buttons];
}

function wrongly(step: AskingStep): Act {
  const words = wrongAnswer(step);
  const tries = step.wrong.tries === 'any' ? 1 : step.wrong.tries;
  return (room, talk) => (words === undefined ? undefined : chain(room, talk, Array.from({ length: tries }, () => () => `> ${words}`)));
}

/** Says nothing until the question gives up. */
function wait(step: AskingStep): Act {
  return say(`~ ${Math.ceil(step.silence.after / 3_600_000) + 1}h`);
}

/** What may happen in the house while a list of it stands before the person. */
function worldly(step: AskingStep): Act[] {
  return step.kind === 'ask' && step.choicesFrom !== undefined
    ? [say('= case erased'), say('= articles withdrawn')]
    : [];
}

function word({ house }: Room, talk: Talk, meaning: GlobalWord): string {
  return `> ${house.set.words[meaning][languageOf(talk)]?.[0] ?? ''}`;
}

function edit({ house }: Room, talk: Talk): string {
  return house.set.words.edit[languageOf(talk)]?.[0] ?? '';
}

function greeting(room: Room, talk: Talk): string {
  return talk.session?.hold ? word(room, talk, 'menu') : word(room, talk, 'greeting');
}

function isAsking(step: Step): step is AskingStep {
  return 'wrong' in step;
}
