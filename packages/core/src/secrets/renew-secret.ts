import { AdjutantError } from '../errors.ts';
import { recordPlumbing } from '../plumbing.ts';
import { acquireLease, type Lease } from '../store/lease.ts';
import type { SecretsContext } from './secrets-context.ts';
import type { SecretRenewal } from './secrets.ts';

/** Whoever died while changing it keeps others from it for no longer. */
const leaseMs = 60_000;
const pollMs = 100;
const patienceMs = 90_000;
/** What cannot be stored is tried so often, for so long: dropped, it could not be had again. */
const storeAgainMs = 1_000;
const storePatienceMs = 5 * 60_000;

interface Access {
  get(this: void): Promise<string | null>;
  /** Throws where a value could not be sealed just now. */
  probe(this: void): Promise<void>;
  put(this: void, value: string): Promise<void>;
}

/**
 * Changes a secret for its successor where that is due, one process at a time: whoever comes second
 * finds what the first one stored.
 */
export async function renewSecret(
  context: SecretsContext,
  name: string,
  { isDue, change, isEndOf }: SecretRenewal,
  access: Access,
): Promise<string | null> {
  const { get, probe } = access;
  const present = await get();
  if (present === null || !isDue(present)) return present;
  const lease = await patientLease(context, name);
  try {
    const current = await get();
    if (current === null || !isDue(current)) return current;
    // Keys that are away are found out before the old one is spent.
    await probe();
    await begin(context, name, lease);
    const next = await change(current);
    const isReplaced = (value: string | null): boolean =>
      value === null || (value !== current && isEndOf?.(value, current) !== true);
    return await storeWithPatience(context, lease, { next, isReplaced }, access);
  } finally {
    await lease.release();
  }
}

/** Stores a successor, and returns what is held then: another one where somebody stored that meanwhile. */
async function storeWithPatience(
  { store, clock }: SecretsContext,
  lease: Lease,
  { next, isReplaced }: { next: string; isReplaced: (value: string | null) => boolean },
  { get, put }: Access,
): Promise<string | null> {
  for (let waitedMs = 0; ; waitedMs += storeAgainMs) {
    try {
      const meanwhile = await get();
      // Somebody stored another one by hand: that is the newer word.
      if (isReplaced(meanwhile)) return meanwhile;
      await put(next);
      return next;
    } catch (error) {
      const isWrong = AdjutantError.isInstance(error) && error.code === 'InvalidInput';
      if (isWrong || waitedMs >= storePatienceMs) throw error;
    }
    await clock.sleep(storeAgainMs);
    // Whoever took over meanwhile would spend the old one again. A store that is busy comes back.
    await store.transaction((transaction) => lease.renew(transaction)).catch(() => false);
  }
}

async function patientLease(context: SecretsContext, name: string): Promise<Lease> {
  const { store, workspaceId, clock } = context;
  for (let waitedMs = 0; ; waitedMs += pollMs) {
    const lease = await acquireLease(store, {
      workspaceId,
      name: `secret:${name}`,
      durationMs: leaseMs,
      clock,
    });
    if (lease !== null) return lease;
    if (waitedMs >= patienceMs) throw busy();
    await clock.sleep(pollMs);
  }
}

/** Into the ledger before it happens: afterwards the old one is worth nothing. */
async function begin(
  { store, workspaceId, clock }: SecretsContext,
  name: string,
  lease: Lease,
): Promise<void> {
  const isMine = await store.transaction(async (transaction) => {
    if (!(await lease.renew(transaction))) return false;
    await recordPlumbing(transaction, {
      workspaceId,
      at: clock.now(),
      kind: 'tokenRefresh',
      subject: name,
    });
    return true;
  });
  if (!isMine) throw busy();
}

function busy(): AdjutantError {
  return new AdjutantError('StoreBusy', 'Another process is changing this secret.', {
    retryable: true,
    hint: 'Try again in a minute.',
  });
}
