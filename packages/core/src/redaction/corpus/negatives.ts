import type { CorpusCase } from './corpus-case.ts';
import { codeNegatives } from './negatives-code.ts';
import { configurationNegatives } from './negatives-configuration.ts';
import { identifierNegatives } from './negatives-identifiers.ts';
import { moreFormNegatives } from './negatives-of-more-forms.ts';
import { proseNegatives } from './negatives-prose.ts';

/** Engineering text that must come out as it went in. */
export const negatives: readonly CorpusCase[] = [
  ...identifierNegatives,
  ...configurationNegatives,
  ...codeNegatives,
  ...proseNegatives,
  ...moreFormNegatives,
];
