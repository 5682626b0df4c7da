/** Plays a transcript through the real engine, and writes down what was said: conversations as tests. */
import { readFileSync } from 'node:fs';
import { AID_REQUEST, isDecision, isStatus, statusWord } from '../../src/cases/case.js';
import { createFinder } from '../../src/inquiries/index.js';
import { groupCaseNumber, dammDigit } from '../../src/engine/text/damm.js';
import { prepare, type Prepared } from '../../src/engine/prepare.js';
import { step } from '../../src/engine/step.js';
import type { Effect, Found, Input, Need, Option, PersonInput, Session, StepResult } from '../../src/engine/types.js';
import { pack } from './pack.js';

interface Filed {
  number: string;
  kind: string;
  status: string;
}

/** Sunday 2 November 2025, 09:00 in Riyadh. */
export const start = Date.UTC(2025, 10, 2, 6);

export interface Played {
  text: string;
  /** Every step at which the person answered, as `flow/step`. */
  visited: Set<string>;
  results: StepResult[];
}

/**
 * Plays the lines of the person and of staff, and returns the whole transcript as it should read:
 *
 *     # charity: safe-treatment
 *     > text of the person          > [label of a button]      > (file) name.pdf     > (voice)
 *     < text of the bot, further lines indented
 *       [choice] [choice]
 *     ~ 20h                         time passes; a timer that falls due speaks
 *     = take Sara | = reply text | = hand back | = case approved
 *     ! what else happened: submission, handoff, rating …
 */
export function play(transcript: string): Played {
  const lines = transcript.split('\n');
  const player = new Player(
    header(lines, 'charity') ?? 'safe-treatment',
    header(lines, 'language'),
    header(lines, 'channel') ?? 'website',
  );
  for (const line of lines) player.line(line);
  return { text: `${player.written.join('\n').trimEnd()}\n`, visited: player.visited, results: player.results };
}

export function readChat(path: string): string {
  return readFileSync(path, 'utf8');
}

function header(lines: string[], name: string): string | undefined {
  return lines
    .find((line) => line.startsWith(`# ${name}:`))
    ?.slice(name.length + 3)
    .trim();
}

class Player {
  readonly written: string[] = [];
  readonly visited = new Set<string>();
  readonly results: StepResult[] = [];
  private session: Session | null = null;
  private now = start;
  private runs = 0;
  private due: StepResult['due'] = null;
  private options: Option[] = [];
  private readonly cases: Filed[] = [];
  private readonly prepared: Prepared;
  private readonly finder: ReturnType<typeof createFinder>;

  constructor(
    charity: string,
    private readonly language: string | undefined,
    private readonly channel: string,
  ) {
    const { set, articles } = pack(charity);
    this.prepared = prepare(set);
    this.finder = createFinder(articles, () => start);
  }

  line(line: string): void {
    if (line.startsWith('#')) this.written.push(line);
    else if (/^[>~=] /.test(line) && this.results.length === 0 && this.written.at(-1)?.startsWith('#'))
      this.written.push('');
    if (line.startsWith('> ')) this.person(line);
    else if (line.startsWith('~ ')) this.pass(line);
    else if (line.startsWith('= ')) this.staff(line);
  }

  private person(line: string): void {
    this.written.push(line);
    this.now += 5_000;
    this.turn(this.heard(line.slice(2)));
  }

  private heard(said: string): PersonInput {
    const label = /^\[(.*)\]$/.exec(said)?.[1];
    const language = this.language === undefined ? {} : { language: this.language };
    if (label !== undefined) {
      const option = this.options.find((one) => one.label === label);
      if (!option) throw new Error(`no button «${label}» among ${this.options.map((one) => one.label).join('، ')}`);
      return { kind: 'message', choice: option.id, text: label, ...language };
    }
    const file = /^\(file\) (.*)$/.exec(said)?.[1];
    if (file !== undefined)
      return {
        kind: 'message',
        files: [{ id: `file-${file}`, name: file, mime: 'image/jpeg', bytes: 1000 }],
        ...language,
      };
    if (said === '(voice)') return { kind: 'message', media: 'voice', ...language };
    if (said === '(sticker)') return { kind: 'message', media: 'sticker', ...language };
    if (said === '(too big)')
      return { kind: 'message', refused: [{ key: 'file_too_big', values: { max: 25 } }], ...language };
    return { kind: 'message', text: said.replaceAll('\\n', '\n'), ...language };
  }

  private pass(line: string): void {
    this.written.push(line);
    const [, amount, unit] = /^~ (\d+)([mhd])$/.exec(line) ?? [];
    const until =
      this.now + Number(amount) * { m: 60_000, h: 3_600_000, d: 86_400_000 }[(unit ?? 'h') as 'm' | 'h' | 'd'];
    while (this.due && this.due.at <= until) {
      this.now = Math.max(this.now, this.due.at);
      this.turn({ kind: 'timer', due: this.due.kind });
    }
    this.now = until;
  }

  private staff(line: string): void {
    this.written.push(line);
    this.now += 5_000;
    const [, act, rest = ''] = /^= (take|reply|hand back|case)\s*(.*)$/.exec(line) ?? [];
    this.turn(this.act(act ?? '', rest));
  }

  private act(act: string, rest: string): Input {
    if (act === 'take') return { kind: 'staff', act: 'take', by: 'staff-1', name: rest };
    if (act === 'reply') return { kind: 'staff', act: 'reply', by: 'staff-1', name: 'سارة', text: rest };
    if (act === 'hand back') return { kind: 'staff', act: 'hand_back', by: 'staff-1', name: 'سارة' };
    const one = this.cases.at(-1);
    if (act !== 'case' || !one) throw new Error(`not understood: = ${act} ${rest}`);
    one.status = rest;
    return { kind: 'case', event: 'status', status: statusWord(one.kind, rest), number: groupCaseNumber(one.number) };
  }

  /** The session is written out and read again between turns, as a store would. */
  private turn(input: Input): void {
    const given: Record<string, Found> = {};
    let result = this.step(input, given);
    while (result.need) {
      given[result.need.key] = this.lookUp(result.need);
      result = this.step(input, given);
    }
    this.session = JSON.parse(JSON.stringify(result.session)) as Session;
    this.due = result.due;
    this.results.push(result);
    if (result.read.flow !== undefined) this.visited.add(`${result.read.flow}/${result.read.step ?? ''}`);
    this.write(result.effects);
    this.written.push('');
  }

  private step(input: Input, given: Record<string, Found>): StepResult {
    const runs = this.runs;
    const count = { runs };
    const ids = { run: () => `run-${++count.runs}`, number: () => this.number() };
    const result = step(this.prepared, this.session, input, {
      now: this.now,
      ids,
      given,
      channel: this.channel,
      pace: { perMinute: 20, same: 5 },
    });
    if (!result.need) this.runs = count.runs;
    return result;
  }

  private number(): string {
    const digits = String(100_000_000_000 + this.cases.length + 1);
    return digits + dammDigit(digits);
  }

  private lookUp(need: Need): Found {
    if (need.what === 'articles') return this.articles(need.with);
    if (need.what === 'case_by_number') return { outcome: 'none' };
    const cases = this.cases.filter((one) => isMeant(one, need));
    const [first] = cases;
    if (!first) return { outcome: 'none' };
    const values = {
      number: groupCaseNumber(first.number),
      status_text: this.text(`status.${statusWord(first.kind, first.status)}.full`).replace(
        '{not_before}',
        '16 نوفمبر',
      ),
      since: '2 نوفمبر',
      not_before: '16 نوفمبر',
      count: String(cases.length),
    };
    if (need.what === 'own_case') return { outcome: 'found', values };
    const choices = cases.map((one) => ({
      id: one.number,
      label: groupCaseNumber(one.number),
      hint: this.text(`status.${one.status}.name`),
    }));
    return { outcome: cases.length === 1 ? 'one' : 'many', values, choices };
  }

  private articles(asked: Record<string, string>): Found {
    const language = this.session?.language ?? this.language ?? 'ar';
    const body = (id: string): Found => {
      const article = pack(this.prepared.set.charity.id).articles.find((one) => one.id === id);
      return article
        ? { outcome: 'answered', values: { answer: `«${article.title[language] ?? ''}»` } }
        : { outcome: 'none' };
    };
    if (asked.article !== undefined) return body(asked.article);
    const found = this.finder.find(asked.question ?? '', language);
    if (found.outcome === 'answered' && found.best) return body(found.best.id);
    const offered = [...(found.best ? [found.best] : []), ...found.others].slice(0, 3);
    return {
      outcome: found.outcome,
      choices: offered.map((one) => ({ id: one.id, label: one.title[language] ?? one.id })),
    };
  }

  private text(key: string): string {
    return this.prepared.set.texts[key]?.[this.session?.language ?? 'ar'] ?? key;
  }

  private write(effects: Effect[]): void {
    for (const effect of effects) {
      if (effect.kind !== 'say') {
        this.written.push(`! ${this.happened(effect)}`);
        continue;
      }
      const [first = '', ...rest] = effect.text.split('\n');
      const who = effect.author === 'staff' ? `< (${effect.by ?? 'موظف'}) ` : '< ';
      this.written.push(who + first, ...rest.map((line) => (line === '' ? '  ·' : `  ${line}`)));
      if (effect.options?.length)
        this.written.push(`  ${effect.options.map((option) => `[${option.label}]`).join(' ')}`);
      if (effect.options?.length) this.options = effect.options;
    }
  }

  private happened(effect: Exclude<Effect, { kind: 'say' }>): string {
    switch (effect.kind) {
      case 'submission': {
        this.cases.push({ number: effect.number, kind: effect.opens.replace(/^case\//, ''), status: 'submitted' });
        const answers = effect.shown.map((one) => `${one.name}=${one.value.replaceAll('\n', ' ')}`).join(' | ');
        const signed = effect.declaration ? ` | signed=${effect.declaration.name}` : '';
        return `submission ${effect.opens} ${groupCaseNumber(effect.number)} | ${answers}${signed}`;
      }
      case 'handoff':
        return `handoff ${effect.reason}`;
      case 'handback':
        return 'handback';
      case 'danger':
        return `danger ${effect.danger}`;
      case 'rating':
        return `rating ${effect.service} ${effect.score}${effect.comment === undefined ? '' : ` «${effect.comment}»`}`;
      case 'consent':
        return `consent ${effect.version} ${effect.given ? 'given' : 'refused'}`;
      case 'unanswered':
        return `unanswered «${effect.question}»`;
    }
  }
}

/** Whether a look-up is about the case; as src/conversation/own-cases.ts has it. */
function isMeant({ number, kind, status }: Filed, need: Need): boolean {
  if (need.what === 'own_case') return number === need.with.number;
  if (need.what === 'own_open') return status !== 'closed' && status !== 'withdrawn';
  if (need.what !== 'own_decided') return true;
  return kind === AID_REQUEST && isStatus(status) && (isDecision(status) || ['in_service', 'closed'].includes(status));
}
