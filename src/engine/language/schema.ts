/** JSON Schemas (draft 2020-12) of every kind of file in a pack, made from the vocabulary: editors complete and underline with them. */
import { answerOptions } from './answer-options.js';
import { stepKinds } from './step-kinds.js';
import { type Key, type Shape, vocabulary } from './vocabulary.js';

export type Schema = { readonly [key: string]: unknown };

/** By file name without its ending: `flow`, `charity`… */
export function schemas(): Record<string, Schema> {
  return {
    flow: whole('A flow', 'flow'),
    charity: { ...whole('A charity', 'charity', { items: true }) },
    templates: whole('What the providers approved for after a reply window', 'templates'),
    words: whole('The words that work everywhere', 'words'),
    danger: whole('Words of danger', 'danger'),
    cases: whole('What every kind of case holds', 'cases'),
    tone: whole('How we speak with people', 'tone'),
    article: whole('The front matter of an article', 'article'),
    texts: texts(),
  };
}

const draft = 'https://json-schema.org/draft/2020-12/schema';
const id = { type: 'string', pattern: '^[a-z][a-z0-9_-]{0,63}$' };
const language = '^[a-z]{2,3}(-[A-Za-z]{2,8})?$';
/** A word or sentence; a number is taken as it is written. */
const word = { type: ['string', 'number'] };
const words = { anyOf: [word, { type: 'array', items: word }] };
const yes = { type: 'boolean' };

/** The mapping with everything that it leads to under `$defs`. `items`: further names are lists of entries. */
function whole(title: string, name: string, { items = false } = {}): Schema {
  const needed = new Map<string, Schema>();
  const body = mapping(name, needed);
  return {
    $schema: draft,
    title,
    ...body,
    ...(items && { additionalProperties: { type: 'array', items: mapping('item', needed) } }),
    $defs: Object.fromEntries([...needed].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Nested or dotted keys, each a text or further keys. */
function texts(): Schema {
  return {
    $schema: draft,
    title: 'Texts of one language',
    type: 'object',
    patternProperties: { '^[A-Za-z_][\\w.-]*$': { anyOf: [word, { $ref: '#' }] } },
    additionalProperties: false,
  };
}

function mapping(name: string, needed: Map<string, Schema>): Schema {
  const keys = Object.entries(mapNamed(name));
  return {
    type: 'object',
    properties: Object.fromEntries(
      keys.map(([key, { shape, about }]) => [key, { description: about, ...shaped(shape, needed) }]),
    ),
    required: keys.filter(([, key]) => key.need).map(([key]) => key),
    additionalProperties: false,
  };
}

function mapNamed(name: string): Readonly<Record<string, Key>> {
  const maps: Readonly<Record<string, Readonly<Record<string, Key>>>> = vocabulary;
  const found = maps[name];
  if (!found) throw new Error(`the vocabulary has no mapping ${name}`);
  return found;
}

function reference(name: string, needed: Map<string, Schema>, make: () => Schema): Schema {
  if (!needed.has(name)) {
    needed.set(name, {});
    needed.set(name, make());
  }
  return { $ref: `#/$defs/${name}` };
}

function shaped(shape: Shape, needed: Map<string, Schema>): Schema {
  if (typeof shape === 'string') return simple[shape];
  if ('of' in shape) return { enum: [...shape.of] };
  if ('any' in shape) return { anyOf: shape.any.map((one) => shaped(one, needed)) };
  if ('map' in shape) return reference(shape.map, needed, () => mapping(shape.map, needed));
  if ('named' in shape) return { type: 'object', additionalProperties: valueOf(shape.named, needed) };
  if (shape.list === 'step')
    return { type: 'array', minItems: 1, items: reference('step', needed, () => step(needed)) };
  return { type: 'array', items: reference(shape.list, needed, () => mapping(shape.list, needed)) };
}

function valueOf(name: string, needed: Map<string, Schema>): Schema {
  return name === 'word' ? word : reference(name, needed, () => mapping(name, needed));
}

/** Exactly one of the kinds; the name that only it has tells which, so that an editor knows what else may follow. */
function step(needed: Map<string, Schema>): Schema {
  const cases = stepKinds.map((kind) => ({
    if: { type: 'object', required: [kind] },
    then: mapping(kind, needed),
  }));
  const any: Schema = ask(needed);
  return cases.reduceRight<Schema>((otherwise, one) => ({ ...one, else: otherwise }), any);
}

/** Options of the answer types stand beside the question's own names. */
function ask(needed: Map<string, Schema>): Schema {
  const base = mapping('ask', needed);
  const shapes = { number: { type: 'number' }, boolean: yes };
  const options = Object.values(answerOptions).flatMap((own) =>
    Object.entries(own).map(([key, shape]) => [key, shapes[shape]] as const),
  );
  const types = Object.keys(answerOptions).filter((type) => type !== 'choice' && type !== 'choices');
  const properties = { ...(base['properties'] as Schema), ...Object.fromEntries(options) };
  const answer = { description: 'The type of the answer.', enum: types };
  return {
    ...base,
    properties: { ...properties, answer },
    anyOf: [{ required: ['answer'] }, { required: ['choices'] }],
  };
}

const target = {
  type: 'string',
  description: 'A step or end of this flow, flow/<id>, or resume.',
  pattern: '^(flow/[a-z][a-z0-9_-]*|[a-z][a-z0-9_-]*)$',
};
const testValue = { anyOf: [{ type: ['string', 'number', 'boolean'] }, { type: 'array', items: word, minItems: 1 }] };
const byLanguage = (of: Schema): Schema => ({
  type: 'object',
  minProperties: 1,
  patternProperties: { [language]: of },
  properties: { placeholder: yes },
  additionalProperties: false,
});

const simple: Readonly<Record<Extract<Shape, string>, Schema>> = {
  id,
  word,
  words,
  text: byLanguage(word),
  phrases: byLanguage(words),
  yes,
  number: { type: 'number' },
  duration: { type: 'string', pattern: '^\\s*\\d{1,6}\\s?[smhd]\\s*$' },
  target,
  jumps: { type: 'object', additionalProperties: target },
  condition: {
    type: 'object',
    minProperties: 1,
    additionalProperties: {
      anyOf: [
        testValue,
        { type: 'object', properties: { not: testValue }, required: ['not'], additionalProperties: false },
      ],
    },
  },
  time: { type: 'string', pattern: '^\\d{1,2}:\\d{2}$' },
  facts: { type: 'object', additionalProperties: { anyOf: [word, byLanguage(word)] } },
  flags: { type: 'object', additionalProperties: { enum: [true, false, 'yes', 'no'] } },
  groups: { type: 'object', additionalProperties: words },
};
