import type { IdentityOperation } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import type { OpenAdjutant } from './open-adjutant.ts';
import { findRunningPage } from './running-page.ts';

/**
 * Makes a change of people, and where a terminal is not enough for it says where it is confirmed: a
 * terminal proves nobody's presence. @throws AdjutantError as the change does, with the address
 */
export async function changePeople<Changed>(
  opened: Pick<OpenAdjutant, 'adjutant' | 'handle' | 'loaded'>,
  operation: IdentityOperation,
  change: () => Promise<Changed>,
): Promise<Changed> {
  try {
    return await change();
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.code !== 'Permission') throw error;
    const { needs } = await opened.handle.identityReview.plan(operation);
    if (needs === 'lead') throw error;
    const page = await findRunningPage(opened);
    if (page === null) throw error;
    throw new AdjutantError('Permission', error.message, {
      hint: `Look at it and confirm it with your passkey: ${page.addressOfChange(operation)} (not signed in there: adjutant approvals link; no passkey yet: enrol one under Passkeys).`,
      cause: error,
    });
  }
}
