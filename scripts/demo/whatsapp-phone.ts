// Somebody with WhatsApp: what they do becomes signed webhooks of the fake Graph API, what it takes is what they see.
import { startGraph } from '../../test/providers/graph.js';
import { asJson } from '../../test/providers/graph-checks.js';
import { shown as shownBody } from '../../test/providers/graph-provider.js';
import {
  ACCOUNT,
  media,
  picked,
  tapped,
  text,
  type Person,
  type WireMessage,
} from '../../test/providers/graph-webhooks.js';
import type { Phone, Shown } from './phone.js';
import type { World } from './world.js';

const USER = 'SA.13491208655302741918';

export async function whatsappWorld(name: string): Promise<World> {
  const graph = await startGraph();
  graph.follow = ['sent', 'delivered', 'read'];
  const person: Person = { user_id: USER, name };
  const bring = async (message: WireMessage): Promise<void> => {
    const status = await graph.deliver({ people: [person], messages: [message] });
    if (status !== 200) throw new Error(`the webhook was answered with ${status}`);
  };
  const shown = (): Shown[] => graph.sent.filter(({ to }) => to === USER).map(({ body }) => shownBy(body));
  const phone: Phone = {
    channel: 'whatsapp',
    tellsLanguage: false,
    write: (words) => bring(text(person, words)),
    tap: (label) => {
      const message = shown().findLast(({ as }) => as !== 'text');
      const option = message && message.as !== 'text' ? message.options.find((one) => one.label === label) : undefined;
      if (!option) throw new Error(`WhatsApp shows no «${label}»`);
      return bring((message?.as === 'list' ? picked : tapped)(person, option.id, label));
    },
    sendFile: (file, bytes) => {
      const id = String(7_000 + graph.media.size);
      const mime = 'image/jpeg';
      graph.media.set(id, { bytes, mime });
      const message = media(person, 'document', { id, bytes, mime });
      return bring({ ...message, document: { ...(message['document'] as object), filename: file } });
    },
    shown: () => Promise.resolve(shown()),
  };
  return {
    phone,
    settings: {
      WHATSAPP_API_URL: graph.url,
      WHATSAPP_TOKEN: graph.token,
      WHATSAPP_PHONE_NUMBER_ID: ACCOUNT,
      WHATSAPP_APP_SECRET: graph.secret,
      WHATSAPP_VERIFY_TOKEN: 'verify-token-of-the-demo',
    },
    open: (url) => {
      graph.webhookUrl = `${url}/webhooks/whatsapp`;
      return Promise.resolve();
    },
    close: () => graph.stop(),
  };
}

function shownBy(body: Record<string, unknown>): Shown {
  const { text: words, options } = shownBody(body);
  if (options.length === 0) return { as: 'text', text: words };
  const as = asJson(body['interactive'])?.['type'] === 'list' ? 'list' : 'buttons';
  return { as, text: words, options };
}
