/** All checks of a pack that need more than one line of it. */
import type { GlobalWord } from '../../types.js';
import type { DraftFlow, FlowLimits, Lists } from '../draft.js';
import type { Place, Report } from '../finding.js';
import { Program } from '../program.js';
import type { Texts } from '../read-texts.js';
import type { CaseRules } from '../read-cases.js';
import { checkCalls } from './calls.js';
import { checkCases } from './cases.js';
import { checkCircles } from './circles.js';
import { checkConditions } from './conditions.js';
import { checkConsent } from './consent.js';
import { checkEndReachable } from './end-reachable.js';
import { checkIds } from './ids.js';
import { checkJumps, entrances } from './jumps.js';
import { checkLabels } from './labels.js';
import { checkLateWords } from './late-words.js';
import { checkLengths } from './lengths.js';
import { checkNamed } from './named.js';
import { checkReachable } from './reachable.js';
import { checkTemplates } from './templates.js';
import { checkVariables } from './variables.js';

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
  /** None when the pack has no such file. */
  readonly cases: CaseRules | undefined;
  readonly limits: readonly FlowLimits[];
  readonly report: Report;
}

/** Both stages of a pack as programs; made once the calls are known to end. */
export interface Programs {
  readonly written: Program;
  readonly compiled: Program;
}

/** A flow that could not be read whole is only known by its name: what seems missing may be in the lost part. */
export function checkPack(pack: Checked): void {
  const names = pack.written.map((flow) => flow.id);
  const whole = pack.written.every((flow) => !flow.incomplete);
  const checked = {
    ...pack,
    written: pack.written.filter((flow) => !flow.incomplete),
    flows: pack.flows.filter((flow) => !flow.incomplete),
  };
  checkIds(checked);
  checkTemplates(checked);
  checkJumps(checked, names);
  checkLabels(checked);
  checkLengths(checked);
  checkLateWords(checked);
  const calls = checkCalls(checked, names);
  if (calls.circular) return;
  const entered = entrances(checked);
  const programs = { written: new Program(checked.written, entered), compiled: new Program(checked.flows, entered) };
  checkReachable(checked, programs);
  checkEndReachable(checked, programs);
  checkCircles(checked, programs);
  if (!whole || calls.dangling) return;
  checkConditions(checked, programs);
  checkNamed(checked, programs);
  checkVariables(checked, programs);
  checkConsent(checked, programs);
  checkCases(checked, programs);
}
