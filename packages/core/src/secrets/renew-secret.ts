import { AdjutantError } from '../errors.ts';
import { recordPlumbing } from '../plumbing.ts';
import { acquireLease, type Lease } from '../store/lease.ts';
import type { SecretsContext } from './secrets-context.ts';
import type { SecretRenewal } from './secrets.ts';

/** Whoever died while changing it keeps others from it for no longer. */
const leaseMs = 60_000;
const pollMs = 100;
const patienceMs = 90_000;

interface Access {
  get(this: void): Promise<string | null>;
  put(this: void, value: string): Promise<void>;
}

/**
 * Changes a secret for its successor where that is due, one process at a time: whoever comes second
 * finds what the first one stored.
 */
export async function renewSecret(
  context: SecretsContext,
  name: string,
  { isDue, change }: SecretRenewal,
  { get, put }: Access,
): Promise<string | null> {
  const present = await get();
  if (present === null || !isDue(present)) return present;
  const lease = await patientLease(context, name);
  try {
    const current = await get();
    if (current === null || !isDue(current)) return current;
    await begin(context, name, lease);
    const next = await change(current);
    const meanwhile = await get();
    // Somebody stored another one by hand: that is the newer word.
    if (meanwhile !== current) return meanwhile;
    await put(next);
    return next;
  } finally {
    await lease.release();
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
