/** A trained model as bytes: the same lessons and code give the same bytes. */
import { STRAY, trainable } from '../lessons.js';
import type { Lessons } from '../lessons.js';
import { trainAlarmEar, trainRuleEar } from './ear.js';
import type { Ear } from './ear.js';
import { findBands } from './bands.js';
import type { Bands } from './bands.js';
import { looker } from './features.js';
import { lexiconOf } from './lexicon.js';
import { trainSighted } from './model.js';
import type { Model } from './model.js';

/** Everything that answering needs beside the lessons themselves. */
export interface Trained {
  readonly model: Model;
  readonly bands: Bands;
  /** Hears danger. Absent without alarms to learn from. */
  readonly ear?: Ear;
  /** Hears what exact rules answer. Absent without lessons for it. */
  readonly ruleEar?: Ear;
}

/** Raised whenever training or the form of the bytes changes: a kept model of another version is trained anew. */
export const MODEL_VERSION = 15;
const SEED = 1;

/** Trains on the lessons, and finds the borders by cross-validation. */
export function train(lessons: Lessons): Trained {
  const lexicon = lexiconOf(lessons);
  const look = looker(lexicon);
  const examples = trainable(lessons.examples).map((one) => ({ ...one, features: look(one.text) }));
  return {
    model: trainSighted(examples, SEED),
    bands: findBands(examples, lexicon, SEED),
    ...(lessons.alarms && { ear: trainAlarmEar(lessons.alarms, examples, look, SEED) }),
    ...(lessons.ruled && { ruleEar: trainRuleEar(lessons.ruled, lessons.alarms, examples, look, SEED) }),
  };
}

/** What decides over a model: version and lessons, as one text; whoever keeps models hashes it. */
export function lessonsKey({ examples, lexicon, alarms, ruled }: Lessons): string {
  return JSON.stringify([MODEL_VERSION, SEED, STRAY, examples, lexicon, alarms ?? null, ruled ?? null]);
}

type Ears = Pick<Trained, 'ear' | 'ruleEar'>;

interface Head {
  readonly version: number;
  readonly intents: readonly string[];
  readonly bands: Bands;
  readonly units: number;
  /** Which ears follow the model. */
  readonly ears: readonly (keyof Ears)[];
  /** The lengths of the arrays, in the order in which they follow. */
  readonly lengths: readonly number[];
}

const LENGTH_BYTES = 4;
/** How many arrays there are: those of the model, then those of each ear. */
const OF_MODEL = 12;
const OF_EAR = 4;
const EARS = ['ear', 'ruleEar'] as const;

/** The bytes: the length of the head, the head as JSON, then all numbers (little endian, four bytes each; places four in four bytes). */
export function encode({ model, bands, ...ears }: Trained): Uint8Array {
  const heard = EARS.filter((name) => ears[name]);
  const arrays = [...arraysOfModel(model), ...heard.flatMap((name) => arraysOfEar(ears[name]))];
  const lengths = arrays.map(({ byteLength }) => byteLength / LENGTH_BYTES);
  const { intents, hidden } = model;
  const head: Head = { version: MODEL_VERSION, intents, bands, units: hidden.units, ears: heard, lengths };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const start = LENGTH_BYTES + Math.ceil(text.length / LENGTH_BYTES) * LENGTH_BYTES;
  const bytes = new Uint8Array(start + LENGTH_BYTES * lengths.reduce((sum, length) => sum + length, 0)).fill(
    0x20,
    0,
    start,
  );
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, LENGTH_BYTES);
  let at = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

type Numbers = Float32Array | Int32Array | Int8Array;

function arraysOfModel({ vocabulary, linear, hidden, familiar }: Model): Numbers[] {
  const { neighbours, centres } = familiar;
  return [
    vocabulary.hashes,
    vocabulary.weights,
    linear.weights,
    linear.bias,
    hidden.into,
    hidden.out,
    hidden.bias,
    neighbours.ends,
    neighbours.places,
    centres.ends,
    centres.classes,
    centres.values,
  ];
}

function arraysOfEar(ear: Ear | undefined): Numbers[] {
  return ear ? [ear.vocabulary.hashes, ear.vocabulary.weights, ear.linear.weights, ear.linear.bias] : [];
}

/** Reads bytes back; undefined for bytes of another version or that were cut or damaged in their form. */
export function decode(bytes: Uint8Array): Trained | undefined {
  const head = readHead(bytes);
  if (head?.version !== MODEL_VERSION) return undefined;
  const { bands, ears, lengths } = head;
  const total = lengths.reduce((sum, length) => sum + length, 0) * LENGTH_BYTES;
  let at = bytes.length - total;
  if (lengths.length !== OF_MODEL + ears.length * OF_EAR || at < LENGTH_BYTES) return undefined;
  const parts = new Parts(
    lengths.map((length) => {
      const from = bytes.byteOffset + at;
      at += length * LENGTH_BYTES;
      return bytes.buffer.slice(from, from + length * LENGTH_BYTES);
    }),
  );
  const heard = ears.map((name, index) => [name, earOf(parts, OF_MODEL + index * OF_EAR)]);
  return { model: modelOf(parts, head), bands, ...(Object.fromEntries(heard) as Ears) };
}

/** The arrays as they were written, by their places in the list. */
class Parts {
  constructor(private readonly parts: readonly ArrayBufferLike[]) {}

  bytes(index: number): Int8Array {
    return new Int8Array(this.parts[index] ?? new ArrayBuffer(0));
  }

  floats(index: number): Float32Array {
    return new Float32Array(this.parts[index] ?? new ArrayBuffer(0));
  }

  whole(index: number): Int32Array {
    return new Int32Array(this.parts[index] ?? new ArrayBuffer(0));
  }
}

function modelOf(parts: Parts, { intents, units }: Head): Model {
  const classes = intents.length;
  return {
    intents,
    vocabulary: { hashes: parts.whole(0), weights: parts.floats(1) },
    linear: { classes, weights: parts.floats(2), bias: parts.floats(3) },
    hidden: { classes, units, into: parts.floats(4), out: parts.floats(5), bias: parts.floats(6) },
    familiar: {
      neighbours: { ends: parts.whole(7), places: parts.bytes(8) },
      centres: { ends: parts.whole(9), classes: parts.whole(10), values: parts.floats(11) },
    },
  };
}

function earOf(parts: Parts, from: number): Ear {
  const bias = parts.floats(from + 3);
  return {
    vocabulary: { hashes: parts.whole(from), weights: parts.floats(from + 1) },
    linear: { classes: bias.length, weights: parts.floats(from + 2), bias },
  };
}

function readHead(bytes: Uint8Array): Head | undefined {
  if (bytes.length < LENGTH_BYTES) return undefined;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  try {
    return JSON.parse(new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length))) as Head;
  } catch {
    return undefined;
  }
}
