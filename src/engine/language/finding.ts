/** What the checker says: one fault, where it stands, and what cures it. */
import { languageLimits } from './language-limits.js';

export const findingCodes = [
  // the file itself
  'yaml',
  'several_documents',
  'alias',
  'tag',
  'too_big',
  'too_deep',
  'duplicate_key',
  'missing_file',
  'bidi_control',
  // shapes
  'unknown_key',
  'missing_key',
  'wrong_type',
  'bad_value',
  'bad_id',
  'duplicate_id',
  'step_kind',
  'too_many',
  // texts
  'missing_language',
  'empty_text',
  'missing_text_key',
  'template',
  'unknown_filter',
  'text_too_long',
  'label_too_long',
  'same_label',
  // questions
  'missing_class',
  'no_wrong_exit',
  'no_silence_exit',
  'unknown_answer_type',
  'sensitive_without_consent',
  'late_without_template',
  // ways
  'dangling_jump',
  'unknown_flow',
  'unreachable',
  'no_end',
  'loop',
  'call_cycle',
  'call_depth',
  // cases
  'unknown_case',
  'case_field',
  // names
  'unknown_list',
  'unknown_flag',
  'unknown_name',
  'unknown_value',
  'not_answered',
  'maybe_unanswered',
  'name_clash',
] as const;
export type FindingCode = (typeof findingCodes)[number];

/** A line of a file; lines count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

export interface Finding extends Place {
  readonly code: FindingCode;
  readonly message: string;
  readonly cure: string;
}

/** Findings after which part of a file is missing from what was read. */
const losing: readonly FindingCode[] = ['yaml', 'too_big', 'too_deep', 'step_kind', 'bad_id', 'too_many', 'alias'];

/** Most findings that are kept: a broken file should not bury the reader. */
const most = 500;

/** Collects findings; the same one is kept once. */
export class Report {
  readonly #kept = new Map<string, Finding>();

  add(code: FindingCode, at: Place, message: string, cure: string): void {
    if (!this.wants(code, at, message)) return;
    const finding = { code, file: at.file, line: at.line, message: shortened(message), cure: shortened(cure) };
    this.#kept.set(keyOf(code, at, message), finding);
  }

  /** False when the finding would not be kept: it is there already, or there are too many. */
  wants(code: FindingCode, at: Place, message: string): boolean {
    return this.#kept.size < most && !this.#kept.has(keyOf(code, at, message));
  }

  /** How many findings so far mean that something could not be read. */
  get losses(): number {
    return [...this.#kept.values()].filter((finding) => losing.includes(finding.code)).length;
  }

  /** In the order of files and lines. */
  get findings(): Finding[] {
    return [...this.#kept.values()].sort(
      (a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.code, b.code),
    );
  }

  get empty(): boolean {
    return this.#kept.size === 0;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function keyOf(code: FindingCode, at: Place, message: string): string {
  return `${code} ${at.file}:${at.line} ${shortened(message)}`;
}

function shortened(text: string): string {
  return text.length > languageLimits.message ? `${text.slice(0, languageLimits.message - 1)}…` : text;
}
