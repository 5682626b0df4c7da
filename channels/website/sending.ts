// Takes in what a person sends: text, a tapped choice, files. Answers only after the house has kept it.
import type { ChannelRequest, ChannelResponse, Incoming } from '../channel.js';
import { ipKey, refusal } from '../common/http.js';
import { parseJson } from '../common/json.js';
import { ACCOUNT, readActivity, translateIn } from './activity.js';
import type { Activity, Translated } from './activity.js';
import type { Desk } from './gate.js';
import { caps } from './limits.js';
import { readUpload } from './upload.js';
import type { UploadedFile } from './upload.js';

/** POST …/activities */
export async function postActivity(
  desk: Desk,
  conversation: string,
  request: ChannelRequest,
): Promise<ChannelResponse> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    return refusal(415, 'BadContentType', 'Send the activity as application/json.');
  }
  const parsed = parseJson(request.body);
  if (!parsed.ok) return refusal(400, 'BadJson', `The body is not acceptable JSON (${parsed.why}).`);
  const activity = readActivity(parsed.value);
  if (activity === null) return badActivity();
  const translated = translateIn(activity, conversation, freshId(desk));
  if (translated.kind !== 'message') return unsent(desk, translated.kind);
  return (await tooFast(desk, conversation, request)) ?? keep(desk, translated.incoming);
}

/** POST …/upload: an activity with its files, as multipart/form-data. */
export async function postUpload(desk: Desk, conversation: string, request: ChannelRequest): Promise<ChannelResponse> {
  const slow = await tooFast(desk, conversation, request, true);
  if (slow !== null) return slow;
  const upload = await readUpload(request);
  if ('refused' in upload) return upload.refused;
  const activity =
    upload.activity === null ? { type: 'message', value: undefined } : readUploadedActivity(upload.activity);
  if (activity === null) return badActivity();
  if (upload.files.length === 0) return refusal(400, 'NoFile', 'The upload holds no file.');
  const translated = withFiles(activity, conversation, freshId(desk));
  if (translated.kind !== 'message') return unsent(desk, translated.kind);
  const kept = await keepFiles(desk, conversation, upload.files);
  return kept === null ? unavailable() : keep(desk, { ...translated.incoming, ...kept });
}

function readUploadedActivity(bytes: Buffer): Activity | null {
  const parsed = parseJson(bytes);
  return parsed.ok ? readActivity(parsed.value) : null;
}

/** The files themselves follow, so the activity may be empty and what it lists is dropped. */
function withFiles(activity: Activity, conversation: string, fallbackId: string): Translated {
  const translated = translateIn({ ...activity, attachments: [{}] }, conversation, fallbackId);
  if (translated.kind === 'message') delete translated.incoming.media;
  return translated;
}

async function keepFiles(
  { host }: Desk,
  conversation: string,
  files: UploadedFile[],
): Promise<Pick<Incoming, 'files' | 'refused'> | null> {
  const kept: NonNullable<Incoming['files']> = [];
  const refused: NonNullable<Incoming['refused']> = [];
  try {
    for (const file of files) {
      const result = await host.keepFile(ACCOUNT, conversation, file.name, file.bytes);
      if ('refused' in result)
        refused.push({ key: result.refused, ...(result.values ? { values: result.values } : {}) });
      else kept.push(result);
    }
  } catch {
    host.log('website.file_not_kept');
    return null;
  }
  return { ...(kept.length > 0 ? { files: kept } : {}), ...(refused.length > 0 ? { refused } : {}) };
}

async function keep({ host }: Desk, incoming: Incoming): Promise<ChannelResponse> {
  try {
    const { item } = await host.accept(incoming);
    return { status: 200, headers: { 'cache-control': 'no-store' }, body: { id: item } };
  } catch {
    host.log('website.not_accepted');
    return unavailable();
  }
}

async function tooFast(
  { host }: Desk,
  conversation: string,
  request: ChannelRequest,
  upload = false,
): Promise<ChannelResponse | null> {
  const network = ipKey(request.ip);
  const within = (what: string, key: string, { most, window }: { most: number; window: number }): Promise<boolean> =>
    host.within(what, key, most, window);
  const fine =
    (await within('website.messages', conversation, caps.messages)) &&
    (await within('website.messages_ip', network, caps.messagesPerIp)) &&
    (!upload ||
      ((await within('website.uploads', conversation, caps.uploads)) &&
        (await within('website.uploads_ip', network, caps.uploadsPerIp))));
  return fine ? null : refusal(429, 'TooManyRequests', 'Slow down and try again.', { 'retry-after': '30' });
}

/** What is not a message needs no answer; Direct Line still wants an id. */
function unsent(desk: Desk, kind: 'ignored' | 'empty' | 'too_long'): ChannelResponse {
  if (kind === 'ignored') return { status: 200, headers: { 'cache-control': 'no-store' }, body: { id: freshId(desk) } };
  if (kind === 'empty') return refusal(400, 'EmptyMessage', 'The message holds nothing.');
  return refusal(413, 'MessageTooLong', 'A message holds at most 4096 UTF-16 units.');
}

const freshId = (desk: Desk): string => desk.random(16).toString('base64url');
const badActivity = (): ChannelResponse => refusal(400, 'BadArgument', 'The activity does not have the right shape.');
const unavailable = (): ChannelResponse =>
  refusal(503, 'ServiceUnavailable', 'The message was not kept. Send it again.', { 'retry-after': '5' });
