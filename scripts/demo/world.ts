// An outside world of the demo: a provider that stands in for the real one, and a person who uses it.
import type { Phone } from './phone.js';

export interface World {
  readonly phone: Phone;
  /** What Sila is started with so that it finds this provider. */
  readonly settings: Readonly<Record<string, string>>;
  /** Sila stands under that address: the provider and the person may begin. */
  open(url: string): Promise<void>;
  close(): Promise<void>;
}
