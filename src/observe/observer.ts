// What sees a process at work: its meter, its traces, and a log that both know of.
import { randomBytes } from 'node:crypto';
import { Meter } from './meter.js';
import { Traces } from './traces.js';

type Log = (event: string, facts?: Readonly<Record<string, string | number | boolean>>) => void;

export interface Observer {
  readonly meter: Meter;
  readonly traces: Traces;
  /** Counts every line by its event, and names the trace that it belongs to. */
  readonly log: Log;
}

/** `log` writes the lines; ids and codes only. */
export function createObserver(log: Log): Observer {
  const meter = new Meter();
  const traces = new Traces(randomBytes);
  return {
    meter,
    traces,
    log: (event, facts) => {
      meter.count('sila_log_events_total', { event });
      const { id } = traces;
      if (id === undefined) log(event, facts);
      else log(event, { ...facts, trace: id });
    },
  };
}
