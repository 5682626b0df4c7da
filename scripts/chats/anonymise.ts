/** Makes a test of a real conversation: names, numbers, files and told stories give way to stand-ins of the same kind. */
import type { Answers, AskingStep, Session } from '../../src/engine/types.js';
import { standInText } from '../flows/samples.js';
import { playIn } from './play.js';
import { type House, roomFor } from './room.js';
import { StandIns } from './stand-ins.js';
import { beginTalk, hear } from './talk.js';

/** An answer that a line gave. */
interface Given {
  readonly question: AskingStep;
  readonly value: unknown;
}

/**
 * The transcript without what would tell who spoke, and with what the bot says to it now. Every line of the person is read with the
 * questions that it answers: names become other names wherever they stand, IDs, phones, accounts and case numbers valid others, files
 * other files, and what was told in a person's own words a sentence of the same kind. Throws when the transcript cannot be played.
 */
export function anonymise(transcript: string, house: House): string {
  const lines = transcript.split('\n').filter((line) => /^([>~=] |#)/.test(line));
  const given = answersOf(lines, transcript, house);
  const standIns = new StandIns();
  for (const { question, value } of given.flat())
    if (isName(question) && typeof value === 'string') standIns.name(value);
  const told = lines.map((line, index) => replaced(line, given[index] ?? [], house, standIns));
  return playIn(house, told.join('\n')).text;
}

/** For every line the answers that it gave. */
function answersOf(lines: readonly string[], transcript: string, house: House): Given[][] {
  const room = roomFor(transcript, house);
  let talk = beginTalk(room);
  return lines.map((line) => {
    if (line.startsWith('#')) return [];
    const before = answersIn(talk.session);
    const heard = hear(room, talk, line);
    talk = heard.talk;
    const filed = heard.results.flatMap(({ effects }) =>
      effects.flatMap((effect) => (effect.kind === 'submission' ? [effect.answers] : [])),
    );
    const after: Answers = Object.assign({}, answersIn(talk.session), ...filed) as Answers;
    return Object.entries(after).flatMap(([name, value]) => {
      const question = questionNamed(name, house);
      return question && JSON.stringify(before[name]) !== JSON.stringify(value) ? [{ question, value }] : [];
    });
  });
}

function answersIn(session: Session | null): Answers {
  return Object.assign({}, ...(session?.stack ?? []).map((frame) => frame.answers)) as Answers;
}

function questionNamed(name: string, house: House): AskingStep | undefined {
  for (const flow of house.traced.prepared.flows.values()) {
    const question = flow.questions.get(name);
    if (question) return question;
  }
  return undefined;
}

function isName(question: AskingStep): boolean {
  return question.kind === 'declaration' || (question.kind === 'ask' && question.answer === 'name');
}

function replaced(line: string, given: readonly Given[], house: House, standIns: StandIns): string {
  if (line.startsWith('#') || line.startsWith('~')) return line;
  const taken = /^= take /.test(line);
  if (taken) return `= take ${standIns.name(line.slice('= take '.length))}`;
  const file = /^> \(file\) (.*)$/.exec(line)?.[1];
  if (file !== undefined) return `> (file) ${standIns.file(file)}`;
  const story = given.find(
    ({ question, value }) => isStory(question) && typeof value === 'string' && line.slice(2) === value,
  );
  const sentence = story && standInText(story.question, house);
  if (sentence !== undefined) return `> ${sentence}`;
  return standIns.namesIn(standIns.numbersIn(line));
}

/** Free words that are filed as they are. */
function isStory(question: AskingStep): boolean {
  return question.kind === 'ask' && question.answer === 'text' && question.class !== 'public';
}
