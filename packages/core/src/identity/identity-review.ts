import { z } from 'zod';
import type { IdentityChange } from '../domain.ts';
import { AdjutantError } from '../errors.ts';
import type { ReadContext } from '../reads/read-context.ts';
import { requireLead } from '../require-lead.ts';
import { readAuthority } from './authority.ts';
import { planChange } from './carry-out.ts';
import type { IdentityReview, IdentitySuggestion } from '../workspace/handle.ts';
import { mergePeople } from './change-identity.ts';
import { confirmAccount } from './confirm-account.ts';
import { findUnmatched } from './find-unmatched.ts';
import { markBot } from './mark-bot.ts';
import { leastSure, planMerges } from './plan-merges.ts';
import { setRole } from './set-role.ts';
import { reviewIdentities } from './suggest-merges.ts';

const unmatchedShown = 100;
const aboveSchema = z.number().min(leastSure).max(1);
const limitSchema = z.number().int().min(1).max(1_000);

/** Returns what is asked about people as a whole: whom one source knows alone, and many merges at once. */
export function createIdentityReview(context: ReadContext): IdentityReview {
  const mergeable = async (above: number): Promise<IdentitySuggestion[]> => {
    if (!aboveSchema.safeParse(above).success) {
      throw new AdjutantError('InvalidInput', `A confidence is a number from ${leastSure} to 1.`, {
        hint: 'What is less sure is decided one by one.',
      });
    }
    const { rows, separated, suggestions } = await reviewIdentities(context);
    // What takes an administrator who is there is confirmed one by one.
    const { store, workspaceId, clock, viewer } = context;
    const authority = await readAuthority(store.read, { workspaceId, now: clock.now() });
    const isOrdinary = (id: string): boolean =>
      !authority.has(id) && !(viewer.kind === 'person' && viewer.personId === id);
    const ordinary = suggestions.filter(
      ({ fromPersonId, toPersonId }) => isOrdinary(fromPersonId) && isOrdinary(toPersonId),
    );
    return planMerges(ordinary, rows, separated, above);
  };
  return {
    async unmatched({ source, limit = unmatchedShown } = {}) {
      if (!limitSchema.safeParse(limit).success) {
        throw new AdjutantError('InvalidInput', 'A limit is a whole number from 1 to 1000.');
      }
      const { rows, suggestions } = await reviewIdentities(context);
      const all = findUnmatched(rows, suggestions).filter(
        (person) => source === undefined || person.source === source,
      );
      return { items: all.slice(0, limit), total: all.length };
    },
    mergeable: ({ above }) => mergeable(above),
    async merge({ above, shown }) {
      requireLead(context.viewer, 'decides who is who');
      const wanted = new Set(shown.map(pairText));
      // What has changed since it was shown is not what somebody agreed to.
      const plan = (await mergeable(above)).filter((pair) => wanted.has(pairText(pair)));
      const changes: IdentityChange[] = [];
      for (const { fromPersonId, toPersonId } of plan) {
        changes.push(await mergePeople(context, fromPersonId, toPersonId));
      }
      return changes;
    },
    plan: (operation) => planChange(context, operation),
    markBot: (personId, accounts, proof) => markBot(context, personId, accounts, proof),
    confirmAccount: (account, personId, proof) => confirmAccount(context, account, personId, proof),
    setRole: (personId, role, proof) => setRole(context, personId, role, proof),
  };
}

function pairText({
  fromPersonId,
  toPersonId,
}: Pick<IdentitySuggestion, 'fromPersonId' | 'toPersonId'>): string {
  return `${fromPersonId}\n${toPersonId}`;
}
