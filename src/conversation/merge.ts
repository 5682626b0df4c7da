// Brings together what one turn says, for channels that count messages to a person.
import type { ChannelLimits } from '../../channels/channel.js';
import type { SayEffect } from '../engine/types.js';

/** The same words in as few messages as fit; options stay under the last of them, files and another speaker begin a new one. */
export function merged(says: readonly SayEffect[], limits: ChannelLimits | undefined): SayEffect[] {
  if (limits?.merge !== true) return [...says];
  const out: SayEffect[] = [];
  for (const say of says) {
    const joined = out.length > 0 ? join(out[out.length - 1], say, limits) : undefined;
    if (joined) out[out.length - 1] = joined;
    else out.push(say);
  }
  return out;
}

function join(first: SayEffect | undefined, second: SayEffect, limits: ChannelLimits): SayEffect | undefined {
  if (!first || first.file || second.file || (first.options?.length ?? 0) > 0) return undefined;
  if (first.template || second.template) return undefined;
  if (first.author !== second.author || first.by !== second.by) return undefined;
  const text = `${first.text}\n\n${second.text}`;
  const options = (second.options?.length ?? 0) > 0;
  const most = options ? (limits.textWithOptions ?? limits.text) : limits.text;
  return text.length > most ? undefined : { ...second, text };
}
