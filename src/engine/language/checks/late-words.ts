/** What is said by itself after silence is said while every channel still lets us, or names a template. */
import type { DraftFlow } from '../draft.js';
import { isQuestion } from '../graph.js';
import { languageLimits } from '../language-limits.js';
import type { Checked } from './index.js';

export function checkLateWords({ flows, limits, report }: Checked): void {
  const windows = limits.flatMap((one) =>
    one.replyWindow === null ? [] : [{ channel: one.channel, last: one.replyWindow - languageLimits.windowMargin }],
  );
  const [tightest] = windows.sort((a, b) => a.last - b.last);
  if (!tightest) return;
  for (const flow of flows) {
    for (const { step, at, places } of flow.steps) {
      if (!isQuestion(step) || step.silence.after <= tightest.last || !speaks(step.silence.go, flow)) continue;
      const place = places.get('on_silence') ?? flow.places.get('on_silence') ?? at;
      const hours = Math.floor(tightest.last / 3_600_000);
      report.add(
        'late_without_template',
        place,
        `After this silence "${step.silence.go}" speaks, but ${tightest.channel} takes nothing after ${hours} hours.`,
        `Wait at most ${hours}h, let the end say nothing, or give it "template: <name>".`,
      );
    }
  }
}

/** Only an end can be silent, or have a template for what it says. */
function speaks(target: string, flow: DraftFlow): boolean {
  const end = flow.ends.find((one) => one.end.id === target)?.end;
  return !end || end.then !== undefined || (end.say !== undefined && end.template === undefined);
}
