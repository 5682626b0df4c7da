// What the demo plays: the person's lines of a transcript, and what the engine says to each of them on one channel.
import type { Option } from '../../src/engine/types.js';
import type { Bundle } from '../../src/sila.js';
import { openHouse, roomFor } from '../chats/room.js';
import { beginTalk, hear } from '../chats/talk.js';

export type Act = { kind: 'write'; text: string } | { kind: 'choose'; label: string } | { kind: 'file'; name: string };

/** One exchange: what the person does, and what is to be said, as the engine puts it before a channel cuts it up. */
export interface Exchange {
  readonly act: Act;
  readonly says: readonly { text: string; options: readonly Option[] }[];
}

/** Lines other than the person's words, taps and files (time, staff) have no place on a phone: they are refused. */
export function exchangesOf(transcript: string, bundle: Bundle, channel: string, tellsLanguage: boolean): Exchange[] {
  const header = transcript.split('\n').filter((line) => line.startsWith('# ') && !line.startsWith('# channel:'));
  const told = tellsLanguage ? header : header.filter((line) => !line.startsWith('# language:'));
  const room = roomFor([`# channel: ${channel}`, ...told].join('\n'), openHouse(bundle));
  let talk = beginTalk(room);
  return transcript
    .split('\n')
    .filter((line) => /^[>~=] /.test(line))
    .map((line) => {
      const act = actOf(line);
      const heard = hear(room, talk, line);
      talk = heard.talk;
      const effects = heard.results.flatMap((result) => result.effects);
      const says = effects.flatMap((one) =>
        one.kind === 'say' ? [{ text: one.text, options: one.options ?? [] }] : [],
      );
      return { act, says };
    });
}

function actOf(line: string): Act {
  if (!line.startsWith('> ')) throw new Error(`this cannot be done on a phone: ${line}`);
  const words = line.slice(2);
  const label = /^\[(.*)\]$/.exec(words)?.[1];
  if (label !== undefined) return { kind: 'choose', label };
  const file = /^\(file\) (.*)$/.exec(words)?.[1];
  return file === undefined ? { kind: 'write', text: words } : { kind: 'file', name: file };
}
