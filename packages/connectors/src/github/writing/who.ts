import { AdjutantError } from '@adjutant/core';
import { z } from 'zod';
import type { GithubAccess } from './access.ts';

const viewerSchema = z.object({ id: z.number() });

/** Returns the account that writes; null where GitHub does not tell, as for an App's installation. */
export async function writerId(access: GithubAccess): Promise<number | null> {
  if (!access.canWrite) return null;
  try {
    return (await access.getAsWriter('/user', viewerSchema, 'the account that writes')).id;
  } catch (error) {
    if (
      AdjutantError.isInstance(error) &&
      (error.code === 'Permission' || error.code === 'NotFound')
    ) {
      return null;
    }
    throw error;
  }
}
