/** Every jump leads to a step or an end of its flow, to a flow that exists, or to the parked draft. */
import type { Step } from '../../types.js';
import type { DraftFlow, DraftStep } from '../draft.js';
import type { Place } from '../finding.js';
import { isQuestion } from '../graph.js';
import { reportUnknown } from '../shape.js';
import type { Checked } from './index.js';
import { checkMoved } from './moved.js';

interface Jump {
  readonly to: string;
  readonly at: Place;
}

/** `flows`: the names of all flows, those that could not be read among them. */
export function checkJumps(checked: Checked, flows: readonly string[]): void {
  const known = new Set(flows);
  for (const flow of checked.written) {
    const own = new Set([
      ...flow.steps.flatMap(({ step, family }) => [step.id, family ?? step.id]),
      ...flow.ends.map(({ end }) => end.id),
    ]);
    for (const { to, at } of [...jumpsOf(flow), ...moves(flow)]) {
      if (to.startsWith('flow/')) checkFlow(to.slice('flow/'.length), at, flows, known, checked);
      else if (to !== 'resume' && !own.has(to)) {
        reportUnknown(
          'dangling_jump',
          at,
          `There is no step and no end "${to}" in the flow "${flow.id}".`,
          to,
          [...own],
          checked.report,
        );
      }
    }
    for (const { end, places, at } of flow.ends) {
      if (end.then === undefined) continue;
      const place = places.get('then') ?? at;
      if (end.then.startsWith('flow/')) checkFlow(end.then.slice('flow/'.length), place, flows, known, checked);
      else
        checked.report.add(
          'dangling_jump',
          place,
          `"then: ${end.then}" does not name a flow.`,
          'Write "then: flow/menu".',
        );
    }
  }
  checkMoved(checked, flows);
  checkLeftOut(checked);
  checkFlow(checked.start, checked.startAt, flows, known, checked);
  for (const { flow, at } of checked.doors) checkFlow(flow, at, flows, known, checked);
}

/** Where people of earlier versions are sent; a draft is nothing to be sent to. */
function moves({ moved }: DraftFlow): Jump[] {
  return moved.flatMap(({ kind, to, toAt }) => (kind === 'step' ? [{ to: to === 'resume' ? '' : to, at: toAt }] : []));
}

/** A flow whose every step is another charity's cannot be opened here. */
function checkLeftOut({ written, flows, report }: Checked): void {
  const whole = new Set(written.filter(({ steps }) => steps.length > 0).map(({ id }) => id));
  const gone = new Set(
    flows.filter(({ id, steps }) => steps.length === 0 && whole.has(id)).map(({ id }) => `flow/${id}`),
  );
  for (const flow of flows) {
    const ends = flow.ends.map(({ end, places, at }) => ({ to: end.then ?? '', at: places.get('then') ?? at }));
    for (const { to, at } of [...jumpsOf(flow), ...ends]) {
      if (!gone.has(to)) continue;
      const name = to.slice('flow/'.length);
      report.add(
        'unknown_flow',
        at,
        `The flow "${name}" has no step in this charity.`,
        'Give this jump the same only_if.',
      );
    }
  }
}

/** Flows where a run can begin: the start, the doors, and all that a jump or an end opens. */
export function entrances(checked: Checked): Set<string> {
  const opened = checked.written.flatMap((flow) => [
    ...jumpsOf(flow).map((jump) => jump.to),
    ...flow.ends.map(({ end }) => end.then ?? ''),
  ]);
  const named = opened.filter((to) => to.startsWith('flow/')).map((to) => to.slice('flow/'.length));
  return new Set([checked.start, ...checked.doors.map((door) => door.flow), ...named]);
}

/** All jumps of a flow, with where they are written. */
export function jumpsOf(flow: DraftFlow): Jump[] {
  return flow.steps.flatMap((draft) => stepJumps(draft, flow));
}

function stepJumps(draft: DraftStep, flow: DraftFlow): Jump[] {
  const { step, places, at } = draft;
  const place = (key: string): Place => places.get(key) ?? flow.places.get(key) ?? at;
  const jumps: Jump[] = step.go === undefined ? [] : [{ to: step.go, at: place('go') }];
  if ('on' in step) for (const [value, to] of Object.entries(step.on)) jumps.push({ to, at: place(`on.${value}`) });
  if (step.kind === 'branch')
    step.cases.forEach((one, index) => jumps.push({ to: one.go, at: place(`case.${index}.go`) }));
  return [...jumps, ...questionJumps(step, place)];
}

function questionJumps(step: Step, place: (key: string) => Place): Jump[] {
  if (!isQuestion(step)) return [];
  const choices = step.kind === 'ask' ? (step.choices ?? []) : [];
  const chosen = choices.flatMap((choice) =>
    choice.go === undefined ? [] : [{ to: choice.go, at: place(`choices.${choice.id}.go`) }],
  );
  const wrong = step.wrong.go === undefined ? [] : [{ to: step.wrong.go, at: place('on_wrong_answer') }];
  const silence = step.silence.go === '' ? [] : [{ to: step.silence.go, at: place('on_silence') }];
  return [...chosen, ...wrong, ...silence];
}

function checkFlow(
  id: string,
  at: Place,
  flows: readonly string[],
  known: ReadonlySet<string>,
  checked: Checked,
): void {
  if (!known.has(id)) reportUnknown('unknown_flow', at, `There is no flow "${id}".`, id, flows, checked.report);
}
