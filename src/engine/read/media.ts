/** Files, voice notes, places and other things that are not words. */
import type { Turn } from '../turn.js';
import type { AnswerInput, AskingStep, PersonInput } from '../types.js';
import { ask } from '../ask.js';
import { take } from './answer.js';
import { readText, valueOf } from './person.js';

/** True when the message was no words, or its words are no answer here; nothing is counted as wrong. */
export function readMedia(turn: Turn, step: AskingStep, input: PersonInput, answer: AnswerInput): boolean {
  if (input.refused?.length) {
    const reasons = input.refused.map(({ key, values }) => turn.text(`edge.${key}`, values));
    const why = [...new Set(reasons)].join('\n');
    if (answer.files.length === 0) {
      turn.readAs('wrong', step);
      ask(turn, step, why);
      return true;
    }
    turn.say(why);
  }
  // A voice note is no paper, though it is a file: it is kept, and heard by staff.
  if (input.media === 'voice') return readOther(turn, step, input.media);
  if (answer.files.length > 0) return readFiles(turn, step, answer);
  // What came beside words (a film, the preview of a link) is no reason to pass over them.
  if (input.media !== undefined && answer.text === '') return readOther(turn, step, input.media);
  return answer.location !== undefined && answer.text === '' && readPlace(turn, step, answer);
}

/** A shared place is an answer where one is asked for. */
function readPlace(turn: Turn, step: AskingStep, answer: AnswerInput): boolean {
  const reading = valueOf(turn, step, answer);
  if ('value' in reading) {
    turn.readAs('answer', step);
    take(turn, step, reading.value);
    return true;
  }
  turn.readAs('wrong', step);
  ask(turn, step, turn.text('engine.wrong.location'));
  return true;
}

function readFiles(turn: Turn, step: AskingStep, answer: AnswerInput): boolean {
  const reading = step.kind === 'ask' && step.answer === 'file' ? valueOf(turn, step, answer) : undefined;
  if (reading && 'value' in reading) {
    turn.readAs('answer', step);
    take(turn, step, reading.value);
    return true;
  }
  turn.readAs('wrong', step);
  if (answer.text !== '') readText(turn, step, { ...answer, files: [] });
  else ask(turn, step, `${turn.text('engine.file.kept')} ${turn.text('engine.wrong.kind')}`);
  return true;
}

function readOther(turn: Turn, step: AskingStep, media: NonNullable<PersonInput['media']>): boolean {
  turn.readAs('wrong', step);
  if (media === 'voice') turn.effects.push({ kind: 'unanswered', question: '' });
  ask(turn, step, turn.text(media === 'voice' ? 'engine.wrong.voice' : 'engine.wrong.kind'));
  return true;
}
