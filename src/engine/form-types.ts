/** What a run looks like as a form. */
import type { AskingStep, FileRef, Option, PrivacyClass, Text } from './types.js';

/** One answer of the run as staff read it. */
export interface FormAnswer {
  name: string;
  label: Text;
  value: string;
  class: PrivacyClass;
  type: string;
  files: FileRef[];
  correctable: boolean;
}

/** The question that waits. */
export interface FormQuestion {
  step: string;
  kind: AskingStep['kind'];
  /** An answer type; of other kinds the kind. */
  type: string;
  label: Text;
  ask: string;
  options: Option[];
  /** The option that passes it over; null when it must be answered. */
  skip: string | null;
  class: PrivacyClass;
  /** The name to be signed with, of a declaration. */
  signs: string | null;
}

export interface FormView {
  /** The flow of the run, whichever of its sub-flows asks now. */
  flow: string;
  answers: FormAnswer[];
  question: FormQuestion | null;
}
