/** A trained model as bytes: the same lessons and code give the same bytes. */
import { STRAY, trainable } from '../lessons.js';
import type { Lessons } from '../lessons.js';
import { trainEar } from './ear.js';
import type { Ear } from './ear.js';
import { findBands } from './bands.js';
import type { Bands } from './bands.js';
import { lexiconOf } from './lexicon.js';
import { trainModel } from './model.js';
import type { Model } from './model.js';

/** Everything that answering needs beside the lessons themselves. */
export interface Trained {
  readonly model: Model;
  readonly bands: Bands;
  /** Absent without alarms to learn from. */
  readonly ear?: Ear;
}

/** Raised whenever training or the form of the bytes changes: a kept model of another version is trained anew. */
export const MODEL_VERSION = 6;
const SEED = 1;

/** Trains on the lessons, and finds the borders by cross-validation. */
export function train(lessons: Lessons): Trained {
  const lexicon = lexiconOf(lessons);
  const examples = trainable(lessons.examples);
  return {
    model: trainModel(examples, lexicon, SEED),
    bands: findBands(examples, lexicon, SEED),
    ...(lessons.alarms && { ear: trainEar(lessons.alarms, examples, lexicon, SEED) }),
  };
}

/** What decides over a model: version and lessons, as one text; whoever keeps models hashes it. */
export function lessonsKey({ examples, lexicon, alarms }: Lessons): string {
  return JSON.stringify([MODEL_VERSION, SEED, STRAY, examples, lexicon, alarms ?? null]);
}

interface Head {
  readonly version: number;
  readonly intents: readonly string[];
  readonly bands: Bands;
  readonly units: number;
  /** The lengths of the arrays, in the order in which they follow. */
  readonly lengths: readonly number[];
}

const LENGTH_BYTES = 4;
/** How many arrays there are: those of the model, and four of the ear. */
const WITHOUT_EAR = 7;
const ARRAYS = [WITHOUT_EAR, WITHOUT_EAR + 4];

/** The bytes: the length of the head, the head as JSON, then all numbers (little endian, four bytes each). */
export function encode({ model, bands, ear }: Trained): Uint8Array {
  const { intents, vocabulary, linear, hidden } = model;
  const arrays = [
    vocabulary.hashes,
    vocabulary.weights,
    linear.weights,
    linear.bias,
    hidden.into,
    hidden.out,
    hidden.bias,
    ...(ear ? [ear.vocabulary.hashes, ear.vocabulary.weights, ear.linear.weights, ear.linear.bias] : []),
  ];
  const lengths = arrays.map(({ length }) => length);
  const head: Head = { version: MODEL_VERSION, intents, bands, units: hidden.units, lengths };
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

/** Reads bytes back; undefined for bytes of another version or that were cut or damaged in their form. */
export function decode(bytes: Uint8Array): Trained | undefined {
  const head = readHead(bytes);
  if (head?.version !== MODEL_VERSION) return undefined;
  const { intents, bands, units, lengths } = head;
  const total = lengths.reduce((sum, length) => sum + length, 0) * LENGTH_BYTES;
  let at = bytes.length - total;
  if (!ARRAYS.includes(lengths.length) || at < LENGTH_BYTES) return undefined;
  const parts = lengths.map((length) => {
    const from = bytes.byteOffset + at;
    at += length * LENGTH_BYTES;
    return bytes.buffer.slice(from, from + length * LENGTH_BYTES);
  });
  const floats = (index: number): Float32Array => new Float32Array(parts[index] ?? new ArrayBuffer(0));
  const hashes = (index: number): Int32Array => new Int32Array(parts[index] ?? new ArrayBuffer(0));
  const classes = intents.length;
  const model: Model = {
    intents,
    vocabulary: { hashes: hashes(0), weights: floats(1) },
    linear: { classes, weights: floats(2), bias: floats(3) },
    hidden: { classes, units, into: floats(4), out: floats(5), bias: floats(6) },
  };
  if (lengths.length === WITHOUT_EAR) return { model, bands };
  const bias = floats(10);
  const linear = { classes: bias.length, weights: floats(9), bias };
  return { model, bands, ear: { vocabulary: { hashes: hashes(7), weights: floats(8) }, linear } };
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
