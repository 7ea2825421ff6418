import {
  type CorpusCase,
  heldOutNegatives,
  heldOutSecrets,
  negatives,
  personalData,
  personalDataByMeaning,
  secrets,
  secretsByMeaning,
} from './corpus/index.ts';
import { createTextRedactor } from './create-text-redactor.ts';

/** How many of how many, with what was missed or touched. */
export interface CorpusFigure {
  readonly found: number;
  readonly of: number;
  /** Ids of the cases that went wrong. */
  readonly wrong: readonly string[];
}

/** What the rules do on the corpus, or on one half of it. */
export interface CorpusFigures {
  readonly secrets: CorpusFigure;
  readonly personalData: CorpusFigure;
  /** Clean texts that were touched. */
  readonly falsePositives: CorpusFigure;
  readonly secretsByMeaning: CorpusFigure;
  readonly personalDataByMeaning: CorpusFigure;
}

const { redact } = createTextRedactor({ level: 'strict' });

/** What the rules do on the cases that were held out. */
export function heldOutFigures(): Pick<CorpusFigures, 'secrets' | 'falsePositives'> {
  return { secrets: foundIn(heldOutSecrets), falsePositives: touchedOf(heldOutNegatives) };
}

/**
 * Returns what the strictest level finds of the corpus. The rules were written with the cases at
 * even places in view, the others were held back.
 */
export function corpusFigures(half: 'all' | 'even' | 'odd'): CorpusFigures {
  const part = (cases: readonly CorpusCase[]): CorpusCase[] =>
    cases.filter((_, index) => half === 'all' || (index % 2 === 0) === (half === 'even'));
  return {
    secrets: foundIn(part(secrets)),
    personalData: foundIn(part(personalData)),
    falsePositives: touchedOf(part(negatives)),
    secretsByMeaning: foundIn(part(secretsByMeaning)),
    personalDataByMeaning: foundIn(part(personalDataByMeaning)),
  };
}

function touchedOf(cases: readonly CorpusCase[]): CorpusFigure {
  const touched = cases.filter(({ text }) => redact(text) !== text);
  return { found: touched.length, of: cases.length, wrong: touched.map(({ id }) => id) };
}

function foundIn(cases: readonly CorpusCase[]): CorpusFigure {
  const results = cases.flatMap(({ id, text, findings }) => {
    const redacted = redact(text);
    return findings.map(({ value }) => ({ id, masked: !redacted.includes(value) }));
  });
  const missed = results.filter(({ masked }) => !masked);
  return {
    found: results.length - missed.length,
    of: results.length,
    wrong: missed.map(({ id }) => id),
  };
}
