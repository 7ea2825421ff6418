import { AdjutantError } from '@adjutant/core/ports';
import type { z } from 'zod';
import { shownText } from './answer/neutralise.ts';

const issuesShown = 5;
const issueMaxCharacters = 200;
const internalMessage =
  'Adjutant failed on this call. Nothing was changed. Try once more; if it fails again, ask the user to run `adjutant doctor`.';

/** Returns what a caller may read of a failure: what happened and what to do next. */
export function failureText(error: unknown): string {
  if (!AdjutantError.isInstance(error) || error.audience === 'bug') return internalMessage;
  const message = shownText(error.message);
  return error.hint === null ? message : `${message} ${shownText(error.hint)}`;
}

/** Returns what is wrong with a tool's input, field by field, and what the tool takes. */
export function invalidInputText(tool: string, error: z.ZodError, fields: string[]): string {
  const issues = error.issues.slice(0, issuesShown).map((issue) => {
    const path = issue.path.map(String).join('.');
    return shownText(path === '' ? issue.message : `${path}: ${issue.message}`, issueMaxCharacters);
  });
  const more = error.issues.length - issues.length;
  const list = more > 0 ? `${issues.join('; ')}; ${more} more` : issues.join('; ');
  return `Invalid input for ${tool}: ${list}. It takes: ${fields.join(', ')}. Correct the input and call it again.`;
}

/** Returns the fields of a failure that a log may hold: no message of a foreign error, which may quote data. */
export function failureFields(error: unknown): Record<string, unknown> {
  if (AdjutantError.isInstance(error)) return { code: error.code, audience: error.audience };
  return { name: error instanceof Error ? error.name : typeof error };
}
