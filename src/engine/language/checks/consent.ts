/** On every way to a sensitive question a consent was given before. */
import { isQuestion } from '../graph.js';
import { consentGiven } from '../program.js';
import type { Checked, Programs } from './index.js';

export function checkConsent({ report }: Checked, { compiled }: Programs): void {
  for (const program of compiled.all) {
    for (const { step, at, family } of program.flow.steps) {
      if (!isQuestion(step) || step.kind === 'consent' || step.class !== 'sensitive') continue;
      if (program.has(consentGiven, program.node(step.id))) continue;
      report.add(
        'sensitive_without_consent',
        at,
        `The sensitive question "${family ?? step.id}" can be reached without a consent.`,
        'Put a "consent" step before it on every way, and let its "no" go elsewhere: "on: { no: declined }".',
      );
    }
  }
}
