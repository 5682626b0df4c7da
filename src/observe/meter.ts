// Counts and times what happens in one process. One per Sila: nothing here is global.
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { METRICS, type LabelsOf, type Metric, type Named } from './metrics.js';

export class Meter {
  readonly #registry = new Registry();
  readonly #counters = new Map<string, Counter>();
  readonly #gauges = new Map<string, Gauge>();
  readonly #histograms = new Map<string, Histogram>();

  constructor() {
    for (const [name, metric] of Object.entries<Metric>(METRICS)) this.#add(name, metric);
  }

  count<Name extends Named<'counter'>>(name: Name, labels: LabelsOf<Name>, by = 1): void {
    this.#counters.get(name)?.inc(labels, by);
  }

  /** Writes down how long something took, in milliseconds. */
  time<Name extends Named<'histogram'>>(name: Name, labels: LabelsOf<Name>, ms: number): void {
    // A clock that was set back between two processes is no negative time.
    this.#histograms.get(name)?.observe(labels, Math.max(0, ms) / 1_000);
  }

  /** `undefined`: nobody knows it now; rather no number than one of yesterday. */
  show<Name extends Named<'gauge'>>(name: Name, labels: LabelsOf<Name>, value: number | undefined): void {
    if (value === undefined) this.#gauges.get(name)?.remove(...Object.values<string>(labels));
    else this.#gauges.get(name)?.set(labels, value);
  }

  /** Times a piece of work by the clock that nobody sets, whether it succeeds or not. */
  async timed<Name extends Named<'histogram'>, T>(
    name: Name,
    labels: LabelsOf<Name>,
    work: () => Promise<T>,
  ): Promise<T> {
    const from = performance.now();
    try {
      return await work();
    } finally {
      this.time(name, labels, performance.now() - from);
    }
  }

  /** Memory, processor, event loop and garbage of this process too; once. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** The page of /metrics. */
  page(): Promise<string> {
    return this.#registry.metrics();
  }

  #add(name: string, { kind, help, labels, buckets }: Metric): void {
    const settings = { name, help, labelNames: [...labels], registers: [this.#registry] };
    if (kind === 'counter') this.#counters.set(name, new Counter(settings));
    else if (kind === 'gauge') this.#gauges.set(name, new Gauge(settings));
    else this.#histograms.set(name, new Histogram({ ...settings, buckets: [...(buckets ?? [])] }));
  }
}
