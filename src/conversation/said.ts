// What a turn says, as it is to be sent: words, and after a reply window the approved template that goes instead or before them.
import type { ChannelLimits } from '../../channels/channel.js';
import type { FilledTemplate, SayEffect } from '../engine/types.js';
import type { NewMessage } from '../store/contract.js';
import type { Plan } from './commit.js';
import { hasConfidential, showsCode } from './confidential.js';
import { expiryOf, isOver, templateExpiry } from './expiry.js';
import type { House } from './house.js';
import { merged } from './merge.js';
import type { MessageBody } from './records.js';
import { overChannel } from './records.js';

export interface Said {
  say: SayEffect;
  /** It goes as this template. */
  template?: Omit<FilledTemplate, 'text'>;
  /** What goes before it when it comes too late. */
  knock?: FilledTemplate;
}

/** In the order it was said. */
export function saidIn(house: House, plan: Plan): Said[] {
  const { row, body, item, played } = plan;
  const limits = house.channels.get(row.channel)?.limits;
  const personAt = overChannel(body) ? item.at : row.lastPersonAt;
  const closed = isOver(limits, personAt, played.record.now) && played.result.session.rest === undefined;
  const says = played.result.effects.filter((effect) => effect.kind === 'say');
  return merged(says, limits).map((say) => formOf(say, limits, closed));
}

/** What one thing said becomes: the template, or the words with the template that may have to go before them. */
function formOf(say: SayEffect, limits: ChannelLimits | undefined, closed: boolean): Said {
  const { template: given, ...words } = say;
  if (!given || limits?.templates !== true) return { say: words };
  const { goes, ...filled } = given;
  if (goes === 'before') return { say: words, knock: filled };
  if (goes === 'instead' && !closed) return { say: words };
  const { text, ...template } = filled;
  const { author, by, step } = words;
  const spoken: SayEffect = {
    kind: 'say',
    author,
    text,
    ...(by !== undefined && { by }),
    ...(step !== undefined && { step }),
  };
  return { say: spoken, template };
}

export async function saidMessages(
  house: House,
  plan: Plan,
  said: readonly Said[],
  reply: Record<string, string> | undefined,
): Promise<NewMessage[]> {
  const { row, item, body, played } = plan;
  const { result, prepared, before } = played;
  const at = played.record.now;
  const hidden =
    hasConfidential(prepared, before?.session) || hasConfidential(prepared, result.session) || showsCode(played.record);
  const personAt = overChannel(body) ? item.at : row.lastPersonAt;
  const patient = canWait(body);
  const waits = patient && result.session.rest !== undefined;
  const expiresAt = expiryOf(house, row, at, personAt, patient ? (waits ? 'always' : 'window') : 'never');
  const run = result.session.stack.at(-1)?.run ?? null;
  const staffId = body?.kind === 'within' && 'by' in body.input ? body.input.by : undefined;
  return Promise.all(
    said.map(async (one): Promise<NewMessage> => {
      const id = house.ids.next();
      const content = {
        ...bodyOf(one, staffId, reply),
        ...(patient && { canWait: true as const }),
        ...(waits && { waits }),
      };
      return {
        id,
        direction: 'out',
        author: one.say.author,
        class: hidden && one.say.author === 'bot' ? 'confidential' : 'personal',
        state: 'queued',
        run,
        providerKey: null,
        at,
        expiresAt: one.template && !waits ? templateExpiry(at) : expiresAt,
        sealed: await house.records.message.seal(row.address, id, content),
      };
    }),
  );
}

/** What staff decide or write is worth hearing whenever the person comes back; a question of the bot's is not. */
function canWait(body: Plan['body']): boolean {
  if (body?.kind !== 'within') return false;
  const { input } = body;
  return input.kind === 'staff' || input.kind === 'case' || (input.kind === 'system' && input.event === 'separated');
}

function bodyOf(
  { say, template, knock }: Said,
  staffId: string | undefined,
  reply: Record<string, string> | undefined,
): MessageBody {
  const staff = say.author === 'staff';
  return {
    v: 1,
    text: say.text,
    ...(say.options && { options: say.options }),
    ...(say.expects && { expects: say.expects }),
    ...(say.file && { files: [say.file] }),
    ...(staff && staffId !== undefined && { by: staffId }),
    ...(staff && say.by !== undefined && { name: say.by }),
    ...(template && { template }),
    ...(knock && { knock }),
    ...(reply && { reply }),
  };
}
