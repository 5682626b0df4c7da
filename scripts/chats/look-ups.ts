/** Answers the reads that a flow asks for, as the shell would, from what a transcript knows. */
import { AID_REQUEST, isDecision, isStatus, statusWord } from '../../src/cases/case.js';
import { groupCaseNumber } from '../../src/engine/text/damm.js';
import { answerQuestion } from '../../src/conversation/questions.js';
import type { Found, Need } from '../../src/engine/types.js';
import type { House, Room } from './room.js';

/** A case as a transcript knows it. The last four digits are those of the ID that transcripts use. */
export interface KnownCase {
  readonly number: string;
  /** `aid-request`, `complaint`… */
  readonly kind: string;
  readonly status: string;
  readonly own: boolean;
}
export const lastFour = '5439';

/** After so many misses of number and digits nothing is shown for a while; see docs/privacy.md. */
const missesAllowed = 5;

export interface Known {
  readonly cases: readonly KnownCase[];
  readonly misses: number;
  /** Articles were withdrawn after they were offered. */
  readonly withdrawn: boolean;
  readonly links: { readonly linked: boolean; readonly made: number; readonly checkedAt: number };
  readonly now: number;
}

/** What the house finds, in the language of the turn. */
export function lookUp(need: Need, known: Known, { house, finder }: Room): Found {
  const { language } = need;
  const own = known.cases.filter((one) => one.own);
  switch (need.what) {
    case 'articles':
      if (known.withdrawn && need.with['article'] !== undefined) return { outcome: 'none' };
      return answerQuestion({ ...house, finder }, language, need.with);
    case 'case_by_number':
      return byNumber(need.with, known, house, language);
    case 'own_case':
      return oneOf(
        own.filter((one) => one.number === need.with['number']),
        house,
        language,
        'found',
      );
    case 'own_cases':
      return several(own, house, language);
    case 'own_open':
    case 'own_decided':
      return several(own.filter(matching(need.what)), house, language);
    case 'upload_link':
      return { outcome: 'ready', values: { link: 'https://charity.example/u/…', minutes: '30' } };
    default:
      return linking(need, known, house, language);
  }
}

/** A code with a draft behind it, one without, and one of this very conversation; every other is wrong. */
const codes: Readonly<Record<string, 'moving' | 'linked' | 'own'>> = {
  '12345678': 'moving',
  '11223344': 'linked',
  '87654321': 'own',
};
const codesAllowed = 6;
const codeLasts = 15 * 60_000;

/** What was done with codes; the transcript goes on with it. */
export function linkedAfter(need: Need, found: Found, { links, now }: Known): Known['links'] {
  if (need.what === 'link_code') return { ...links, made: links.made + 1 };
  if (need.what === 'link_check' && found.outcome === 'found') return { ...links, checkedAt: now };
  if (need.what === 'link_use' && found.outcome !== 'none') return { ...links, linked: true };
  return need.what === 'link_end' ? { ...links, linked: false } : links;
}

function linking({ what, with: asked }: Need, { links, now }: Known, house: House, language: string): Found {
  const place = fill(text(house, 'engine.link.place', language), {
    channel: text(house, 'engine.channel.telegram', language),
    name: 'ف*** ا***',
  });
  const code = codes[asked['code'] ?? ''];
  switch (what) {
    case 'link_code':
      return links.made < codesAllowed
        ? { outcome: 'ready', values: { code: '1234 5678', minutes: '15', places: '• تيليجرام: https://t.me/…' } }
        : { outcome: 'none' };
    case 'link_check':
      if (code === undefined || code === 'own') return { outcome: code ?? 'none' };
      return { outcome: 'found', values: { place, more: text(house, 'engine.link.more', language) } };
    case 'link_use':
      return code === undefined || now - links.checkedAt > codeLasts
        ? { outcome: 'none' }
        : { outcome: code, values: { place } };
    case 'linked':
      return links.linked ? { outcome: 'found', values: { places: `• ${place}` } } : { outcome: 'none' };
    default:
      return { outcome: links.linked ? 'ended' : 'none' };
  }
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((filled, [name, value]) => filled.replace(`{${name}}`, value), template);
}

/** As src/conversation/own-cases.ts has it. */
function matching(what: Need['what']): (one: KnownCase) => boolean {
  if (what === 'own_open') return ({ status }) => status !== 'closed' && status !== 'withdrawn';
  return ({ kind, status }) =>
    kind === AID_REQUEST && isStatus(status) && (isDecision(status) || ['in_service', 'closed'].includes(status));
}

function byNumber(asked: Record<string, string>, known: Known, house: House, language: string): Found {
  if (known.misses >= missesAllowed) return { outcome: 'none' };
  const found = known.cases.filter((one) => one.number === asked['number'] && asked['last_four'] === lastFour);
  return oneOf(found, house, language, 'found');
}

function several(cases: readonly KnownCase[], house: House, language: string): Found {
  const found = oneOf(cases, house, language, cases.length === 1 ? 'one' : 'many');
  if (found.outcome === 'none') return found;
  const choices = cases.map(({ number, status }) => ({
    id: number,
    label: groupCaseNumber(number),
    hint: text(house, `status.${status}.name`, language),
  }));
  return { ...found, choices };
}

function oneOf(cases: readonly KnownCase[], house: House, language: string, outcome: string): Found {
  const [first] = cases;
  if (!first) return { outcome: 'none' };
  const said = (form: string) =>
    text(house, `status.${statusWord(first.kind, first.status)}.${form}`, language).replaceAll(
      '{not_before}',
      '16 نوفمبر',
    );
  const values = {
    number: groupCaseNumber(first.number),
    status_text: said('full'),
    coarse_text: said('coarse'),
    since: '2 نوفمبر',
    not_before: '16 نوفمبر',
    count: String(cases.length),
  };
  return { outcome, values };
}

function text(house: House, key: string, language: string): string {
  return house.set.texts[key]?.[language] ?? key;
}
