import type { PreviewFact } from '@adjutant/core';
import { neutralText } from './neutral-text.ts';
import { warning } from './preview-facts.ts';
import type { RestAccess } from './rest-access.ts';

/** Returns a warning where it could not be carried out even if approved. */
export async function credentialFacts(
  access: Pick<RestAccess, 'writeTrouble'>,
  label = 'Write credential',
): Promise<PreviewFact[]> {
  const trouble = await access.writeTrouble();
  return trouble === null ? [] : [warning(label, neutralText(trouble, 300))];
}
