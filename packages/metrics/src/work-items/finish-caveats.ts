import { counted } from '../caveats.ts';
import { workItem } from './counted-items.ts';

/** Says how many items have an end in the window and are open again. */
export function reopenedCaveat(reopened: number): string[] {
  if (reopened === 0) return [];
  const rest =
    reopened === 1 ? 'is open again and does not count' : 'are open again and do not count';
  return [`${counted(reopened, workItem)} finished in this window ${rest}.`];
}
