/** Reads templates.yaml of a charity: the words that its providers approved for after a reply window. */
import { MOST_TEMPLATE } from '../approved.js';
import type { ApprovedTemplate, Language, TemplatePurpose, Text } from '../types.js';
import type { Place, Report } from './finding.js';
import { emptyText, readText } from './read-text.js';
import { type Fields, readFields, readId, readList, reportUnknown } from './shape.js';
import type { Node } from './source.js';
import { keysOf, templatePurposes } from './vocabulary.js';

export interface DraftTemplate {
  readonly template: ApprovedTemplate;
  /** False: still to be approved; nothing is said with it. */
  readonly approved: boolean;
  readonly at: Place;
}

/** What is known when a template speaks by itself. An end knows the answers of its flow, staff write what they like. */
const KNOWN: Readonly<Partial<Record<TemplatePurpose, readonly string[]>>> = {
  status: ['number', 'status'],
  message: ['number'],
};

export function readTemplates(node: Node, languages: readonly Language[], report: Report): DraftTemplate[] {
  const fields = readFields(node, 'The file of templates', keysOf('templates'), report);
  const templates = fields?.need('templates', 'Add "templates:" with a list.');
  const list = templates && readList(templates, '"templates"', report);
  const read = (list?.items ?? []).flatMap((item) => readTemplate(item, languages, report) ?? []);
  for (const [index, { template, at }] of read.entries()) {
    if (read.findIndex((other) => other.template.id === template.id) < index)
      report.add('duplicate_id', at, `There are two templates "${template.id}".`, 'Give one another name.');
  }
  return read;
}

function readTemplate(node: Node, languages: readonly Language[], report: Report): DraftTemplate | undefined {
  const fields = readFields(node, 'A template', keysOf('approvedTemplate'), report);
  const id = fields && readId(fields.need('id', 'Add "id: case_status".'), 'the name of a template', report);
  if (!fields || id === undefined) return undefined;
  for (const key of ['title', 'name', 'codes', 'text', 'purposes', 'approved'])
    fields.need(key, `Add "${key}:"; docs/flow-language.md shows a template.`);
  const text = readText(fields.get('text'), 'The template', languages, report)?.text ?? emptyText(languages);
  const parameters = readParameters(fields, languages);
  checkBody(text, parameters.length, fields);
  const purposes = readPurposes(fields);
  checkKnown(purposes, parameters, fields);
  const template: ApprovedTemplate = {
    id,
    name: readName(fields),
    purposes,
    title: readText(fields.get('title'), 'The title', languages, report)?.text ?? emptyText(languages),
    codes: readCodes(fields, languages),
    text,
    parameters,
  };
  return { template, approved: fields.boolean('approved') ?? false, at: fields.at };
}

function readName(fields: Fields): string {
  const name = fields.string('name') ?? '';
  if (fields.has('name') && !/^[a-z0-9_]{1,512}$/.test(name))
    fields.report.add(
      'bad_value',
      fields.place('name'),
      `"${name.slice(0, 80)}" cannot be the name of a template at the provider.`,
      'Use small Latin letters, digits and _.',
    );
  return name;
}

function readPurposes(fields: Fields): TemplatePurpose[] {
  return fields.strings('purposes').flatMap((name) => {
    const purpose = templatePurposes.find((one) => one === name);
    if (purpose === undefined)
      reportUnknown(
        'bad_value',
        fields.place('purposes'),
        `A template has no purpose "${name}".`,
        name,
        templatePurposes,
        fields.report,
      );
    return purpose ?? [];
  });
}

/** The provider's code of every language of the pack. */
function readCodes(fields: Fields, languages: readonly Language[]): Record<Language, string> {
  const codes = readText(fields.get('codes'), '"codes"', languages, fields.report)?.text ?? {};
  for (const [language, code] of Object.entries(codes)) {
    if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(code))
      fields.report.add(
        'bad_value',
        fields.place('codes'),
        `"${code.slice(0, 20)}" is not the code of a language at the provider.`,
        `Write "${language}: ${language}", or with a country: "en: en_US".`,
      );
  }
  return codes;
}

function readParameters(fields: Fields, languages: readonly Language[]): { id: string; label: Text }[] {
  const { report } = fields;
  const node = fields.get('parameters');
  const list = node && readList(node, '"parameters"', report);
  return (list?.items ?? []).flatMap((item) => {
    const parameter = readFields(item, 'A parameter', keysOf('templateParameter'), report);
    const id = parameter && readId(parameter.need('id', 'Add "id: number".'), 'the name of a parameter', report);
    const label =
      parameter && readText(parameter.need('label', 'Add "label: { ar: …, en: … }".'), 'The label', languages, report);
    return id === undefined ? [] : [{ id, label: label?.text ?? emptyText(languages) }];
  });
}

/** The provider's own rules: numbered from 1 without gaps, not at either end, and within its length. */
function checkBody(text: Text, count: number, fields: Fields): void {
  const add = (message: string, cure: string): void =>
    fields.report.add('bad_value', fields.place('text'), message, cure);
  for (const [language, body] of Object.entries(text)) {
    const used = [...new Set([...body.matchAll(/\{\{(\d+)\}\}/g)].map(([, number]) => Number(number)))].sort(
      (a, b) => a - b,
    );
    const wanted = Array.from({ length: count }, (_, index) => index + 1);
    if (used.join() !== wanted.join())
      add(
        `The template uses the parameters ${used.join(', ') || 'none'} in "${language}", and ${count} are listed.`,
        'Write {{1}}, {{2}} … once for every entry of "parameters", in each language.',
      );
    if (/^\s*\{\{|\}\}\s*$/.test(body))
      add(
        `In "${language}" the template begins or ends with a parameter, which the provider refuses.`,
        'Put words around it.',
      );
    if (body.length > MOST_TEMPLATE)
      add(`The template has ${body.length} letters in "${language}".`, `Keep it within ${MOST_TEMPLATE}.`);
  }
}

function checkKnown(purposes: readonly TemplatePurpose[], parameters: readonly { id: string }[], fields: Fields): void {
  for (const purpose of purposes) {
    const known = KNOWN[purpose];
    for (const { id } of parameters) {
      if (known && !known.includes(id))
        fields.report.add(
          'unknown_name',
          fields.place('parameters'),
          `A template for "${purpose}" knows no "${id}".`,
          `It may use ${known.join(', ')}.`,
        );
    }
  }
}
