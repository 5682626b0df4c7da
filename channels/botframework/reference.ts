// Where a person is answered: the conversation reference of the protocol, as the flat facts that are kept sealed with their address.
import type { ChannelAccount, ConversationAccount, ConversationReference } from 'botbuilder';

/** `service`: the address that the channel's token was signed for. */
export interface Reply extends Record<string, string> {
  channel: string;
  service: string;
  conversation: string;
  bot: string;
  user: string;
}

/** Null where the facts are of another kind. */
export function readReply(facts: Readonly<Record<string, string>>): Reply | null {
  const { channel, service, conversation, bot, user } = facts;
  if (channel === undefined || service === undefined || conversation === undefined) return null;
  if (bot === undefined || user === undefined) return null;
  return { ...facts, channel, service, conversation, bot, user };
}

/** Names and kinds, which the types ask for, are read by no channel in what a bot sends. */
export function referenceOf(reply: Reply): ConversationReference {
  const { channel, service, conversation, bot, user, tenant } = reply;
  return {
    channelId: channel,
    serviceUrl: service,
    conversation: { id: conversation, ...(tenant !== undefined && { tenantId: tenant }) } as ConversationAccount,
    bot: { id: bot } as ChannelAccount,
    user: { id: user } as ChannelAccount,
  };
}
