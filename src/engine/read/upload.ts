/** A link to a page of our own for papers that should not go through a foreign channel. */
import { askShort, reask } from '../ask.js';
import type { Turn } from '../turn.js';
import type { AskingStep } from '../types.js';

/** At a question for a file the link and what to do with it; elsewhere a word about where there is one. */
export function giveUploadLink(turn: Turn): void {
  const step = turn.waiting;
  const { frame } = turn;
  if (!step || !frame || !isForFiles(step)) return nowhere(turn, step);
  const found = turn.lookUp('upload_link', { run: frame.run, step: step.id });
  if (!found) return;
  const { link = '', minutes = '' } = found.values ?? {};
  if (found.outcome !== 'ready') return askShort(turn, step, turn.text('engine.upload.later'));
  // On a line of its own and as it is: what stands around a value would become part of the link.
  reask(turn, step, `${turn.text('engine.upload.link', { minutes })}\n${link}`);
}

export function isForFiles(step: AskingStep): boolean {
  return step.kind === 'ask' && step.answer === 'file';
}

function nowhere(turn: Turn, step: AskingStep | undefined): void {
  if (step) askShort(turn, step, turn.text('engine.upload.nowhere'));
  else turn.sayKey('engine.upload.nowhere');
}
