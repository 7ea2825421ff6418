import { isHidden } from '@adjutant/core/ports';
import { z } from 'zod';
import { addressProblem, storeProblem } from './read-address.ts';

const shortText = z.string().trim().min(1, 'must not be empty').max(1_000, 'is too long');

/** What a place of the file is for a variable: elsewhere a reference to one is an error. */
export type ReferencePlace = 'credential' | 'account' | 'store';

/** An address that requests go to, or that browsers and providers use. */
export const addressSchema = shortText.superRefine((text, context) => {
  const problem = addressProblem(text);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

/** A file or folder of this machine; never one of another machine. */
export const pathSchema = shortText.superRefine((text, context) => {
  const problem = pathProblem(text);
  if (problem !== null) context.addIssue({ code: 'custom', message: problem });
});

/** The store: a file, or the address of a database, which may come whole from one variable. */
export const storeSchema = shortText
  .superRefine((text, context) => {
    const problem = storeProblem(text) ?? pathProblem(text);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .meta({ reference: 'store' satisfies ReferencePlace });

/** The account that a token belongs to; an address that may stand in a variable. */
export const accountSchema = shortText.meta({ reference: 'account' satisfies ReferencePlace });

function pathProblem(text: string): string | null {
  if (isHidden(text)) return 'holds a character that cannot be seen';
  if (/^(file:)?(\\\\|\/\/(?!\/))/i.test(text) && !/^file:\/\/\//i.test(text)) {
    return 'names another machine; name a folder of this one';
  }
  return null;
}
