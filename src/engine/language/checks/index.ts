/** All checks of a pack that need more than one line of it. */
import type { GlobalWord } from '../../types.js';
import type { DraftFlow, FlowLimits, Lists } from '../draft.js';
import type { Place, Report } from '../finding.js';
import type { Texts } from '../read-texts.js';

export interface Checked {
  /** The flows as written, each-steps written out: nothing is left out for this charity. */
  readonly written: readonly DraftFlow[];
  /** The flows as this charity has them. */
  readonly flows: readonly DraftFlow[];
  readonly pack: Lists;
  readonly start: string;
  readonly startAt: Place;
  readonly doors: readonly { readonly word: GlobalWord; readonly flow: string; readonly at: Place }[];
  readonly texts: Texts;
  readonly limits: readonly FlowLimits[];
  readonly report: Report;
}

export function checkPack(_pack: Checked): void {}
