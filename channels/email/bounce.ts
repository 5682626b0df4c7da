// Reports of mail servers about our letters: what could not be delivered, for good or not yet (RFC 3464).
import type { StatusReport } from '../channel.js';
import { sendErrors } from '../common/send-errors.js';
import { addressOf } from './address.js';
import { idsIn, type Envelope } from './letter.js';
import type { MessageIds } from './message-id.js';

/** Only of letters that bear our proof for the very address that the report is about: nobody else can take a person from us. */
export function reportsOf(letter: Envelope, account: string, ids: MessageIds, now: number): StatusReport[] {
  const status = letter.attachments.find(({ mime }) => mime === 'message/delivery-status');
  const returned = letter.attachments.find(({ mime }) => mime === 'message/rfc822' || mime === 'text/rfc822-headers');
  if (!status || !returned) return [];
  const head =
    returned.bytes
      .toString('latin1')
      .slice(0, 65_536)
      .split(/\r?\n\r?\n/)[0] ?? '';
  const [providerId] = idsIn(/^message-id:\s*(?:\r?\n\s+)?(.*)$/im.exec(head)?.[1] ?? '');
  if (providerId === undefined) return [];
  return recipientsOf(status.bytes.toString('utf8').slice(0, 65_536)).flatMap(({ address, action, code }) => {
    const id = ids.read(providerId, address);
    if (id === null || action !== 'failed') return [];
    return [{ account, providerId, id, state: 'failed' as const, at: now, error: errorOf(code) }];
  });
}

interface Recipient {
  address: string;
  action: string;
  /** Enhanced status code (RFC 3463), e.g. 5.1.1. */
  code: string;
}

/** One group of fields for each recipient. */
function recipientsOf(report: string): Recipient[] {
  return report
    .replace(/\r\n/g, '\n')
    .split(/\n{2,}/)
    .flatMap((group) => {
      const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(group)?.[1]?.trim() ?? '';
      const written = [field('original-recipient'), field('final-recipient')].find((one) => one !== '') ?? '';
      const address = addressOf(written.replace(/^rfc822;\s*/i, '').replace(/^<|>$/g, ''));
      return address === null ? [] : [{ address, action: field('action').toLowerCase(), code: field('status') }];
    });
}

/** The mailbox or its host is not there: nothing will ever reach it. All else may pass. */
function errorOf(code: string): NonNullable<StatusReport['error']> {
  return /^5\.1\.(1|2|3|6|10)$/.test(code) ? sendErrors.not_found : sendErrors.refused;
}
