import type { TextView } from './text-view.ts';

/** How much is masked: secrets always; from `standard` on what has a form, at `strict` also what only a label names. */
export type RedactionLevel = 'off' | 'standard' | 'strict';

/** What a finding is: something that opens a door, or something about a person. */
export type RedactedKind = 'secret' | 'personal_data';

/** One place of a text that must not leave: from `start` up to, not including, `end`. */
export interface RedactionFinding {
  readonly kind: RedactedKind;
  /** The rule that found it, for example `token/github`. */
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

/** Gets each place that a rule found, with the name of the rule. */
export type ReportSpan = (rule: string, start: number, end: number) => void;

/**
 * One family of rules. Every `find` takes time linear in the text: literals and single steps over
 * characters first, patterns only at places found so, with bounded quantifiers.
 */
export interface RedactionRule {
  readonly id: string;
  readonly kind: RedactedKind;
  /** What stands in the text instead. */
  readonly marker: string;
  /** The lowest level at which it applies. */
  readonly level: RedactionLevel;
  /** Literals of which one must occur, otherwise `find` is not called; empty where none is needed. */
  readonly needles: readonly string[];
  /** True where every finding holds a digit: a text without one is not looked at. */
  readonly needsDigit?: true;
  readonly find: (text: string, report: ReportSpan, view?: TextView) => void;
  /** What a finding of it begins with, or is announced by; texts of nothing else must cost little. */
  readonly begins: readonly string[];
}
