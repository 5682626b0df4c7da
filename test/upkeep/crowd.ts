// Many people in the middle of an aid request at once, each answering one question a round.
import { FATIMA, answer, keep, picture, saudiId, type Applicant } from '../conversation/request.js';
import type { Harness } from '../conversation/harness.js';

/** Nobody types faster: more than twenty messages a minute would be over the pace. */
const THINKING = 5_000;
const MOST_ROUNDS = 80;

export interface Walker {
  person: Applicant;
  conversation: string;
  /** Where the person was asked and answered, in order. */
  steps: string[];
  sentFile: boolean;
}

/** People of different names and numbers; every tenth sends a paper. */
export async function crowd(h: Harness, size: number): Promise<Walker[]> {
  const paper = { name: 'تقرير.png', bytes: await picture('P') };
  const people = Array.from({ length: size }, (_, i): Applicant => ({
    user: `person-${i}`,
    name: `${FATIMA.name} ${WORDS[i % WORDS.length]} ${WORDS[Math.floor(i / WORDS.length) % WORDS.length]}`,
    id: saudiId(String(100_000_000 + i * 37)),
    phone: `05${String(50_000_000 + i * 13).padStart(8, '0')}`,
    need: `أحتاج إلى مساعدة في تكاليف العلاج رقم ${i} خلال هذا الشهر`,
    ...(i % 10 === 0 && { file: paper }),
  }));
  return sideBySide(h, people, async (person): Promise<Walker> => {
    const { conversation } = await h.write(person.user, 'السلام عليكم');
    return { person, conversation, steps: [], sentFile: false };
  });
}

/** As many at once as a program handles at once. */
const AT_ONCE = 16;

async function sideBySide<T, R>(h: Harness, all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let first = 0; first < all.length; first += AT_ONCE) {
    done.push(...(await Promise.all(all.slice(first, first + AT_ONCE).map(work))));
    await h.settle();
  }
  return done;
}

const WORDS = [
  'أمين',
  'بدر',
  'جابر',
  'حسن',
  'خالد',
  'راشد',
  'سالم',
  'صالح',
  'طارق',
  'عادل',
  'فهد',
  'قاسم',
  'ماجد',
  'ناصر',
];

/** Everybody answers, round by round, until each has filed the request or given so many answers. */
export async function walk(h: Harness, walkers: readonly Walker[], until: (walker: Walker) => number): Promise<void> {
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    h.clock.pass(THINKING);
    const wrote = await sideBySide(h, walkers, (walker) => oneAnswer(h, walker, until(walker)));
    if (!wrote.includes(true)) return;
  }
  throw new Error('somebody never comes to an end');
}

async function oneAnswer(h: Harness, walker: Walker, most: number): Promise<boolean> {
  if (walker.steps.length >= most) return false;
  const row = await h.store.turns.conversation(walker.conversation);
  const [flow, step] = [row?.flow ?? '', row?.step ?? ''];
  if (flow === 'rating') return false;
  const { person } = walker;
  walker.steps.push(`${flow}/${step}`);
  if (step.startsWith('papers_') && person.file && !walker.sentFile) {
    walker.sentFile = true;
    await h.write(person.user, '', { files: [await keep(h, person)] });
    return true;
  }
  const only: Harness = { ...h, tell: async (...said) => h.write(...said).then(() => []) };
  await answer(only, person, flow, step);
  return true;
}
