// Public comments are answered once, in private: nobody should tell their need where everybody reads.
import { z } from 'zod';
import type { ChannelHost } from '../channel.js';
import type { Graph } from '../common/graph.js';
import type { Item } from './envelope.js';
import { linkTo, type Identities } from './identity.js';
import { caps } from './limits.js';

const from = z.object({ id: z.string().min(1).max(64) });
const onPage = z.object({
  field: z.literal('feed'),
  value: z.object({
    item: z.literal('comment'),
    verb: z.literal('add'),
    comment_id: z.string().min(1).max(128),
    from,
    message: z.string().catch(''),
  }),
});
const onInstagram = z.object({
  field: z.literal('comments'),
  value: z.object({ id: z.string().min(1).max(128), from, text: z.string().catch('') }),
});

interface Comment {
  id: string;
  person: string;
  language: 'ar' | 'en';
}

/** Null when it is no new comment. What it says is looked at for its script only. */
export function commentOf({ kind, product, value }: Item): Comment | null {
  if (kind !== 'change') return null;
  if (product === 'page') {
    const read = onPage.safeParse(value);
    if (!read.success) return null;
    const { comment_id: id, from: person, message } = read.data.value;
    return { id, person: person.id, language: languageOf(message) };
  }
  const read = onInstagram.safeParse(value);
  return read.success
    ? { id: read.data.value.id, person: read.data.value.from.id, language: languageOf(read.data.value.text) }
    : null;
}

/** At most once a comment, and once a day to one person: a courtesy, tried once. */
export async function answerPrivately(
  host: Pick<ChannelHost, 'within' | 'say' | 'log'>,
  graph: Graph,
  identities: Identities,
  item: Item,
): Promise<void> {
  const comment = commentOf(item);
  const { account } = item;
  if (!comment || comment.person === account) return;
  if (!(await host.within('comment', comment.id, 1, caps.commentWindow))) return;
  if (!(await host.within('commenter', `${account} ${comment.person}`, 1, caps.commentsOfOne))) return;
  const identity = await identities.find();
  const link = (identity && linkTo(identity, account)) ?? '';
  const text = host.say('messenger.comment', comment.language, { link }).trim();
  const answer = await graph.post('me/messages', { recipient: { comment_id: comment.id }, message: { text } });
  if (!answer.ok || answer.status !== 200) host.log('messenger.comment_not_answered');
}

function languageOf(text: string): 'ar' | 'en' {
  return /\p{Script=Latin}/u.test(text) && !/\p{Script=Arabic}/u.test(text) ? 'en' : 'ar';
}
