import type { ReadContext } from '../reads/read-context.ts';
import type { Privacy } from './handle.ts';
import { listRefusals } from './list-refusals.ts';
import { type Installation, makePrivacyReport } from './make-report.ts';

/** What the privacy of a workspace is told with. */
export interface PrivacyDeps {
  installation: () => Installation;
  /** Ends when all refusals so far stand in the ledger, or could not be written. */
  refusalsWritten: () => Promise<void>;
}

/** Returns what a workspace keeps of people and did not tell of them, for one viewer. */
export function createPrivacy(
  context: ReadContext,
  { installation, refusalsWritten }: PrivacyDeps,
): Privacy {
  return {
    async report() {
      await refusalsWritten();
      return makePrivacyReport(context, installation());
    },
    async refusals(query = {}) {
      await refusalsWritten();
      return listRefusals(context, query);
    },
  };
}
