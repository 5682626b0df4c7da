// What the server is given by main.
import type { Channel, Route } from '../../channels/channel.js';
import type { FlowSet, Text } from '../engine/types.js';
import type { Observer } from '../observe/observer.js';
import type { Readiness } from '../observe/readiness.js';

export interface ServerOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** Where people reach us; links and origins come from it, never from a Host header. */
  publicUrl: string;
  /** Proxies of ours in front (TRUST_PROXY). */
  hops: number;
  /** Origins that may frame the conversation page (WIDGET_ORIGINS). */
  widgetOrigins: readonly string[];
  /** The folder with `widget/` and `staff/` as built; null: no pages here, other processes show them. */
  publicDir: string | null;
  channels: readonly Channel[];
  /** Further routes: the console's API. */
  routes: readonly Route[];
  /** The set that is current, asked for at every page. */
  flowSet: () => FlowSet;
  /** flows/texts by dotted key; the pages take `widget.*` and `demo.*`. */
  texts: Readonly<Record<string, Text>>;
  observer: Observer;
  /** Brings what the meter shows of the store and the queue up to date; never rejects. */
  readNumbers: () => Promise<void>;
  /** Not ready, or a rejection: /readyz answers 503. */
  readiness: () => Promise<Readiness>;
  newId: () => string;
}

export type Log = Observer['log'];

export interface RunningServer {
  port: number;
  /** Readiness goes to 503, no new connections, running requests end, within ten seconds. */
  stop: () => Promise<void>;
}
