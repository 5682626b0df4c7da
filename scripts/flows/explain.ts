/** Tells in plain words, with counts, what was proven of a charity's flows before anybody meets them. */
import { compileTemplate, variables } from '../../src/engine/text/template.js';
import type { FlowLimits } from '../../src/engine/language/index.js';
import type { FlowSet, Language, Step, Text } from '../../src/engine/types.js';
import type { CompiledPack } from '../pack-files.js';
import { asks, edgesOf } from './ways.js';

/** One paragraph; empty when the pack has no set. */
export function explain(pack: CompiledPack, limits: readonly FlowLimits[], language: Language): string {
  const { set, texts } = pack;
  if (!set) return '';
  const counts = countsOf(set, pack);
  const say = (key: string): string => {
    const source = texts[`explain.${key}`]?.[language] ?? texts[`explain.${key}`]?.['en'] ?? key;
    return source.replaceAll(/\{([a-z]+)\}/g, (whole, name: string) => values[name] ?? whole);
  };
  const values: Readonly<Record<string, string>> = {
    ...counts,
    charity: set.charity.name[language] ?? set.charity.id,
    languages: set.languages.join(language === 'ar' ? '، ' : ', '),
    channels: [...new Set(limits.map(({ channel }) => channel))].join(language === 'ar' ? '، ' : ', '),
  };
  const points = ['ways', 'questions', 'consent', 'values', 'conditions', 'circles', 'filed', 'texts', 'room', 'tone', 'articles'];
  return [say('title'), ...points.map((point) => `· ${say(point)}`)].join('\n');
}

function countsOf(set: FlowSet, { articles, warnings }: CompiledPack): Record<string, string> {
  const flows = Object.values(set.flows);
  const steps = flows.flatMap((flow) => [...flow.steps]);
  const questions = steps.filter(asks);
  const said: Text[] = [...steps.flatMap(textsOf), ...flows.flatMap((flow) => Object.values(flow.ends).flatMap(({ say }) => (say ? [say] : [])))];
  const choices = steps.flatMap((step) => (step.kind === 'ask' ? (step.choices ?? []) : []));
  const ends = flows.flatMap((flow) => Object.values(flow.ends));
  const counts = {
    flows: flows.length,
    steps: steps.length,
    ends: ends.length,
    edges: flows.reduce((sum, flow) => sum + edgesOf(flow, set).length, 0),
    questions: questions.length,
    sensitive: questions.filter((step) => step.kind !== 'consent' && step.class === 'sensitive').length,
    values: said.reduce((sum, text) => sum + valuesIn(text), 0),
    conditions: steps.reduce((sum, step) => sum + conditionsIn(step), 0),
    filings: steps.filter(({ kind }) => kind === 'submit').length + ends.filter(({ submit }) => submit).length,
    texts: said.length + Object.keys(set.texts).length,
    labels: choices.length,
    articles: articles.length,
    warnings: warnings.length,
  };
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, String(count)]));
}

function textsOf(step: Step): Text[] {
  if (step.kind === 'say') return [step.say];
  return asks(step) ? [step.ask, ...(step.short ? [step.short] : []), ...(step.again ? [step.again] : [])] : [];
}

/** Values named in a text, each language counted. */
function valuesIn(text: Text): number {
  return Object.values(text).reduce((sum, source) => sum + variables(compileTemplate(source)).length, 0);
}

function conditionsIn(step: Step): number {
  const cases = step.kind === 'branch' ? step.cases.filter((one) => one.if).length : 0;
  const choices = step.kind === 'ask' ? (step.choices ?? []).filter((choice) => choice.onlyIf).length : 0;
  return (step.onlyIf ? 1 : 0) + cases + choices;
}
