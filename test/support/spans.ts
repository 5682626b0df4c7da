// Stands where an operator's OpenTelemetry SDK would: keeps every span that the program opens through the API.
import { randomBytes } from 'node:crypto';
import {
  trace,
  type Attributes,
  type Context,
  type Span,
  type SpanContext,
  type SpanOptions,
  type SpanStatus,
  type Tracer,
} from '@opentelemetry/api';

export class KeptSpan implements Span {
  readonly attributes: Attributes = {};
  status: SpanStatus | null = null;
  ended = false;

  constructor(
    readonly name: string,
    readonly kind: SpanOptions['kind'],
    readonly parent: SpanContext | undefined,
    readonly own: SpanContext,
    attributes: Attributes = {},
  ) {
    this.setAttributes(attributes);
  }

  spanContext = (): SpanContext => this.own;
  setAttribute(key: string, value: Attributes[string]): this {
    return this.setAttributes({ [key]: value });
  }
  setAttributes(attributes: Attributes): this {
    Object.assign(this.attributes, attributes);
    return this;
  }
  setStatus(status: SpanStatus): this {
    this.status = status;
    return this;
  }
  addEvent(): never {
    throw new Error('an event of a span may quote data');
  }
  recordException(): never {
    throw new Error('an exception may quote data');
  }
  addLink = (): this => this;
  addLinks = (): this => this;
  updateName = (): this => this;
  end(): void {
    this.ended = true;
  }
  isRecording = (): boolean => !this.ended;
}

export interface Spans {
  /** In the order in which they were opened. */
  all: KeptSpan[];
  /** Takes the provider away again: the API knows one for the whole process. */
  stop: () => void;
}

/** Registers a provider of the test's own. */
export function keepSpans(): Spans {
  const all: KeptSpan[] = [];
  const startSpan = (name: string, options: SpanOptions = {}, context?: Context): Span => {
    const parent = context && trace.getSpanContext(context);
    const traceId = parent?.traceId ?? randomBytes(16).toString('hex');
    const own = { traceId, spanId: randomBytes(8).toString('hex'), traceFlags: 1 };
    const span = new KeptSpan(name, options.kind, parent, own, options.attributes);
    all.push(span);
    return span;
  };
  const startActiveSpan = (): never => {
    throw new Error('spans are opened with startSpan');
  };
  const tracer: Tracer = { startSpan, startActiveSpan };
  if (!trace.setGlobalTracerProvider({ getTracer: () => tracer })) throw new Error('another provider stands there');
  return { all, stop: () => trace.disable() };
}
