import { AdjutantError } from '../errors.ts';
import type { Unreadable } from './secrets.ts';

/** Returns what to say of something that does not open. Anything but our own errors goes on as it is. */
export function unreadableOf(name: string, error: unknown): Unreadable {
  const isOwn =
    AdjutantError.isInstance(error) &&
    (error.code === 'Configuration' || error.code === 'StoreCorrupt');
  if (!isOwn) throw error;
  return { name, message: error.message, hint: error.hint };
}
