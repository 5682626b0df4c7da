// Shapes of what administrators see of channels with a session; apart, because the console reads them and must not read the shell.
import type { SessionState } from '../../channels/channel.js';
import type { Language } from '../engine/types.js';

export interface SessionLine {
  channel: string;
  /** Null: no process holds it now. */
  now: SessionState | null;
  /** Words for the website and the other channels, in every language of the charity: where people reach us instead. */
  moved: { language: Language; text: string }[];
}

export interface SessionDesk {
  /** Whether any channel has one. */
  any: boolean;
  list(): Promise<SessionLine[]>;
}
