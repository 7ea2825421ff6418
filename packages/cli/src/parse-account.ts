import { AdjutantError } from '@adjutant/core/ports';

export interface AccountName {
  source: string;
  externalId: string;
}

/** Returns an account as typed, `source:id`. @throws AdjutantError `InvalidInput` */
export function parseAccount(text: string): AccountName {
  const at = text.indexOf(':');
  if (at > 0) return { source: text.slice(0, at), externalId: text.slice(at + 1) };
  throw new AdjutantError('InvalidInput', `"${text.slice(0, 80)}" is not an account.`, {
    hint: 'Write source and id as "adjutant people" shows them, such as git:ada@example.com.',
  });
}
