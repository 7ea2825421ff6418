import type { CorpusCase } from './corpus-case.ts';
import { cloudSecrets } from './secrets-cloud.ts';
import { codeHostingSecrets } from './secrets-code-hosting.ts';
import { contextSecrets } from './secrets-in-context.ts';
import { keySecrets } from './secrets-keys.ts';
import { disguisedSecrets, moreFormSecrets } from './secrets-of-more-forms.ts';
import { serviceSecrets } from './secrets-services.ts';

/** Secrets that a redactor is expected to find, by their form or by what names them. */
export const secrets: readonly CorpusCase[] = [
  ...codeHostingSecrets,
  ...cloudSecrets,
  ...serviceSecrets,
  ...keySecrets,
  ...contextSecrets,
  ...moreFormSecrets,
  ...disguisedSecrets,
];
