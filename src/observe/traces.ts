// One trace from the webhook to the delivery, over OpenTelemetry's API: without an SDK nothing leaves the process, and the ids still join the log.
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Span,
} from '@opentelemetry/api';
import { readTraceparent, writeTraceparent } from './traceparent.js';

/** Ids, codes and counts only: a span may leave the house. */
export type SpanFacts = Readonly<Record<string, string | number | boolean>>;

export interface Piece {
  /** `server`: somebody asks us; `client`: we ask somebody; else it stays inside. */
  kind?: 'server' | 'client';
  /** The traceparent to go on from; without a valid one the trace that is under way goes on, and without that a new one begins. */
  from?: string | undefined;
  facts?: SpanFacts;
}

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, inside: SpanKind.INTERNAL } as const;

/** One for the process: each that was ever run in is copied at every promise from then on, for as long as the process lives. */
const here = new AsyncLocalStorage<Context | undefined>();

export class Traces {
  readonly #random: (bytes: number) => Buffer;

  constructor(random: (bytes: number) => Buffer) {
    this.#random = random;
  }

  /** Does a piece of work in a span of its own. `tell` adds facts; an error ends the span as failed, without its words. */
  async span<T>(
    name: string,
    { kind, from, facts }: Piece,
    work: (tell: (facts: SpanFacts) => void) => Promise<T>,
  ): Promise<T> {
    const parent = this.#parent(kind, from);
    const options = { kind: KINDS[kind ?? 'inside'], ...(facts && { attributes: facts }) };
    const span = trace.getTracer('sila').startSpan(name, options, parent);
    try {
      return await this.#under(trace.setSpan(parent, this.#withIds(span)), () =>
        work((more) => void span.setAttributes(more)),
      );
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  }

  /** Does work that belongs to no trace, whoever caused it. */
  apart<T>(work: () => T): T {
    return here.run(undefined, () => context.with(ROOT_CONTEXT, work));
  }

  /** The trace that is under way: 32 hex digits. */
  get id(): string | undefined {
    return this.#spanContext()?.traceId;
  }

  /** By which somebody else, or a later turn, goes on with it. */
  get traceparent(): string | undefined {
    const span = this.#spanContext();
    return span && writeTraceparent({ traceId: span.traceId, spanId: span.spanId, flags: span.traceFlags });
  }

  #spanContext() {
    const now = here.getStore();
    return now && trace.getSpanContext(now);
  }

  #parent(kind: Piece['kind'], from: string | undefined): Context {
    // An SDK that watches the HTTP server has read the header already.
    const active = context.active();
    if (kind === 'server' && trace.getSpan(active)) return active;
    const given = readTraceparent(from);
    if (!given) return here.getStore() ?? (trace.getSpan(active) ? active : ROOT_CONTEXT);
    const { traceId, spanId, flags } = given;
    return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: flags, isRemote: true });
  }

  #under<T>(now: Context, work: () => Promise<T>): Promise<T> {
    return here.run(now, () => context.with(now, work));
  }

  /** Without an SDK nobody makes ids: ours join the lines of the log. */
  #withIds(span: Span): Span {
    if (isSpanContextValid(span.spanContext())) return span;
    const ids = { traceId: this.#random(16).toString('hex'), spanId: this.#random(8).toString('hex') };
    return trace.wrapSpanContext({ ...ids, traceFlags: TraceFlags.NONE });
  }
}
