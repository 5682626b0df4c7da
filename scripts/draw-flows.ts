/** Draws each flow as a Mermaid diagram in docs/flows, with the Arabic words that people see. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Condition, Flow, FlowSet, Step, Text } from '../src/engine/types.js';
import type { CompiledPack } from './pack-files.js';

/** One file per flow; where charities differ, each variant is drawn under the charity's name. */
export function drawFlows(root: string, packs: readonly CompiledPack[]): void {
  const folder = join(root, 'docs', 'flows');
  mkdirSync(folder, { recursive: true });
  const sets = packs.flatMap(({ set }) => set ?? []);
  const ids = [...new Set(sets.flatMap((set) => Object.keys(set.flows)))];
  for (const id of ids) writeFileSync(join(folder, `${id}.md`), page(id, sets));
}

function page(id: string, sets: readonly FlowSet[]): string {
  const variants = new Map<string, { title: string; names: string[] }>();
  for (const set of sets) {
    const flow = set.flows[id];
    if (!flow) continue;
    const drawing = draw(flow, set.languages);
    const known = variants.get(drawing);
    if (known) known.names.push(words(set.charity.name, set.languages));
    else
      variants.set(drawing, {
        title: words(flow.title, set.languages),
        names: [words(set.charity.name, set.languages)],
      });
  }
  const [first] = variants.values();
  const parts = [...variants].map(
    ([drawing, { names }]) => `## ${names.join('، ')}\n\n\`\`\`mermaid\n${drawing}\n\`\`\`\n`,
  );
  return `# ${first?.title ?? id} (\`${id}\`)\n\nDrawn by \`npm run flows -- --draw\`; the flow itself is \`flows/${id}.yaml\`.\n\n${parts.join('\n')}`;
}

function draw(flow: Flow, languages: readonly string[]): string {
  const lines = ['flowchart TD'];
  flow.steps.forEach((step, index) => {
    lines.push(`  ${node(step, languages)}`);
    for (const { to, label } of arrows(step, flow.steps[index + 1]?.id ?? lastly(flow), languages)) {
      lines.push(`  ${name(step.id)} -->${label === '' ? '' : `|"${escaped(label)}"|`} ${place(to)}`);
    }
  });
  lines.push(...exits(flow));
  for (const end of Object.values(flow.ends))
    lines.push(`  ${name(end.id)}(["${escaped(end.say ? words(end.say, languages) : end.id)}"])`);
  return lines.join('\n');
}

/** Where wrong answers and silence lead, once for each target. */
function exits(flow: Flow): string[] {
  const ways = new Map<string, string>();
  for (const step of flow.steps) {
    if (!('wrong' in step)) continue;
    if (step.wrong.go !== undefined) ways.set(`إجابات غير مفهومة: ${step.wrong.tries}`, step.wrong.go);
    ways.set(`صمت: ${Math.round(step.silence.after / 3_600_000)} ساعة`, step.silence.go);
  }
  return [...ways].map(([label, to], index) => `  exit${index}>"${escaped(label)}"] -.-> ${place(to)}`);
}

function lastly(flow: Flow): string {
  return 'done' in flow.ends ? 'done' : (Object.keys(flow.ends)[0] ?? '');
}

function node(step: Step, languages: readonly string[]): string {
  const id = name(step.id);
  switch (step.kind) {
    case 'say':
      return `${id}["${escaped(words(step.say, languages))}"]`;
    case 'ask':
    case 'consent':
    case 'declaration':
    case 'review':
      return `${id}[/"${escaped(words(step.ask, languages))}"/]`;
    case 'branch':
      return `${id}{"؟"}`;
    case 'call':
      return `${id}[["${step.flow}"]]`;
    case 'look_up':
      return `${id}[("${step.what}")]`;
    case 'record_rating':
      return `${id}[("${escaped(step.service)}")]`;
    case 'submit':
      return `${id}[("${step.opens}")]`;
  }
}

interface Arrow {
  readonly to: string;
  readonly label: string;
}

function arrows(step: Step, next: string, languages: readonly string[]): Arrow[] {
  const own = jumps(step, languages);
  const skip = step.onlyIf ? [{ to: next, label: `≠ ${told(step.onlyIf)}` }] : [];
  const closed = (step.kind === 'branch' && step.cases.some((one) => !one.if)) || allJump(step);
  const label = own.length > 0 ? 'غير ذلك' : '';
  return [...own, ...(closed ? [] : [{ to: step.go ?? next, label }]), ...skip];
}

function jumps(step: Step, languages: readonly string[]): Arrow[] {
  if (step.kind === 'branch') return step.cases.map((one) => ({ to: one.go, label: one.if ? told(one.if) : '' }));
  const on = 'on' in step ? Object.entries(step.on).map(([label, to]) => ({ to, label })) : [];
  const chosen =
    step.kind === 'ask'
      ? (step.choices ?? []).flatMap((one) =>
          one.go === undefined ? [] : [{ to: one.go, label: words(one.label, languages) }],
        )
      : [];
  return [...on, ...chosen];
}

function allJump(step: Step): boolean {
  return step.kind === 'ask' && !step.optional && (step.choices?.every((one) => one.go !== undefined) ?? false);
}

function told(condition: Condition): string {
  return condition.map((test) => `${test.name} ${test.not ? '≠' : '='} ${test.in?.join('، ') ?? '✓'}`).join(' + ');
}

function place(target: string): string {
  return target.includes('/') || target === 'resume' ? `${name(target)}{{"${target}"}}` : name(target);
}

/** Mermaid's own words (`end`, `style`…) may not be names. */
function name(id: string): string {
  return `_${id.replaceAll(/[^a-z0-9]/g, '_')}`;
}

function words(text: Text, languages: readonly string[]): string {
  const line = (text['ar'] ?? text[languages[0] ?? ''] ?? '').split('\n')[0] ?? '';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

function escaped(text: string): string {
  return text.replaceAll('#', '#35;').replaceAll('"', '#quot;').replaceAll('<', '#lt;').replaceAll('>', '#gt;');
}
