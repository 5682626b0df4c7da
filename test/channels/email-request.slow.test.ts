// Real letters: over a real mailbox (Dovecot) and a real SMTP server to a case, and staff's answer back to the person who wrote.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Outgoing } from '../../channels/channel.js';
import type { Letter } from '../../channels/email/letter.js';
import type { Harness } from '../conversation/harness.js';
import { FATIMA, fileRequest, picture } from '../conversation/request.js';
import {
  letters,
  mailContract,
  OURS,
  wordsShown,
  written,
  type MailProvider,
  type Written,
} from '../providers/mail.js';
import { hasDovecot } from '../support/dovecot.js';
import { openWhole, type Whole } from './whole.js';

const USER = 'fatima@example.com';
const STAFF = { id: 'staff-1', name: 'سارة', role: 'administrator' as const };

interface Post {
  whole: Whole;
  mail: MailProvider;
  /** A person's letter reaches the mailbox; all that follows from it is done when this resolves. */
  write: (letter: Omit<Written, 'from'> & { from?: string }) => Promise<void>;
  /** The same as an answer to our last one, quoting it as programs do. */
  answer: (text: string, files?: Written['files']) => Promise<void>;
  received: (user?: string) => Promise<Letter[]>;
}

async function opened(): Promise<Post> {
  const whole = await openWhole(mailContract(true));
  onTestFinished(whole.stop);
  const mail = whole.provider as MailProvider;
  const received = (user = USER) => letters(mail.smtp, user);
  const write: Post['write'] = async (letter) => {
    const before = (await whole.written(USER)).length;
    await mail.deliver!(written({ from: USER, ...letter }));
    // Its files come beside the turns.
    await expect.poll(() => whole.settle().then(() => whole.written(USER))).toHaveLength(before + 1);
    await whole.settle();
  };
  const answer: Post['answer'] = async (text, files = []) => {
    const last = (await received()).at(-1);
    const quoted = (last?.text ?? '')
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\r\n');
    const said = `${text}\r\n\r\nفي الأحد، 22 نوفمبر 2026 في 12:00 م تمت كتابة ما يلي بواسطة الجمعية <${OURS}>:\r\n\r\n${quoted}\r\n`;
    await write({ text: said, subject: 'Re: رسالة', files, ...(last && { answers: last.id }) });
  };
  return { whole, mail, write, answer, received };
}

describe.skipIf(!hasDovecot)('e-mail', () => {
  it('carries a whole request with its papers to a case, by numbers and words, each answer in its thread', async () => {
    const { whole, answer, received, write } = await opened();
    const photo = await picture('تقرير');
    const files = [{ name: 'تقرير.png', mime: 'image/png', bytes: photo }];
    const sent: Outgoing[] = [];
    const look = async () => {
      const shown = await whole.sila.host('email').transcript(OURS, USER, 0, 1_000);
      sent.splice(0, sent.length, ...(shown.map((one) => ({ ...one, user: USER })) as unknown as Outgoing[]));
    };
    // As the line in the letter says: by its number, and what is no choice of the question by its words.
    const wordFor = (choice: string) => {
      const offered = sent.findLast(({ options }) => options.length > 0)?.options ?? [];
      const place = offered.findIndex(({ id }) => id === choice);
      return choice.endsWith('/skipped') ? (offered[place]?.label ?? '') : String(place + 1);
    };
    const number = await fileRequest(
      {
        store: whole.store,
        clock: whole.clock,
        settle: whole.settle,
        tell: async (_user: string, text: string, more?: { choice?: string; files?: unknown }) => {
          if (more?.files !== undefined) await answer('', files);
          else await answer(more?.choice === undefined ? text : wordFor(more.choice));
          await look();
          return [];
        },
        write: async (_user: string, text: string) => {
          await write({ text });
          await look();
          const [row] = await whole.store.turns.conversations({ limit: 1 });
          return { conversation: row!.id, item: '', duplicate: false };
        },
        channel: { sent },
        sila: { host: () => ({ keepFile: () => Promise.resolve({ id: 'there' }) }) },
      } as unknown as Harness,
      { ...FATIMA, user: USER, file: { name: 'photo', bytes: photo } },
    );
    expect(number).toMatch(/^\d{13}$/);
    await whole.settle();
    expect(await whole.store.files.ofCase(number)).toMatchObject([{ mime: 'image/png' }]);
    expect((await whole.store.turns.conversations({ limit: 9 })).length).toBe(1);
    const ours = await received();
    const grouped = number.replace(/(\d{4})(\d{4})(\d{4})(\d)/, '$1-$2-$3-$4');
    expect(
      ours.some((letter) =>
        wordsShown(letter)
          .replace(/[\u2066-\u2069]/g, '')
          .includes(grouped),
      ),
    ).toBe(true);
    // All of it is one thread for the person, and nothing of ours can set off another machine.
    expect(
      ours.every(({ head, subject }) => head('auto-submitted')[0] === 'auto-replied' && /^Re: /.test(subject)),
    ).toBe(true);
    expect(ours.slice(1).every(({ thread }) => thread.length > 1)).toBe(true);
  });

  it('a letter becomes an entry of the register and a case, and its answer an entry of the outgoing ones', async () => {
    const { whole, write, received, answer } = await opened();
    const head = 'بسم الله الرحمن الرحيم\r\n\r\nمن: مستشفى الملك فهد\r\nإلى: الجمعية\r\nالموضوع: تعاون\r\n\r\n';
    const text = `${head}السلام عليكم ورحمة الله،\r\n\r\n${'نفيدكم برغبة المستشفى في التعاون معكم لخدمة المرضى. '.repeat(10)}\r\n\r\nوتقبلوا تحياتنا`;
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
    await write({
      text,
      subject: 'تعاون مع الجمعية',
      files: [{ name: 'خطاب.pdf', mime: 'application/pdf', bytes: pdf }],
    });
    const { desk } = whole.sila;
    const [entry] = await desk.registers.list({ register: 'incoming', open: true, limit: 9 }, STAFF);
    expect(entry).toMatchObject({ subject: 'تعاون مع الجمعية', name: 'فاطمة الزهراني', number: 1, state: 'open' });
    const number = entry?.caseNumber ?? '';
    const filed = await desk.case(number, STAFF);
    expect(filed).toMatchObject({ kind: 'letter', files: [{ name: 'خطاب.pdf' }] });
    expect(filed.answers.find(({ name }) => name === 'words')?.value).toBe(
      text.replaceAll('\r', '').replaceAll(' \n', '\n'),
    );
    const [receipt] = await received();
    expect(wordsShown(receipt!).replace(/[\u2066-\u2069]/g, '')).toContain(filed.grouped);
    // Asked twice, as a console does whose line broke: said and entered once.
    for (const _try of [1, 2]) await desk.messagePerson(number, STAFF, 'يسعدنا التعاون معكم، وسنتصل بكم.', 'click-1');
    await whole.settle();
    const [, reply, ...more] = await received();
    expect([wordsShown(reply!), reply?.subject, more]).toEqual([
      'يسعدنا التعاون معكم، وسنتصل بكم.',
      'Re: تعاون مع الجمعية',
      [],
    ]);
    expect([reply?.head('auto-submitted'), reply?.thread[0]]).toEqual([[], receipt?.thread[0]]);
    const out = await desk.registers.list({ register: 'outgoing', open: false, limit: 9 }, STAFF);
    expect(out).toMatchObject([
      { subject: 'تعاون مع الجمعية', name: 'فاطمة الزهراني', caseNumber: number, by: STAFF.id },
    ]);
    const answered = await desk.registers.read(entry!.id, STAFF);
    expect([answered.state, answered.answeredBy?.id]).toEqual(['answered', out[0]?.id]);
    // Their answer goes on in the same conversation.
    await answer('القائمة');
    expect(wordsShown((await received()).at(-1)!)).toContain('1. ');
    expect((await whole.store.turns.conversations({ limit: 9 })).length).toBe(1);
  });

  it('of somebody who writes under another’s address moves nothing of theirs, and tells the writer nothing', async () => {
    const { whole, write, answer, received } = await opened();
    await write({ text: 'طلب مساعدة' });
    const asked = await received();
    const [row] = await whole.store.turns.conversations({ limit: 1 });
    expect(row?.step).toBe('consent');
    const forged = '<0199a8a0-0000-7000-8000-000000000001.0.00000000000000000000000000000000@charity.example>';
    await write({ text: 'أوافق', answers: forged, from: 'Fatima@Example.COM' });
    expect((await whole.store.turns.conversations({ limit: 9 })).map(({ step }) => step)).toEqual(['service']);
    expect((await received()).length).toBeGreaterThan(asked.length);
    // The person, who received our letter, may go on with it.
    await answer('طلب مساعدة');
    await answer('أوافق');
    expect((await whole.store.turns.conversations({ limit: 1 }))[0]?.step).toBe('kind');
  });

  it('of machines is never answered: two of them cannot write to each other for ever', async () => {
    const { whole, mail, write, received } = await opened();
    await write({ text: 'السلام عليكم' });
    const before = (await received()).length;
    const [ours] = await received();
    const away = `From: ${USER}\r\nMessage-ID: <away@example.com>\r\nIn-Reply-To: ${ours!.id}\r\nAuto-Submitted: auto-replied\r\n\r\nأنا في إجازة\r\n`;
    await mail.deliver!(Buffer.from(away));
    // Our own letters back at us, as a mailbox that forwards to itself would.
    for (const { raw } of mail.smtp.letters) await mail.deliver!(Buffer.from(raw));
    await whole.settle();
    expect((await received()).length).toBe(before);
    expect(await whole.written(USER)).toEqual(['السلام عليكم']);
  });
});
