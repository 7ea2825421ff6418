import type { CorpusCase } from './corpus-case.ts';

/** Returns a case in which one secret must not survive. */
export function secretCase(
  id: string,
  value: string,
  textAround: (value: string) => string,
): CorpusCase {
  return { id, text: textAround(value), findings: [{ kind: 'secret', value }] };
}

/** Returns a case in which several secrets, or the lines of one, must not survive. */
export function secretsCase(id: string, values: readonly string[], text: string): CorpusCase {
  return { id, text, findings: values.map((value) => ({ kind: 'secret', value })) };
}

/** Returns a case in which pieces of personal data must not survive. */
export function personalDataCase(id: string, values: readonly string[], text: string): CorpusCase {
  return { id, text, findings: values.map((value) => ({ kind: 'personal_data', value })) };
}

/** Returns a case that must come out as it went in. */
export function cleanCase(id: string, text: string): CorpusCase {
  return { id, text, findings: [] };
}
