/** People who each file one aid request on WhatsApp, whose provider tells a message again, with the same id, until it is taken. */
import { setTimeout as pause } from 'node:timers/promises';
import { saudiId } from '../../test/conversation/request.js';
import type { FakeGraph } from '../../test/providers/graph.js';
import { crowd, untilTaken, written, type Someone } from '../../test/support/crowd.js';
import type { World } from './world.js';

/** From the menu to the number, and nothing of it twice among two people: what nobody must answer is left out. */
export function requestOf(n: number): string[] {
  const name = 'خالد محمد العتيبي';
  const digits = String(n).padStart(5, '0');
  const asked = ['طلب مساعدة', 'أوافق', 'توفير الدواء', 'لي', name, saudiId(`1098${digits}`), 'تخطي', `05512${digits}`];
  const told = ['الرياض', 'أحتاج إلى مساعدة في ثمن الدواء', ...Array.from({ length: 7 }, () => 'تخطي')];
  return [...asked, ...told, 'نعم، صحيحة', name];
}

export const TURNS_OF_ONE = requestOf(0).length;

export interface Load {
  people: Someone[];
  /** Messages that they will say. */
  total: number;
  /** Resolves when everybody's request is through. */
  through: Promise<void>;
  /** Until so many of their messages were acknowledged. */
  acknowledged(count: number): Promise<void>;
  /** Messages that were acknowledged. */
  count(): number;
  /** The provider tells every message once more. */
  tellAgain(): Promise<void>;
}

export interface LoadOptions {
  /** Turns, about: whole requests are played. */
  turns: number;
  /** People who are in the middle of it at any time. */
  atOnce: number;
  /** The share of messages that the provider tells `copies` times at once. */
  again?: number;
  copies?: number;
  /** Milliseconds that a person waits for an answer before they write on all the same. */
  patience?: number;
  /** Before each message. */
  before?: () => void;
}

const PATIENCE = 20_000;

export function load(
  { graph }: World,
  { turns, atOnce, again = 0, copies = 2, patience = PATIENCE, before }: LoadOptions,
): Load {
  const people = crowd(Math.max(1, Math.round(turns / TURNS_OF_ONE)));
  const answers = countAnswers(graph);
  const told: object[] = [];
  const say = async (someone: Someone, line: string): Promise<void> => {
    before?.();
    const had = answers(someone);
    const body = written(graph, someone.person, line);
    const times = Math.random() < again ? copies : 1;
    await Promise.all(Array.from({ length: times }, () => untilTaken(graph, body)));
    someone.said.push(line);
    told.push(body);
    for (const begun = Date.now(); answers(someone) <= had && Date.now() - begun < patience;) await pause(20);
  };
  const waiting = people.map((someone, n) => ({ someone, lines: requestOf(n) }));
  const walk = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      for (const line of next.lines) await say(next.someone, line);
  };
  return {
    people,
    total: people.length * TURNS_OF_ONE,
    through: Promise.all(Array.from({ length: Math.min(atOnce, people.length) }, walk)).then(() => undefined),
    acknowledged: async (count) => {
      while (told.length < count) await pause(10);
    },
    count: () => told.length,
    tellAgain: async () => {
      for (const body of told) await untilTaken(graph, body);
    },
  };
}

/** How many messages each person was sent, looking at each of them once. */
function countAnswers({ sent }: FakeGraph): (someone: Someone) => number {
  const counts = new Map<string, number>();
  let seen = 0;
  return ({ person }) => {
    for (; seen < sent.length; seen++) {
      const to = sent[seen]?.to ?? '';
      counts.set(to, (counts.get(to) ?? 0) + 1);
    }
    return (counts.get(person.user_id ?? '') ?? 0) + (counts.get(person.wa_id ?? '') ?? 0);
  };
}
