// The e-mail channel: letters from a mailbox (IMAP), answers in their threads (SMTP). One address is one conversation.
import type { Channel, ChannelHost, ChannelModule } from '../channel.js';
import { bareAddress } from './address.js';
import { AttachedFiles } from './files.js';
import { limits } from './limits.js';
import { openMailbox } from './mailbox.js';
import { MessageIds } from './message-id.js';
import { Reader } from './reader.js';
import type { Read } from './reading.js';
import { createReceive } from './receive.js';
import { watch } from './receiver.js';
import { Sending } from './sending.js';

/**
 * Settings: IMAP_URL (imap or imaps, with user and password; the folder as its path, else INBOX), SMTP_URL, MAIL_FROM (`Name <address>`: our
 * identity; answers come to it), MAIL_AUTHSERV_ID (optional: whose Authentication-Results are believed).
 */
export const email = emailReadBy(() => new Reader().read);

/** With another way of reading letters than the thread, which is there only when the program is built. */
export function emailReadBy(reader: () => Read): ChannelModule {
  return { limits, create: (host, settings) => create(host, settings, reader()) };
}

function create(host: ChannelHost, settings: Readonly<Record<string, string>>, read: Read): Channel {
  const { IMAP_URL: mailbox = '', SMTP_URL: url = '', MAIL_FROM: from = '', MAIL_AUTHSERV_ID: trusted = '' } = settings;
  const account = bareAddress(from);
  const ids = new MessageIds(host.secret('letters'), account);
  const sending = new Sending(host, { url, from, ids });
  const files = new AttachedFiles(() => openMailbox(mailbox, true), read);
  const receive = createReceive(host, { account, ids, trusted }, read);
  let heard = true;
  const hears = (does: boolean) => void (heard = does);
  return {
    name: limits.channel,
    hears: () => heard,
    limits,
    routes: () => [],
    send: (message) => sending.send(message),
    reach: (code) => Promise.resolve(`mailto:${account}${code === undefined ? '' : `?subject=${code}&body=${code}`}`),
    fetchFile: (_account, file) => files.fetch(file),
    start: () => {
      const ended = new AbortController();
      const open = () => openMailbox(mailbox);
      const watching = watch({ host, account, open, receive, hears }, ended.signal);
      return Promise.resolve(async () => {
        ended.abort();
        await watching;
      });
    },
  };
}
