/** `npm run inquiries -- --intents [--json]`: the names of all intents, one line each, so that any set of messages can be mapped to them. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseIntents, type Intent } from '../src/inquiries/index.js';

const PATH = 'flows/intents.yaml';

const { values: options } = parseArgs({
  options: { intents: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});

if (options.intents) listIntents(parseIntents(PATH, readFileSync(PATH, 'utf8')), options.json);
else {
  console.error('Usage: npm run inquiries -- --intents [--json]');
  process.exitCode = 1;
}

function listIntents(intents: readonly Intent[], json: boolean): void {
  if (json) return console.log(JSON.stringify(intents));
  for (const { name, kind, ar, en } of intents) console.log([name.padEnd(18), kind.padEnd(9), ar, '|', en].join(' '));
}
