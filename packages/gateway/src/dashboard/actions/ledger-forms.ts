import type { LedgerReport } from '@adjutant/core';
import { countOf } from '@adjutant/insights';
import { z } from 'zod';
import { type AnyForm, defineForm } from './define-form.ts';

const mostTold = 5;

/** Checking the ledger. */
export const ledgerForms: readonly AnyForm[] = [
  defineForm({
    path: 'ledger/verify',
    role: 'member',
    body: z.strictObject({}),
    perform: async ({ handle }) => ({ said: verifyWords(await handle.audit.verify()) }),
  }),
];

/** Returns what verification found, in words. */
export function verifyWords(report: LedgerReport): string {
  const { ok, entries, findings, findingCount, unchained } = report;
  const earlier =
    unchained === 0
      ? ''
      : ` ${countOf(unchained, 'entry', 'entries')} from before the chain: nothing can be said of them.`;
  const limit =
    ' A ledger that was rewritten as a whole shows only against an exported checkpoint.';
  if (ok) return `${countOf(entries, 'entry', 'entries')} verify.${earlier}${limit}`;
  const told = findings.slice(0, mostTold).map(({ message }) => message);
  const more = findingCount - told.length;
  return `It does not verify: ${countOf(findingCount, 'thing')} found. ${told.join(' ')}${more > 0 ? ` And ${more} more: adjutant audit verify.` : ''}${earlier} Stop whatever carries out actions, and keep the store as it is.`;
}
