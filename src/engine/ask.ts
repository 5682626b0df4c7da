/** Puts a question, with its choices, before the person. */
import { answerTypes } from './answers/index.js';
import { show } from './show.js';
import type { Turn } from './turn.js';
import type { AskStep, AskingStep, Choice, Option, ReviewStep, SayEffect } from './types.js';

/** Says the question, after `reason` when there is one. */
export function ask(turn: Turn, step: AskingStep, reason?: string): void {
  const question = step.kind === 'review' ? review(turn, step) : turn.render(step.ask);
  const options = optionsOf(turn, step);
  const expects = expected(step);
  turn.say(reason === undefined ? question : `${reason}\n\n${question}`, {
    ...(options.length > 0 && { options }),
    ...(expects && { expects }),
  });
}

/** Says only `reason`, with the question's choices: for questions too long to be read twice. */
export function reask(turn: Turn, step: AskingStep, reason: string): void {
  const options = optionsOf(turn, step);
  const expects = expected(step);
  turn.say(reason, { ...(options.length > 0 && { options }), ...(expects && { expects }) });
}

/** After something else was said: the question again, a long one by its answers only. */
export function askShort(turn: Turn, step: AskingStep, reason: string): void {
  if (step.kind === 'consent') reask(turn, step, `${reason}\n\n${turn.text('engine.consent.exact')}`);
  else ask(turn, step, reason);
}

/** The choices of a question that are open to this person, with their labels. */
export function pickable(
  turn: Turn,
  step: AskingStep,
): { id: string; label: string; hint?: string; also: readonly string[] }[] {
  switch (step.kind) {
    case 'review':
      return reviewChoices(turn);
    case 'consent':
      return [
        { id: 'yes', label: turn.text('engine.consent.agree'), also: turn.prepared.yesNo.yes },
        { id: 'no', label: turn.text('engine.consent.decline'), also: turn.prepared.yesNo.no },
      ];
    case 'declaration':
      return [];
    case 'ask':
      return askChoices(turn, step);
  }
}

function reviewChoices(turn: Turn): { id: string; label: string; also: readonly string[] }[] {
  const { yesNo, wordLists } = turn.prepared;
  return [
    { id: 'right', label: turn.text('engine.review.right'), also: yesNo.yes },
    { id: 'edit', label: turn.text('engine.review.edit'), also: [...yesNo.no, ...wordLists.edit] },
    { id: 'cancel', label: turn.text('engine.review.cancel'), also: [] },
  ];
}

function askChoices(
  turn: Turn,
  step: AskStep,
): { id: string; label: string; hint?: string; also: readonly string[] }[] {
  if (step.choices || step.choicesFrom !== undefined) {
    const found = step.choicesFrom === undefined ? [] : (turn.found(step.choicesFrom)?.choices ?? []);
    const own = (step.choices ?? []).filter((choice) => turn.holds(choice.onlyIf));
    return [...found.map((choice) => ({ ...choice, also: [] })), ...own.map((choice) => named(turn, choice))];
  }
  if (step.answer === 'yes_no') {
    return [
      { id: 'yes', label: turn.text('engine.yes'), also: turn.prepared.yesNo.yes },
      { id: 'no', label: turn.text('engine.no'), also: turn.prepared.yesNo.no },
    ];
  }
  return [];
}

function named(turn: Turn, choice: Choice): { id: string; label: string; hint?: string; also: readonly string[] } {
  const label = turn.render(choice.label);
  const also = [...Object.values(choice.also ?? {}).flat(), ...Object.values(choice.label)];
  return { id: choice.id, label, also, ...(choice.hint && { hint: turn.render(choice.hint) }) };
}

function optionsOf(turn: Turn, step: AskingStep): Option[] {
  if (step.kind === 'ask' && step.plain) return [];
  const options = pickable(turn, step).map(({ id, label, hint }) => ({
    id: optionId(turn, step, id),
    label,
    ...(hint !== undefined && { hint }),
  }));
  if (step.kind === 'ask' && step.look === 'stars') options.push(...stars(turn, step));
  if (step.kind === 'ask' && step.optional)
    options.push({ id: optionId(turn, step, 'skipped'), label: turn.text('engine.skip') });
  if (step.kind === 'ask' && linkOffered(turn, step))
    options.push({ id: '!/word/upload', label: turn.text('engine.upload.offer') });
  return options;
}

/** The scores of a rating, to be tapped; typed ones are read by its answer type. */
function stars(turn: Turn, step: AskStep): Option[] {
  return [1, 2, 3, 4, 5].map((score) => ({
    id: optionId(turn, step, String(score)),
    label: turn.text(`engine.stars.${score}`),
  }));
}

/** Channels that speak through somebody's private account, without a contract with the provider. */
const UNOFFICIAL: readonly string[] = ['whatsapp-web'];

/** Sensitive papers need not go through a foreign channel where the charity says so. */
function linkOffered(turn: Turn, step: AskStep): boolean {
  const { channel } = turn.context;
  const channels = turn.prepared.set.charity.papersByLink ?? UNOFFICIAL;
  const sensitive = step.class === 'sensitive' || step.class === 'confidential';
  return step.answer === 'file' && sensitive && channel !== undefined && channels.includes(channel);
}

/** An option's opaque id carries run and step, so that a tap on an old message is known as old. */
export function optionId(turn: Turn, step: AskingStep, value: string): string {
  return `${turn.frame?.run ?? ''}/${step.id}/${value}`;
}

function expected(step: AskingStep): SayEffect['expects'] | undefined {
  if (step.kind === 'declaration') return 'text';
  if (step.kind !== 'ask') return 'choice';
  if (step.plain) return 'text';
  if (step.look) return step.look;
  return step.choices || step.choicesFrom !== undefined ? 'choice' : answerTypes.get(step.answer)?.expects;
}

/** The answers so far, one line each, above the question. */
function review(turn: Turn, step: ReviewStep): string {
  const lines = step.fields.flatMap((name) => {
    const question = turn.question(name);
    const value = turn.answer(name);
    if (!question || value === undefined) return [];
    const shown = show(turn, question, value, isIdentifier(question));
    return [turn.text('engine.review.line', { label: labelOf(turn, question), value: shown })];
  });
  return [...lines, '', turn.render(step.ask)].join('\n');
}

/** People must be able to check what they wrote; only numbers that others could misuse are masked. */
function isIdentifier(question: AskingStep): boolean {
  return question.kind === 'ask' && answerTypes.get(question.answer)?.identifier === true;
}

/** How a question's answer is called. */
export function labelOf(turn: Turn, question: AskingStep): string {
  if (question.short) return turn.render(question.short);
  return question.kind === 'consent' ? turn.text('engine.consent.name') : question.id;
}
