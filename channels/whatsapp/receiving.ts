// What a webhook of WhatsApp's brings: messages, statuses, and errors that are only logged.
import { z } from 'zod';
import type { ChannelHost, StatusReport } from '../channel.js';
import { InOrder } from '../common/in-order.js';
import type { Desk } from '../common/meta-webhook.js';
import { openEnvelope, type Item } from './envelope.js';
import { translateIn } from './translate-in.js';
import { translateStatus } from './translate-status.js';

/** `accounts`: our phone number ids. */
export function createDesk(host: ChannelHost, secrets: readonly string[], accounts: ReadonlySet<string>): Desk<Item> {
  return {
    name: 'whatsapp',
    host,
    secrets,
    order: new InOrder(),
    open: openEnvelope,
    isOurs: ({ account }) => accounts.has(account),
    message: (item) => (item.kind === 'message' ? translateIn(item.value, item.account, item.contacts) : null),
    reports: (item) => reportsOf(host, item),
  };
}

function reportsOf(host: ChannelHost, item: Item): StatusReport[] | 'broken' {
  if (item.kind === 'error') {
    const code = z.object({ code: z.number() }).safeParse(item.value).data?.code;
    host.log('whatsapp.error_told', { code: code ?? -1 });
    return [];
  }
  const report = translateStatus(item.value, item.account, host.now());
  if (report === 'broken') return 'broken';
  return report === 'silent' ? [] : [report];
}
