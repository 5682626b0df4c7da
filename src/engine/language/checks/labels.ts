/** Labels of choices fit the tightest channel, and can be told apart. */
import { plain } from '../../text/normalise.js';
import type { AskStep, Choice } from '../../types.js';
import type { DraftStep, FlowLimits } from '../draft.js';
import type { Place, Report } from '../finding.js';
import { shownLength } from './lengths.js';
import type { Checked } from './index.js';

export function checkLabels(checked: Checked): void {
  for (const flow of checked.flows) {
    for (const draft of flow.steps) {
      const { step } = draft;
      if (step.kind !== 'ask' || !step.choices) continue;
      checkSame(step.choices, draft, checked.report);
      if (!step.plain) checkFit(step, step.choices, draft, checked);
    }
  }
}

/** The label and hint that a channel allows when so many options are shown; undefined: they become numbered text. */
function roomFor(count: number, limits: FlowLimits): { label: number; hint: number } | undefined {
  if (limits.buttons && count <= limits.buttons.count) return { label: limits.buttons.label, hint: Infinity };
  return limits.list && count <= limits.list.count ? limits.list : undefined;
}

function checkFit(step: AskStep, choices: readonly Choice[], draft: DraftStep, checked: Checked): void {
  const extra = step.optional ? 1 : 0;
  const least = Math.max(1, choices.filter((choice) => !choice.onlyIf).length) + extra;
  const most = choices.length + extra;
  for (const limits of checked.limits) {
    for (let count = least; count <= most; count++) {
      const room = roomFor(count, limits);
      if (room) choices.forEach((choice) => checkChoice(choice, room, limits.channel, draft, checked));
    }
  }
}

function checkChoice(
  choice: Choice,
  room: { label: number; hint: number },
  channel: string,
  draft: DraftStep,
  { pack, report }: Checked,
): void {
  for (const [part, text, most] of [
    ['label', choice.label, room.label],
    ['hint', choice.hint ?? {}, room.hint],
  ] as const) {
    for (const language of pack.languages) {
      const source = text[language] ?? '';
      const length = shownLength(source, language, pack);
      if (length <= most) continue;
      report.add(
        'label_too_long',
        placeOf(choice, text, language, draft),
        `The ${part} "${source}" has ${length} letters; ${channel} takes ${most} here.`,
        `Shorten it to ${most} letters${part === 'label' ? '; the rest can stand under "hint"' : ''}.`,
      );
    }
  }
}

/** Where a text is written; choices of a list of the pack stand in charity.yaml. */
function placeOf(choice: Choice, text: Choice['label'], language: string, draft: DraftStep): Place {
  const found = draft.texts.find((one) => one.text === text);
  const line = found?.lines[language];
  if (found && line !== undefined) return { file: found.at.file, line };
  return draft.places.get(`choices.${choice.id}`) ?? draft.at;
}

function checkSame(choices: readonly Choice[], draft: DraftStep, report: Report): void {
  const owners = new Map<string, Choice>();
  for (const choice of choices) {
    const words = [
      ...Object.entries(choice.label),
      ...Object.entries(choice.also ?? {}).flatMap(([language, all]) => all.map((word) => [language, word] as const)),
    ];
    for (const [language, word] of words) {
      const key = plain(word);
      const owner = owners.get(key);
      if (key === '' || owner === undefined) {
        if (key !== '') owners.set(key, choice);
        continue;
      }
      if (owner.id === choice.id || (owner.onlyIf && choice.onlyIf)) continue;
      report.add(
        'same_label',
        placeOf(choice, choice.label, language, draft),
        `"${word}" means both "${owner.id}" and "${choice.id}".`,
        'Give one of the two other words.',
      );
    }
  }
}
