/** Reads flows/intents.yaml: what people want, and what serves it. */
import { parse, YAMLParseError } from 'yaml';
import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/);
const line = z.string().trim().min(1);
const intent = z.strictObject({
  name,
  /** `article` is answered, `deed` is done by its flow, `courtesy` yields to any request, `rule` is never classified. */
  kind: z.enum(['article', 'deed', 'courtesy', 'rule']),
  /** One line that says what belongs to it, in each language of the product. */
  ar: line,
  en: line,
  /** Articles that serve it, the fittest first; a charity uses those that it has. */
  articles: z.array(name).min(1).optional(),
  /** What it is easily mistaken for: where that is likely too, the person is asked which. */
  mistaken_for: z.array(name).min(1).optional(),
  /** The flow that does it. */
  flow: name.optional(),
  /** A flag of the charity without which the intent does not exist there. */
  if: name.optional(),
  /** A flag of the charity without which the charity does not give what is asked for. */
  given: name.optional(),
});
const file = z.strictObject({ intents: z.array(intent).min(1) });

export type Intent = z.infer<typeof intent>;

/** Reads the file. Throws an Error that names the place and the fault when it is not in the form above, or a name stands twice. */
export function parseIntents(path: string, text: string): readonly Intent[] {
  const parsed = file.safeParse(yamlOf(path, text));
  if (!parsed.success) {
    const issues = parsed.error.issues.map((issue) => `${path}: ${issue.path.map(String).join('.')}: ${issue.message}`);
    throw new Error(issues.join('\n'));
  }
  const { intents } = parsed.data;
  const twice = intents.find((one, at) => intents.findIndex((other) => other.name === one.name) !== at);
  if (twice) throw new Error(`${path}: the name "${twice.name}" stands twice`);
  return intents;
}

/** Those that exist for a charity with these flags. */
export function intentsOf(intents: readonly Intent[], flags: Readonly<Record<string, boolean>>): readonly Intent[] {
  return intents.filter((one) => one.if === undefined || flags[one.if] === true);
}

function yamlOf(path: string, text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new Error(`${path}: ${error.message}`, { cause: error });
  }
}
