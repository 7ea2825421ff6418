import type { CorpusCase } from './corpus-case.ts';
import { personalDataCase } from './make-case.ts';
import { personalDataByForm } from './personal-data-by-form.ts';
import { personalDataByLabel } from './personal-data-by-label.ts';
import { spelledInHeldOut } from './secrets-held-out-disguised.ts';

/** Personal data that a redactor is expected to find, by its form or by what names it. */
export const personalData: readonly CorpusCase[] = [
  ...personalDataByForm,
  ...personalDataByLabel,
  ...spelledInHeldOut.map(([id, value, textAround]) =>
    personalDataCase(`spelled-again-${id}`, [value], textAround(value)),
  ),
];
