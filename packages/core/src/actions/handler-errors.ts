import { AdjutantError, type AdjutantErrorCode } from '../errors.ts';

/** What trying again cannot change. */
const definitiveCodes: ReadonlySet<AdjutantErrorCode> = new Set([
  'InvalidInput',
  'Permission',
  'NotFound',
  'Conflict',
  'PolicyDenied',
]);

/** The longest message that is kept. */
const longestReason = 500;

/** Returns whether a handler's error while reading is there to stay. */
export function isDefinitive(error: unknown): boolean {
  if (!AdjutantError.isInstance(error) || error.retryable) return false;
  if (definitiveCodes.has(error.code)) return true;
  if (error.code !== 'Upstream' || error.status === null) return false;
  return error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429;
}

/** Returns what may be told of an error. Of foreign errors only the name: their texts may hold anything. */
export function reasonOf(error: unknown): string {
  if (AdjutantError.isInstance(error)) return error.message.slice(0, longestReason);
  return error instanceof Error
    ? `${error.name} in the handler`
    : 'an unknown error in the handler';
}
