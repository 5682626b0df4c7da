/** A flow between reading and compiling: the compiled shapes, and where each part of them was written. */
import type { Choice, End, Language, Step, Text } from '../types.js';
import type { Place } from './finding.js';
import type { DraftMoved } from './read-moved.js';

/** A text with the lines of its languages. */
export interface DraftText {
  readonly text: Text;
  readonly at: Place;
  readonly lines: Readonly<Record<Language, number>>;
}

export interface DraftStep {
  step: Step;
  readonly at: Place;
  /** Lines of what belongs to the step, by name: `go`, `on.no`, `choices.self`, `only_if.kind`, `fields.name`. */
  readonly places: ReadonlyMap<string, Place>;
  /** Texts that are said with the step, where its answers must be known. */
  readonly texts: readonly DraftText[];
  /** The pack's list that its choices are. */
  readonly list?: string;
  /** The each-step it was written out from. */
  readonly family?: string;
  /** Names the list that an each-step runs through; gone after writing out. */
  readonly each?: { readonly list: string; readonly itemFor?: string };
  /** Never met in this charity. */
  leftOut?: boolean;
}

export interface DraftEnd {
  readonly end: End;
  readonly at: Place;
  readonly places: ReadonlyMap<string, Place>;
  readonly texts: readonly DraftText[];
}

export interface DraftFlow {
  readonly id: string;
  readonly at: Place;
  readonly title: Text;
  readonly steps: DraftStep[];
  readonly ends: DraftEnd[];
  readonly moved: readonly DraftMoved[];
  /** Where the flow's own exits are written. */
  readonly places: ReadonlyMap<string, Place>;
  /** Parts could not be read (findings say which): whatever else seems missing may be in them. */
  readonly incomplete?: boolean;
}

/** One entry of a charity's list. */
export interface Item {
  readonly choice: Choice;
  readonly at: Place;
  readonly texts: readonly DraftText[];
  readonly for?: readonly string[];
  readonly required: boolean;
}

/** What flows may name of a charity. */
export interface Lists {
  readonly languages: readonly Language[];
  readonly lists: ReadonlyMap<string, readonly Item[]>;
  /** For each list, the ids that it has in any charity: flows are shared, so a value may be another charity's. */
  readonly known: ReadonlyMap<string, ReadonlySet<string>>;
  readonly flags: ReadonlyMap<string, string>;
  /** What `{charity.…}` may name, the charity's name among it. */
  readonly facts: ReadonlyMap<string, Text>;
}

/** The part of a channel's limits that flows must keep to; see channels/channel.ts. Lengths in UTF-16 units. */
export interface FlowLimits {
  readonly channel: string;
  readonly text: number;
  /** Length of a text under which options stand, where it is less. */
  readonly textWithOptions?: number;
  readonly buttons: { readonly count: number; readonly label: number } | null;
  readonly list: { readonly count: number; readonly label: number; readonly hint: number } | null;
  readonly replyWindow: number | null;
}
