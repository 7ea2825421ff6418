import { AdjutantError, type JsonObject } from '@adjutant/core';

/**
 * Returns what is bound as it stands now. What is gone is a finding, not a failure: it differs from
 * whatever was bound.
 */
export async function observed(read: () => Promise<JsonObject>): Promise<JsonObject> {
  try {
    return await read();
  } catch (error) {
    const isGone = AdjutantError.isInstance(error) && error.code === 'NotFound';
    if (isGone || (AdjutantError.isInstance(error) && error.code === 'InvalidInput')) {
      return { gone: true };
    }
    throw error;
  }
}
