/** One conversation with the real engine, line by line, as plain data: a talk can be kept, copied and gone on with. */
import { step } from '../../src/engine/step.js';
import { dammDigit, groupCaseNumber } from '../../src/engine/text/damm.js';
import { AID_REQUEST, statusWord } from '../../src/cases/case.js';
import { asksConfidential } from '../../src/conversation/asked.js';
import { ruleFor } from '../../src/conversation/ruled.js';
import { tongueFor } from '../../src/conversation/tongue.js';
import type { Found, Input, Option, PersonInput, Session, StepResult } from '../../src/engine/types.js';
import { linkedAfter, type KnownCase, type Known, lookUp } from './look-ups.js';
import type { Mark } from './marks.js';
import { type Room, start } from './room.js';
import { written } from './written.js';

export interface Talk extends Known {
  readonly session: Session | null;
  readonly runs: number;
  /** A question was just answered that staff will see if the person says that it did not help. */
  readonly asked: boolean;
  readonly due: StepResult['due'];
  /** Those under the last message that had any. */
  readonly options: readonly Option[];
}

/** What a line brought: the talk after it, what is written down of it, and the turns behind. */
export interface Heard {
  readonly talk: Talk;
  readonly lines: readonly string[];
  readonly results: readonly StepResult[];
  readonly marks: readonly Mark[];
}

/** A person takes so long for a line, in milliseconds. */
const thinking = 5_000;
const units = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const noLinks: Known['links'] = { linked: false, made: 0, checkedAt: 0 };

export function beginTalk(room: Room): Talk {
  const cases = room.cases.map((one, index): KnownCase => ({ ...one, kind: AID_REQUEST, number: numberOf(index + 1) }));
  return {
    session: null,
    now: start,
    runs: 0,
    asked: false,
    due: null,
    options: [],
    cases,
    misses: 0,
    withdrawn: false,
    links: { ...noLinks, linked: room.linked },
  };
}

/**
 * One line of a transcript. Throws for a line that cannot be said here (a button that is not offered).
 *
 *     > text of the person          > [label of a button]      > (file) name.pdf     > (voice)
 *     ~ 20h                         time passes; a timer that falls due speaks
 *     = take Sara | = reply text | = hand back | = case approved | = case erased | = articles withdrawn
 */
export function hear(room: Room, talk: Talk, line: string): Heard {
  if (line.startsWith('> ')) return turn(room, later(talk), [line], said(room, talk, line.slice(2)));
  if (line.startsWith('~ ')) return pass(room, talk, line);
  const changed = worldAfter(talk, line);
  if (changed) return { talk: changed, lines: [line, ''], results: [], marks: [] };
  const { input, cases } = staffAct(talk, line);
  return turn(room, later({ ...talk, cases }), [line], input);
}

function later(talk: Talk): Talk {
  return { ...talk, now: talk.now + thinking };
}

/** What a person sent. */
function said(room: Room, talk: Talk, words: string): PersonInput {
  const language = room.language === undefined ? {} : { language: room.language };
  const label = /^\[(.*)\]$/.exec(words)?.[1];
  if (label !== undefined) {
    const option = talk.options.find((one) => one.label === label);
    if (!option) throw new Error(`no button «${label}» among ${talk.options.map((one) => one.label).join('، ')}`);
    return { kind: 'message', choice: option.id, text: label, ...language };
  }
  const file = /^\(file\) (.*)$/.exec(words)?.[1];
  if (file !== undefined) {
    const files = [{ id: `file-${file}`, name: file, mime: 'image/jpeg', bytes: 1000 }];
    return { kind: 'message', files, ...language };
  }
  if (words === '(voice)') return { kind: 'message', media: 'voice', ...language };
  if (words === '(sticker)') return { kind: 'message', media: 'sticker', ...language };
  if (words === '(too big)')
    return { kind: 'message', refused: [{ key: 'file_too_big', values: { max: 25 } }], ...language };
  return { kind: 'message', text: words.replaceAll('\\n', '\n'), ...language };
}

function pass(room: Room, talk: Talk, line: string): Heard {
  const [, amount, unit] = /^~ (\d+)([mhd])$/.exec(line) ?? [];
  const until = talk.now + Number(amount) * units[(unit ?? 'h') as keyof typeof units];
  let heard: Heard = { talk, lines: [line], results: [], marks: [] };
  for (let due = talk.due; due && due.at <= until; due = heard.talk.due) {
    const at = { ...heard.talk, now: Math.max(heard.talk.now, due.at) };
    const next = turn(room, at, [], { kind: 'timer', due: due.kind });
    heard = {
      talk: next.talk,
      lines: [...heard.lines, ...next.lines],
      results: [...heard.results, ...next.results],
      marks: [...heard.marks, ...next.marks],
    };
  }
  return { ...heard, talk: { ...heard.talk, now: until } };
}

/** What changes in the house without a turn; undefined for any other line. */
function worldAfter(talk: Talk, line: string): Talk | undefined {
  if (line === '= case erased') return { ...talk, cases: [] };
  return line === '= articles withdrawn' ? { ...talk, withdrawn: true } : undefined;
}

function staffAct(talk: Talk, line: string): { input: Input; cases: readonly KnownCase[] } {
  const [, act = '', rest = ''] = /^= (take|reply|hand back|case)\s*(.*)$/.exec(line) ?? [];
  const { cases } = talk;
  if (act === 'take') return { input: { kind: 'staff', act: 'take', by: 'staff-1', name: rest }, cases };
  if (act === 'reply')
    return { input: { kind: 'staff', act: 'reply', by: 'staff-1', name: 'سارة', text: rest }, cases };
  if (act === 'hand back') return { input: { kind: 'staff', act: 'hand_back', by: 'staff-1', name: 'سارة' }, cases };
  const one = cases.at(-1);
  if (act !== 'case' || !one) throw new Error(`not understood: ${line}`);
  return {
    input: { kind: 'case', event: 'status', status: statusWord(one.kind, rest), number: groupCaseNumber(one.number) },
    cases: [...cases.slice(0, -1), { ...one, status: rest }],
  };
}

/** The session is written out and read again between turns, as a store would. */
function turn(room: Room, talk: Talk, lines: readonly string[], input: Input): Heard {
  const { house } = room;
  const before = talk.asked && input.kind === 'message' && { asked: { outcome: 'answered' } };
  const given: Record<string, Found> = {
    ...ruleFor(house, input),
    ...tongueFor(house, talk.session, input),
    ...before,
  };
  let tried = attempt(room, talk, input, given);
  let { misses, links } = talk;
  while (tried.result.need) {
    const { need } = tried.result;
    const found = lookUp(need, talk, room);
    if (need.what === 'case_by_number' && found.outcome === 'none') misses += 1;
    links = linkedAfter(need, found, { ...talk, links });
    given[need.key] = found;
    tried = attempt(room, talk, input, given);
  }
  const { result, runs } = tried;
  const passed = house.traced.take();
  const session = JSON.parse(JSON.stringify(result.session)) as Session;
  const asked = session.answered !== undefined && !asksConfidential(house.traced.prepared, [talk.session, session]);
  const filed = result.effects.flatMap((effect) => (effect.kind === 'submission' ? [effect] : []));
  const cases = [
    ...talk.cases,
    ...filed.map(({ number, opens }) => ({
      number,
      kind: opens.replace(/^case\//, ''),
      status: 'submitted',
      own: true,
    })),
  ];
  const offered = result.effects.findLast((effect) => effect.kind === 'say' && effect.options?.length);
  const options = offered?.kind === 'say' ? (offered.options ?? []) : talk.options;
  return {
    talk: { ...talk, session, asked, due: result.due, runs, options, cases, misses, links },
    lines: [...lines, ...result.effects.flatMap(written), ''],
    results: [result],
    marks: house.marker.marks({ input, before: talk.session, result, passed }),
  };
}

function attempt(
  room: Room,
  talk: Talk,
  input: Input,
  given: Readonly<Record<string, Found>>,
): { result: StepResult; runs: number } {
  const { traced } = room.house;
  let { runs } = talk;
  traced.take();
  const result = step(traced.prepared, talk.session, input, {
    now: talk.now,
    ids: { run: () => `run-${++runs}`, number: () => numberOf(talk.cases.length + 1) },
    given,
    channel: room.channel,
    pace: { perMinute: 20, same: 5 },
  });
  return { result, runs };
}

function numberOf(count: number): string {
  const digits = String(100_000_000_000 + count);
  return digits + dammDigit(digits);
}
