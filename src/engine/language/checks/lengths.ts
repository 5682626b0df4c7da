/** What is said in one message fits one message on every channel. */
import type { Language, Text } from '../../types.js';
import type { DraftStep, DraftText, FlowLimits, Lists } from '../draft.js';
import { isQuestion } from '../graph.js';
import type { Checked } from './index.js';

export function checkLengths(checked: Checked): void {
  for (const flow of checked.flows) {
    for (const { step, texts } of flow.steps) {
      const said = isQuestion(step) ? step.ask : step.kind === 'say' ? step.say : undefined;
      const found = texts.find((one) => one.text === said || sameText(one.text, said));
      if (found) checkText(found, hasOptions(step), checked);
    }
    for (const { texts } of flow.ends) texts.forEach((text) => checkText(text, false, checked));
  }
}

/** Letters of a text with the charity's facts put in; what people answer is not counted. */
export function shownLength(source: string, language: Language, pack: Lists): number {
  if (!source.includes('{')) return source.length;
  return source.replaceAll(
    /\{charity\.([a-z0-9_]+)\}/g,
    (whole, name: string) => pack.facts.get(name)?.[language] ?? whole,
  ).length;
}

function checkText({ text, at, lines }: DraftText, options: boolean, { pack, limits, report }: Checked): void {
  const [tightest] = limits
    .map((one) => ({ channel: one.channel, most: roomFor(one, options) }))
    .sort((a, b) => a.most - b.most);
  if (!tightest) return;
  for (const [language, source] of Object.entries(text)) {
    const length = shownLength(source, language, pack);
    if (length <= tightest.most) continue;
    const place = { file: at.file, line: lines[language] ?? at.line };
    report.add(
      'text_too_long',
      place,
      `The text has ${length} letters; ${tightest.channel} takes ${tightest.most}${options ? ' where choices follow' : ''}.`,
      'Shorten it, or say the first part in a step of its own.',
    );
  }
}

function roomFor(limits: FlowLimits, options: boolean): number {
  return options ? (limits.textWithOptions ?? limits.text) : limits.text;
}

function hasOptions(step: DraftStep['step']): boolean {
  if (step.kind === 'consent') return true;
  return (
    step.kind === 'ask' &&
    !step.plain &&
    (step.choices !== undefined || step.choicesFrom !== undefined || step.answer === 'yes_no')
  );
}

function sameText(a: Text, b: Text | undefined): boolean {
  return b !== undefined && Object.keys(a).every((language) => a[language] === b[language]);
}
