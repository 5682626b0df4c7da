// A desk in memory for tests and for looking at the console; it follows the contract of the real one.
import sharp from 'sharp';
import { DeskError } from '../../src/conversation/desk-types.js';
import type {
  CaseDetail,
  CaseEventLine,
  ConversationDetail,
  DeskContract,
  DeskHint,
  Staff,
  TranscriptLine,
} from '../../src/conversation/desk-types.js';
import type { FileRef } from '../../src/engine/types.js';
import type { Notice } from '../../src/store/contract.js';
import { fakeData, uuid } from './fake-data.js';

export interface FakeDesk extends DeskContract {
  /** What was called with which staff id, in order. */
  calls: { act: string; staff: string; id: string }[];
  hint(hint: DeskHint): void;
  listeners(): number;
  /** Words of the person, as a turn would bring them. */
  hear(conversation: string, text: string): void;
}

/** No registers are kept here: the real desk has tests of its own. */
function noRegisters(): Pick<DeskContract, 'registers' | 'forms'> {
  const nothing = () => Promise.reject(new DeskError('not_found'));
  const none = () => Promise.resolve([]);
  return {
    registers: {
      registers: none,
      list: none,
      counts: none,
      ofCase: none,
      read: nothing,
      add: nothing,
      move: nothing,
      addFile: nothing,
      code: nothing,
      link: nothing,
      erase: nothing,
    },
    forms: { flows: none, state: nothing, begin: nothing, answer: nothing, correct: nothing, keepFile: nothing },
  };
}

export function createFakeDesk(now: () => number): FakeDesk {
  const data = fakeData(now());
  const listeners = new Set<(hint: DeskHint) => void>();
  const calls: FakeDesk['calls'] = [];
  const done = new Set<string>();
  const given = new Map<string, FileRef>();
  const notices = fakeNotices(data.conversations, data.cases, now());
  const hint = (one: DeskHint) => listeners.forEach((listener) => listener(one));
  const called = (act: string, staff: Staff, id: string) => calls.push({ act, staff: staff.id, id });

  const conversation = (id: string): ConversationDetail => {
    const found = data.conversations.find((one) => one.id === id);
    if (found === undefined) throw new DeskError('not_found');
    return found;
  };
  const caseOf = (number: string): CaseDetail => {
    const found = data.cases.find((one) => one.number === number.replace(/\D/g, ''));
    if (found === undefined) throw new DeskError('not_found');
    return found;
  };
  const say = (id: string, line: Partial<TranscriptLine>) => {
    const card = conversation(id);
    const lines = data.lines.get(id) ?? [];
    lines.push({
      id: uuid(5000 + calls.length + lines.length),
      seq: lines.length + 1,
      author: 'staff',
      at: now(),
      state: 'sent',
      error: null,
      confidential: false,
      text: '',
      options: [],
      chosen: null,
      files: [],
      location: null,
      media: null,
      by: null,
      template: null,
      ...line,
    });
    card.seq = lines.length;
    card.lastMessageAt = now();
    hint({ about: 'conversation', id });
  };
  const event = (detail: CaseDetail, by: Staff, line: Omit<CaseEventLine, 'version' | 'at' | 'by'>): CaseDetail => {
    detail.version += 1;
    detail.changedAt = now();
    detail.events = [...detail.events, { ...line, version: detail.version, at: now(), by: by.id }];
    hint({ about: 'case', id: detail.number });
    return structuredClone(detail);
  };

  return {
    ...noRegisters(),
    calls,
    hint,
    listeners: () => listeners.size,
    hear: (id, text) => {
      const card = conversation(id);
      card.unread += 1;
      card.lastPersonAt = now();
      say(id, { author: 'person', state: 'received', text });
    },
    conversations: ({ hold, limit, before }) =>
      Promise.resolve(
        data.conversations
          .filter(
            (one) =>
              (hold === undefined || one.hold === hold) && (before === undefined || (one.lastMessageAt ?? 0) < before),
          )
          .toSorted((a, b) => (b.lastMessageAt ?? 0) - (a.lastMessageAt ?? 0))
          .slice(0, limit)
          .map(({ cases: _cases, ...card }) => card),
      ),
    conversation: later((id, staff) => {
      called('conversation', staff, id);
      return structuredClone(conversation(id));
    }),
    transcript: later((id, staff, after = 0, limit = 200) => {
      called('transcript', staff, id);
      const card = conversation(id);
      if (card.unread > 0) hint({ about: 'conversation', id });
      card.unread = 0;
      return (data.lines.get(id) ?? []).filter((line) => line.seq > after).slice(0, limit);
    }),
    take: later((id, staff) => {
      const card = conversation(id);
      if (card.hold === 'taken' && card.heldBy !== staff.id) throw new DeskError('conflict');
      called('take', staff, id);
      card.hold = 'taken';
      card.heldBy = staff.id;
      say(id, { author: 'bot', text: `معك الآن ${staff.name} من موظفي الجمعية.` });
    }),
    reply: later((id, staff, text, clientId, file) => {
      const card = conversation(id);
      const sent = file === undefined ? undefined : given.get(file);
      if ((file !== undefined && !sent) || (!sent && text === '')) throw new DeskError('invalid');
      if (done.has(clientId)) return;
      done.add(clientId);
      called('reply', staff, id);
      card.hold = 'taken';
      card.heldBy = staff.id;
      say(id, { text, by: staff.id, ...(sent && { files: [sent] }) });
    }),
    keepFile: later((id, staff, name, bytes) => {
      called('keepFile', staff, id);
      if (bytes.length < 20) return { refused: 'file_kind' };
      const kept = { id: uuid(9000 + given.size), name, mime: 'application/pdf', bytes: bytes.length };
      given.set(kept.id, kept);
      return kept;
    }),
    sendTemplate: later((id, staff, template, parameters, clientId) => {
      const offer = conversation(id).templates.find((one) => one.id === template);
      if (offer?.parameters.length !== parameters.length) throw new DeskError('invalid');
      if (done.has(clientId)) return;
      done.add(clientId);
      called('sendTemplate', staff, id);
      const text = offer.text.replace(/\{\{(\d+)\}\}/g, (_, n: string) => parameters[Number(n) - 1] ?? '');
      say(id, { text, by: staff.id, template: { id: template, title: offer.title } });
    }),
    handBack: later((id, staff) => {
      const card = conversation(id);
      called('handBack', staff, id);
      card.hold = 'none';
      card.heldBy = null;
      say(id, { author: 'bot', text: 'شكرًا لك. نكمل الآن من حيث توقفنا.' });
    }),
    cases: later(({ status, search, limit }) => {
      const sought = search?.replace(/[-\s]/g, '');
      return data.cases
        .filter((one) => status === undefined || one.status === status)
        .filter(
          (one) => sought === undefined || one.number.includes(sought) || one.name.replace(/\s/g, '').includes(sought),
        )
        .slice(0, limit);
    }),
    case: later((number, staff) => {
      called('case', staff, number);
      return structuredClone(caseOf(number));
    }),
    changeStatus: later((number, staff, { to, note, reason }) => {
      const detail = caseOf(number);
      if (!detail.next.includes(to)) throw new DeskError('conflict');
      const from = detail.status;
      detail.status = to;
      return event(detail, staff, {
        type: 'status_changed',
        from,
        to,
        ...(note === undefined ? {} : { text: note }),
        ...(reason === undefined ? {} : { reason }),
      });
    }),
    addNote: later((number, staff, text) => event(caseOf(number), staff, { type: 'note_added', text })),
    assign: later((number, staff, assignee) => {
      const detail = caseOf(number);
      detail.assignedTo = assignee;
      return event(detail, staff, { type: 'assigned', assignee });
    }),
    messagePerson: later((number, staff, text, clientId) => {
      const detail = caseOf(number);
      if (done.has(clientId)) return structuredClone(detail);
      done.add(clientId);
      return event(detail, staff, { type: 'message_sent', text });
    }),
    file: async (id, staff) => {
      const ref = data.files.get(id);
      if (ref === undefined) throw new DeskError('not_found');
      called('file', staff, id);
      return { ref, bytes: ref.mime === 'image/jpeg' ? await paper(ref.id) : Buffer.from('%PDF-1.4\n%%EOF\n') };
    },
    notices: later(({ unseen = false, limit = 50 } = {}) =>
      notices.filter((one) => !unseen || one.seenAt === null).slice(0, limit),
    ),
    seen: later((id) => {
      const notice = notices.find((one) => one.id === id);
      if (notice === undefined) throw new DeskError('not_found');
      notice.seenAt ??= now();
      hint({ about: 'notice', id });
    }),
    counts: later(() => {
      const cases: Record<string, number> = {};
      for (const one of data.cases) cases[one.status] = (cases[one.status] ?? 0) + 1;
      return {
        cases,
        waiting: data.conversations.filter((one) => one.hold === 'waiting').length,
        taken: data.conversations.filter((one) => one.hold === 'taken').length,
        unseenNotices: notices.filter((one) => one.seenAt === null).length,
      };
    }),
    ratings: later(() => [
      { service: 'aid-request', channel: 'website', month: '2026-11', count: 41, sum: 184 },
      { service: 'aid-request', channel: 'whatsapp', month: '2026-11', count: 63, sum: 291 },
      { service: 'aid-request', channel: 'website', month: '2026-10', count: 35, sum: 149 },
      { service: 'inquiry', channel: 'website', month: '2026-11', count: 22, sum: 84 },
    ]),
    linkCode: later((id, staff) => {
      called('linkCode', staff, id);
      return { code: '1234 5678', expiresAt: now() + 900_000, places: '• الموقع: https://chat.example' };
    }),
    separate: later((id, staff) => {
      called('separate', staff, id);
      const card = conversation(id);
      for (const one of data.conversations)
        one.linked = one === card ? [] : one.linked.filter((other) => other.conversation !== card.id);
      hint({ about: 'conversation', id });
    }),
    retain: later((id, staff, reason) => {
      called('retain', staff, id);
      conversation(id).retained = { by: staff.id, at: now(), reason };
    }),
    release: later((id, staff) => {
      called('release', staff, id);
      conversation(id).retained = null;
    }),
    erase: later((id, staff) => {
      called('erase', staff, id);
      const card = conversation(id);
      const cases = data.cases.filter((one) => one.conversation === card.id).length;
      data.conversations = data.conversations.filter((one) => one !== card);
      data.cases = data.cases.filter((one) => one.conversation !== card.id);
      hint({ about: 'conversation', id });
      return { cases, files: 3 };
    }),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Does it now and answers in a promise; a refusal rejects. */
function later<A extends unknown[], R>(act: (...args: A) => R): (...args: A) => Promise<R> {
  return (...args) => new Promise((resolve) => resolve(act(...args)));
}

function fakeNotices(conversations: ConversationDetail[], cases: CaseDetail[], now: number): Notice[] {
  const notice = (
    n: number,
    kind: Notice['kind'],
    conversation: string | null,
    caseNumber: string | null,
    ago: number,
    seen = false,
  ): Notice => ({
    id: uuid(700 + n),
    kind,
    conversation,
    caseNumber,
    at: now - ago * 60_000,
    seenAt: seen ? now : null,
  });
  return [
    notice(1, 'handoff', conversations[0]!.id, null, 3),
    notice(2, 'new_case', null, cases[0]!.number, 20),
    notice(3, 'danger', conversations[2]!.id, null, 26),
    notice(4, 'send_failed', conversations[2]!.id, null, 27),
    notice(5, 'unanswered', conversations[5]!.id, null, 400, true),
    notice(6, 'quarantined', conversations[7]!.id, null, 900, true),
    notice(7, 'handoff_late', conversations[1]!.id, null, 1500, true),
  ];
}

/** A sheet that looks like a scanned paper. */
function paper(seed: string): Promise<Buffer> {
  const hue = (Number(seed.slice(-2)) * 97) % 360;
  const rows = Array.from(
    { length: 12 },
    (_, i) =>
      `<rect x="${60 + (i % 3) * 30}" y="${190 + i * 42}" width="${420 - (i % 4) * 60}" height="14" rx="4" fill="#b9c2cc"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="800"><rect width="600" height="800" fill="#fbfbf7"/><rect x="60" y="60" width="90" height="90" rx="45" fill="hsl(${hue},45%,55%)"/><rect x="180" y="80" width="300" height="22" rx="6" fill="#5a6673"/><rect x="180" y="118" width="200" height="14" rx="4" fill="#9aa5b1"/>${rows.join('')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
}
