// The page behind a one-time upload link: takes papers on the charity's own host, also from phones without scripts.
import { createHash } from 'node:crypto';
import type { ChannelRequest, ChannelResponse, Route } from '../../channels/channel.js';
import { ipKey } from '../../channels/common/http.js';
import { readMultipart, type MultipartFault } from '../../channels/common/multipart.js';
import type { Texts } from '../conversation/texts.js';
import type { Uploaded, UploadPlace, Uploads } from '../conversation/uploads.js';
import type { FlowSet } from '../engine/types.js';
import { colourOf, themeCss } from './page-config.js';
import { styleOf, uploadHtml, type UploadBody } from './upload-html.js';

export interface UploadPageOptions {
  uploads: Uploads;
  texts: Texts;
  flowSet: () => FlowSet;
}

const MEGABYTE = 1024 * 1024;
const caps = { files: 10, fileBytes: 25 * MEGABYTE, totalBytes: 25 * MEGABYTE, fieldBytes: 1024 };
const limits = {
  /** Over it the line is cut; below it a courteous page says what is too much. */
  body: 4 * caps.totalBytes,
  looks: { most: 300, window: 600_000 },
  sends: { most: 60, window: 600_000 },
  /** Links that are none, from one network: somebody guesses. */
  guesses: { most: 30, window: 600_000 },
  atOnce: 4,
} as const;

/** GET shows the form and uses nothing up, whoever asks; POST takes the files and uses the link. */
export function createUploadRoutes(options: UploadPageOptions): Route[] {
  const page = new UploadRoutes(options);
  return [
    { method: 'GET', path: '/u/:token', limit: 0, handle: (request) => page.show(request) },
    { method: 'POST', path: '/u/:token', limit: limits.body, stream: true, handle: (request) => page.take(request) },
  ];
}

class UploadRoutes {
  private running = 0;

  constructor(private readonly options: UploadPageOptions) {}

  async show(request: ChannelRequest): Promise<ChannelResponse> {
    if (!(await this.mayLook(request, 'looks'))) return this.busy(request);
    const place = await this.options.uploads.look(tokenOf(request));
    return this.place(request, place);
  }

  async take(request: ChannelRequest): Promise<ChannelResponse> {
    if (this.running >= limits.atOnce || !(await this.mayLook(request, 'sends'))) return this.busy(request);
    this.running += 1;
    try {
      // Before a byte of the body is read: a link that is none is no way to keep us busy.
      const place = await this.options.uploads.look(tokenOf(request));
      if (place.state !== 'open') return await this.place(request, place);
      const read = await readMultipart(request, caps).catch(() => 'broken' as const);
      const files = typeof read === 'string' ? [] : read.files.filter(({ bytes }) => bytes.length > 0);
      if (typeof read === 'string') return this.again(request, place, [this.say(request, place, faults[read])], 400);
      if (files.length === 0) return this.again(request, place, [this.say(request, place, 'upload.none')], 400);
      return await this.taken(request, await this.options.uploads.take(tokenOf(request), files));
    } catch {
      return this.closed(request, null, 'upload.later', 503);
    } finally {
      this.running -= 1;
    }
  }

  private taken(request: ChannelRequest, result: Uploaded): Promise<ChannelResponse> | ChannelResponse {
    if (result.state !== 'taken' && result.state !== 'refused') return this.place(request, result);
    const language = this.language(request, result.language);
    const why = [...new Set(result.refused.map(({ key, values }) => this.text(`edge.${key}`, language, values)))];
    if (result.state === 'refused') return this.again(request, { ...result, state: 'open' }, why, 422);
    return this.page(200, language, { kind: 'done', files: result.kept, why });
  }

  private async place(request: ChannelRequest, place: UploadPlace): Promise<ChannelResponse> {
    if (place.state === 'open') return this.again(request, place, [], 200);
    if (place.state === 'unknown') {
      const { most, window } = limits.guesses;
      if (!(await this.options.uploads.within('guesses', ipKey(request.ip), most, window))) return this.busy(request);
      return this.closed(request, place.language, 'upload.closed.unknown', 404);
    }
    return this.closed(request, place.language, `upload.closed.${place.state}`, 410);
  }

  private again(
    request: ChannelRequest,
    place: Extract<UploadPlace, { state: 'open' }>,
    why: readonly string[],
    status: number,
  ): ChannelResponse {
    const minutes = Math.max(1, Math.ceil((place.until - this.options.uploads.now()) / 60_000));
    const language = this.language(request, place.language);
    const question = this.options.texts.render(place.question, language);
    const size = { files: caps.files, megabytes: caps.totalBytes / MEGABYTE };
    return this.page(status, language, { kind: 'form', question, minutes, why, ...size });
  }

  private closed(request: ChannelRequest, spoken: string | null, key: string, status: number): ChannelResponse {
    const language = this.language(request, spoken);
    return this.page(status, language, { kind: 'closed', text: this.text(key, language) });
  }

  private busy(request: ChannelRequest): ChannelResponse {
    const answer = this.closed(request, null, 'upload.later', 429);
    return { ...answer, headers: { ...answer.headers, 'retry-after': '60' } };
  }

  private mayLook({ ip }: ChannelRequest, what: 'looks' | 'sends'): Promise<boolean> {
    const { most, window } = limits[what];
    return this.options.uploads.within(what, ipKey(ip), most, window);
  }

  private say(request: ChannelRequest, { language }: { language: string }, key: string): string {
    return this.text(key, this.language(request, language));
  }

  private text(key: string, language: string, values?: Readonly<Record<string, string | number>>): string {
    return this.options.texts.say(key, language, values);
  }

  /** The one chosen on the page, the conversation's, the browser's, the pack's first. */
  private language(request: ChannelRequest, spoken: string | null): string {
    const { languages } = this.options.texts;
    const wished = [request.query['lang'], spoken, request.headers['accept-language']?.slice(0, 2)];
    return wished.find((one) => one != null && languages.includes(one)) ?? languages[0] ?? 'ar';
  }

  private page(status: number, language: string, body: UploadBody): ChannelResponse {
    const { texts, flowSet } = this.options;
    const set = flowSet();
    const theme = themeCss(colourOf(set));
    const html = uploadHtml({
      language,
      others: texts.languages.filter((one) => one !== language),
      charity: texts.render(set.charity.name, language),
      theme,
      say: (key, values) => texts.say(`upload.${key}`, language, values),
      nameOf: (one) => texts.say('engine.language.name', one),
      body,
    });
    return { status, headers: { ...headers, 'content-security-policy': policyOf(theme) }, body: html };
  }
}

const faults: Readonly<Record<MultipartFault, string>> = {
  type: 'upload.none',
  broken: 'upload.broken',
  file_too_large: 'upload.too_large',
  too_many_files: 'upload.too_many',
};

const headers: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow, noarchive',
};

/** Nothing from anywhere, no scripts; this page's own style by its hash, and its form to its own address. */
function policyOf(theme: string): string {
  const hash = createHash('sha256').update(styleOf(theme)).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;
}

function tokenOf({ params }: ChannelRequest): string {
  return (params['token'] ?? '').slice(0, 64);
}
