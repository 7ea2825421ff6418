import type { CorpusCase } from './corpus-case.ts';
import { personalDataByForm } from './personal-data-by-form.ts';
import { personalDataByLabel } from './personal-data-by-label.ts';

/** Personal data that a redactor is expected to find, by its form or by what names it. */
export const personalData: readonly CorpusCase[] = [...personalDataByForm, ...personalDataByLabel];
