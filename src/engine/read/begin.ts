/** A message that begins a thread of its own, where people may answer what was said last or begin anew: e-mail. */
import { limits } from '../limits.js';
import { clean } from '../text/clean.js';
import { groupCaseNumber } from '../text/damm.js';
import type { Turn } from '../turn.js';
import type { Beginning, FileRef, PersonInput, ShownAnswer } from '../types.js';
import { open } from './open.js';

/** The flow that files a scan of a letter; charities without letters have none. */
const LETTER = 'letter';

/**
 * True when the message was read as a beginning. What nothing proves to be the person's never answers a waiting question: nobody can agree,
 * confirm or withdraw in the name of another by writing under their address.
 */
export function beginAnew(turn: Turn, input: PersonInput, text: string, words: string): boolean {
  const { begins } = input;
  const [bottom] = turn.session.stack;
  const atMenu = bottom === undefined || bottom.flow === turn.prepared.set.start;
  if (!begins || (begins.proven && !atMenu)) return false;
  delete turn.session.pending;
  if (!begins.letter || !fileLetter(turn, begins.letter, input)) open(turn, input, text, words);
  return true;
}

/** A letter to the charity is recorded as it came, as one on paper is: nothing is asked, and what was under way stays. False: no letters here. */
function fileLetter(turn: Turn, letter: NonNullable<Beginning['letter']>, input: PersonInput): boolean {
  if (!turn.prepared.flows.has(LETTER)) return false;
  const text = clean(input.text ?? '', limits.letter);
  turn.readAs('start');
  for (const { key, values } of input.refused ?? []) turn.sayKey(`edge.${key}`, values);
  const { ids } = turn.context;
  const number = ids.number();
  const files = input.files ?? [];
  const { sender, subject } = letter;
  turn.effects.push({
    kind: 'submission',
    run: ids.run(),
    flow: LETTER,
    opens: 'case/letter',
    number,
    language: turn.language,
    answers: {
      sender,
      subject,
      ...(text !== '' && { words: text }),
      ...(files.length > 0 && { scan: files.map((file) => ({ ...file })) }),
    },
    shown: shownIn(turn, letter, text, files),
    files,
  });
  turn.sayKey('engine.letter.recorded', { number: groupCaseNumber(number) });
  return true;
}

function shownIn(
  turn: Turn,
  { sender, subject }: NonNullable<Beginning['letter']>,
  text: string,
  files: readonly FileRef[],
): ShownAnswer[] {
  const names = files.map(({ name }) => name).join(', ');
  return [
    ...shownAs(turn, 'sender', sender),
    ...shownAs(turn, 'subject', subject),
    ...(text === '' ? [] : [wordsShown(turn, text)]),
    ...(files.length === 0 ? [] : shownAs(turn, 'scan', names).map((scan) => ({ ...scan, files: [...files] }))),
  ];
}

/** As the flow that asks for it calls and keeps it. */
function shownAs(turn: Turn, name: string, value: string): ShownAnswer[] {
  const question = turn.prepared.flows.get(LETTER)?.questions.get(name);
  if (question?.kind !== 'ask' || !question.short) return [];
  return [{ name, label: turn.renderAll(question.short), value, class: question.class, type: question.answer }];
}

function wordsShown(turn: Turn, value: string): ShownAnswer {
  const label = turn.renderAll(turn.prepared.set.texts['engine.letter.words'] ?? {});
  return { name: 'words', label, value, class: 'sensitive', type: 'text' };
}
