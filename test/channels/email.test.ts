// Translation tables of channels/email/ both ways: encodings, what no person wrote, files, threads; and who somebody is.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, bareAddress } from '../../channels/email/address.js';
import { reportsOf } from '../../channels/email/bounce.js';
import { idsIn, readLetter } from '../../channels/email/letter.js';
import { proofOf } from '../../channels/email/proof.js';
import { ABOVE } from '../../channels/email/quotes.js';
import { readHere, type Read } from '../../channels/email/reading.js';
import { createReceive } from '../../channels/email/receive.js';
import { translateOut } from '../../channels/email/translate-out.js';
import { createFakeHost, type FakeHost } from '../support/fake-host.js';
import { bytesOf, fixtures, ids, outgoing, OURS, type InLetter, type OutFixture } from './email-fixtures.js';

async function take(host: FakeHost, bytes: Buffer, more: { trusted?: string; whole?: boolean } = {}): Promise<void> {
  const { trusted = '', whole = true } = more;
  await createReceive(host, { account: OURS, ids, trusted }, readHere)({ uid: 7, validity: '1', bytes, whole });
}

const simple = (head: readonly string[], text = 'السلام عليكم'): Buffer =>
  Buffer.from(['From: a@example.com', 'Message-ID: <1@example.com>', ...head, '', text, ''].join('\r\n'));

describe('translation', () => {
  it.each(fixtures<InLetter>('in.json').map((letter) => [letter.name, letter] as const))(
    'in: %s',
    async (_name, letter) => {
      const host = createFakeHost(() => []);
      const silent: unknown[] = [];
      host.log = (event, facts) => void silent.push([event, facts?.['why']]);
      await take(host, bytesOf(letter));
      expect(host.accepted).toEqual(letter.incoming);
      expect(host.unread).toEqual(letter.broken === undefined ? [] : [letter.broken]);
      expect(silent).toEqual(letter.why === undefined ? [] : [['email.silent', letter.why]]);
    },
  );

  it.each(fixtures<OutFixture>('out.json').map((fixture) => [fixture.name, fixture] as const))(
    'out: %s',
    (_name, fixture) => {
      expect(translateOut(outgoing(fixture.outgoing), ids, (key) => key)).toEqual(fixture.letters);
    },
  );

  it('reads of a letter that is too large who wrote it, and says so', async () => {
    const host = createFakeHost(() => []);
    await take(host, simple(['Subject: all our papers'], ''), { whole: false });
    const refused = [{ key: 'file_too_big', values: { max: 25 } }];
    const begins = { letter: { sender: 'a@example.com', subject: 'all our papers' } };
    expect(host.accepted).toMatchObject([{ user: 'a@example.com', text: 'all our papers', refused, begins }]);
    expect(host.accepted[0]).not.toHaveProperty('media');
  });

  it('puts aside what is no letter, and what comes in a flood', async () => {
    const host = createFakeHost(() => []);
    await take(host, Buffer.from(`Content-Type: multipart/mixed; boundary=a\r\n\r\n${nested(60)}`));
    host.limited.add('letters');
    await take(host, simple([]));
    expect([host.accepted, host.unread]).toEqual([[], ['letter', 'too_many']]);
  });

  it('puts aside what ended three processes that began to read it, and nothing else', async () => {
    const host = createFakeHost(() => []);
    const begun = new Map<string, number>();
    // As the store counts, over restarts.
    host.within = (what, key, most) => {
      const name = `${what} ${key}`;
      begun.set(name, (begun.get(name) ?? 0) + 1);
      return Promise.resolve(begun.get(name)! <= most);
    };
    const stored = { uid: 7, validity: '1', bytes: simple([]), whole: true };
    let reads = 0;
    const dies: Read = () => {
      reads += 1;
      return Promise.reject(new Error('as a process that ends'));
    };
    const start = (read: Read) => createReceive(host, { account: OURS, ids, trusted: '' }, read);
    for (const _process of [1, 2, 3]) await expect(start(dies)(stored)).rejects.toThrow();
    await start(dies)(stored);
    expect([reads, host.unread, host.accepted]).toEqual([3, ['tries'], []]);
    // The next letter, and one that comes to the same process again and again because it cannot be kept.
    const receive = start(readHere);
    host.failing = true;
    for (const _try of [1, 2, 3, 4, 5]) await expect(receive({ ...stored, uid: 8 })).rejects.toThrow('full');
    host.failing = false;
    await receive({ ...stored, uid: 8 });
    expect([host.unread.length, host.accepted.length]).toEqual([1, 1]);
  });

  it('takes any bytes without a fault', async () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.string({ unit: 'binary', maxLength: 400 }));
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.constantFrom('', 'From: a@example.com\r\n', 'From: a@example.com\r\n\r\n'),
        async (any, head) => {
          await take(
            createFakeHost(() => []),
            Buffer.concat([Buffer.from(head), Buffer.from(any)]),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Parts within parts, this deep. */
function nested(depth: number): string {
  const open = (level: number) => `--b${level}\r\nContent-Type: multipart/mixed; boundary=b${level + 1}\r\n\r\n`;
  return `--a\r\nContent-Type: multipart/mixed; boundary=b0\r\n\r\n${Array.from({ length: depth }, (_, n) => open(n)).join('')}`;
}

describe('the words of an HTML text', () => {
  it.each([
    ['<p>before</p><p>1 < 2 & 3 > 2</p>after', 'before\n\n1 < 2 & 3 > 2\n\nafter'],
    [`<p>before</p><img src="data:image/png;base64,${'A'.repeat(9_000)}">after`, 'before\n\nafter'],
    [`before<!-- ${'x '.repeat(5_000)} --> after`, 'before after'],
    [`<a href="https://example.com/x">there</a>`, '(https://example.com/x) there'],
    [`<a href="https://example.com/${'x'.repeat(5_000)}">there</a>`, 'there'],
    ['before <a href="https://example.com/', 'before'],
  ])('%#: hold what is said, and no tag that is made to be long', async (html, words) => {
    const letter = Buffer.from(`From: a@example.com\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`);
    expect(await readHere(letter)).toMatchObject({ words });
  });
});

describe('an address', () => {
  it.each([
    ['Fatima@Example.COM', 'fatima@example.com'],
    [' a+b.c@example.com ', 'a+b.c@example.com'],
    ['محمد@مثال.السعودية', 'محمد@مثال.السعودية'],
    ['a b@example.com', null],
    ['a@b@example.com', null],
    ['a@', null],
    ['@example.com', null],
    ['a@example..com\r\nBcc: x@y.z', null],
    ['"a"@example.com', null],
    [`${'a'.repeat(65)}@example.com`, null],
    ['', null],
  ])('%j is known as %j', (address, known) => expect(addressOf(address)).toBe(known));

  it('of ours is read with its name or alone', () => {
    expect(bareAddress('الجمعية <Info@Charity.example>')).toBe(OURS);
    expect(bareAddress(OURS)).toBe(OURS);
  });
});

describe('what shows that a letter is its sender’s', () => {
  it('is an id that only who received our letter can know', () => {
    const to = fc.constantFrom('a@example.com', 'b@example.com');
    fc.assert(
      fc.property(fc.uuid(), fc.nat(99), to, to, (message, part, one, other) => {
        const id = ids.make(message, part, one);
        expect(ids.read(id, other)).toBe(one === other ? message : null);
        expect(
          ids.read(
            id.replace(/.(?=@)/, (last) => (last === '0' ? '1' : '0')),
            one,
          ),
        ).toBe(null);
        expect(idsIn(`x ${id} y`)).toEqual([id]);
      }),
    );
  });

  it.each([
    ['mx.charity.example; dmarc=pass header.from=example.com', 'pass'],
    ['mx.charity.example 1; spf=pass; dkim=pass header.d=example.com', 'pass'],
    ['mx.charity.example; dkim=pass (good; dmarc=fail) header.d=example.com', 'pass'],
    ['mx.charity.example; dmarc=fail (p=none) header.from=example.com; dkim=pass header.d=example.com', 'fail'],
    ['mx.charity.example; dkim=pass header.d=evil.example', 'unknown'],
    ['mx.charity.example; spf=pass smtp.mailfrom=example.com', 'unknown'],
    ['mx.evil.example; dmarc=pass header.from=example.com', 'unknown'],
    ['mx.charity.example.evil.example; dmarc=pass', 'unknown'],
  ])('is what our own server found: %j says %s', async (result, says) => {
    const letter = (await readLetter(simple([`Authentication-Results: ${result}`])))!;
    expect(proofOf(letter, 'mx.charity.example')).toBe(says);
    expect(proofOf(letter, '')).toBe('unknown');
  });

  it('is never what came with the letter', async () => {
    const head = [
      'Authentication-Results: mx.charity.example; dmarc=fail',
      'Authentication-Results: mx.charity.example; dmarc=pass',
    ];
    expect(proofOf((await readLetter(simple(head)))!, 'mx.charity.example')).toBe('fail');
    const host = createFakeHost(() => []);
    await take(host, simple(head), { trusted: 'mx.charity.example' });
    await take(host, simple(head.slice(1)), { trusted: 'mx.charity.example' });
    expect(host.unread).toEqual(['forged']);
    expect(host.accepted).toMatchObject([{ begins: { proven: true } }]);
  });
});

describe('a report of a mail server', () => {
  const message = '0199a8a0-0000-7000-8000-000000000001';
  const report = (to: string, ours: string, action = 'failed', status = '5.1.1') =>
    Buffer.from(
      [
        ...['Return-Path: <>', 'From: MAILER-DAEMON@mx.example.com', 'Message-ID: <r@mx.example.com>'],
        ...['Content-Type: multipart/report; report-type=delivery-status; boundary=b', ''],
        ...['--b', 'Content-Type: text/plain', '', 'Sorry.', '--b', 'Content-Type: message/delivery-status', ''],
        ...[
          'Reporting-MTA: dns; mx.example.com',
          '',
          `Final-Recipient: rfc822; ${to}`,
          `Action: ${action}`,
          `Status: ${status}`,
        ],
        ...[
          '',
          '--b',
          'Content-Type: text/rfc822-headers',
          '',
          `From: ${OURS}`,
          `Message-ID: ${ours}`,
          'Subject: x',
          '',
          '--b--',
          '',
        ],
      ].join('\r\n'),
    );
  const read = async (bytes: Buffer) => reportsOf((await readLetter(bytes))!, OURS, ids, 5);
  const ours = ids.make(message, 0, 'a@example.com');

  it.each([
    ['failed', '5.1.1', ['not_found']],
    ['failed', '5.7.1', ['refused']],
    ['delayed', '4.4.1', []],
  ])('%s with %s', async (action, status, codes) => {
    const reports = await read(report('A@Example.com', ours, action, status));
    expect(reports.map(({ error }) => error?.code)).toEqual(codes);
    expect(reports.map(({ id, providerId, state }) => [id, providerId, state])).toEqual(
      codes.map(() => [message, ours, 'failed']),
    );
  });

  it('about somebody else’s letter, or one that we never wrote, takes nobody from us', async () => {
    expect(await read(report('victim@example.com', ours))).toEqual([]);
    expect(await read(report('a@example.com', `<${message}.0.${'0'.repeat(32)}@charity.example>`))).toEqual([]);
  });

  it('is told to the house, and answered by nobody', async () => {
    const host = createFakeHost(() => []);
    await take(host, report('a@example.com', ours));
    expect([host.accepted, host.statuses.length]).toEqual([[], 1]);
  });
});

it('the line over our letters is the one that answers are cut at', () => {
  const [letter] = translateOut(outgoing({ text: 'نص' }), ids, (key) => key);
  expect(letter?.text.startsWith(ABOVE)).toBe(true);
  expect(readFileSync('flows/texts/ar.yaml', 'utf8')).toMatch(/^email\.above: /m);
});
