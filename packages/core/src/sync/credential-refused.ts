import type { StreamResult } from '../adjutant.ts';

/** Whether an error says that the source takes the credential no more: then nothing else is asked. */
export function isCredentialRefused(error: StreamResult['error']): boolean {
  return error?.code === 'Authentication';
}
