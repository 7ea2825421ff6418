import { and, asc, eq, inArray } from 'drizzle-orm';
import { appendAuditEntry } from '../audit/append-audit-entry.ts';
import { AdjutantError } from '../errors.ts';
import { normaliseEmail } from '../identity/email-address.ts';
import type { Database } from '../store/database.ts';
import { tables } from '../store/tables.ts';
import type { ApproverContext } from './approver-context.ts';
import { digest } from './digest.ts';
import type { VouchedSubject } from './handle.ts';

const { auditEntries, people } = tables;

// The ledger is where a binding is kept: it is in the chain, so an edit of one is found, and it is
// never lost with a row. Of a subject and an address it holds digests.
const bound = 'sign_in.bound';
const unbound = 'sign_in.unbound';
const addressChanged = 'sign_in.address_changed';
const refused = 'sign_in.refused';
const events = [bound, unbound, addressChanged, refused];

interface Binding {
  subject: string;
  personId: string;
  addressDigest: string | null;
  /** Whether somebody named the subject; else its address told who it is. */
  isNamed: boolean;
}

/** What the entries about one subject come to. */
interface State {
  binding: Binding | null;
  /** A refusal that nothing followed. */
  isRefused: boolean;
}

/**
 * Returns the person to whom a provider's subject is bound, and binds it where it is not yet. A binding
 * is to issuer and subject. The address that the provider verified only suggests who it is, once; a
 * second subject with it is refused.
 * @throws AdjutantError `Permission` for a second subject with an address or a person that one is bound to
 */
export async function personOfSubject(
  { store, workspaceId, clock }: ApproverContext,
  vouched: VouchedSubject,
): Promise<string | null> {
  const { issuer, subject, verifiedAddress, named, suggested } = vouched;
  const key = subjectKey(issuer, subject);
  const addressDigest = verifiedAddress === null ? null : addressKey(verifiedAddress);
  const { binding } = await stateOf(store.read, workspaceId, key);
  const claims = { named, suggested, addressDigest };
  const wanted = named ?? holding(binding, claims)?.personId ?? suggested;
  if (wanted === null && binding === null) return null;
  // Asked with every request that shows a token of an authorization server.
  if (binding !== null && isSettled(binding, wanted, claims)) return wanted;
  const outcome = await store.transaction(async (transaction) => {
    const append = (event: string, about: string, detail: Record<string, unknown>) =>
      appendAuditEntry(transaction, {
        workspaceId,
        at: clock.now(),
        actor: 'system',
        event,
        subject: about,
        detail,
      });
    const now = await stateOf(transaction, workspaceId, key);
    const known = now.binding;
    const personId = named ?? holding(known, claims)?.personId ?? suggested;
    if (known !== null && isSettled(known, personId, claims)) return { personId };
    if (personId === null) {
      // Whoever named it, or its address, does so no more.
      if (known !== null) await append(unbound, key, { personId: known.personId, issuer });
      return { personId, isUnknown: true };
    }
    if (!(await isThere(transaction, workspaceId, personId))) return { personId };
    if (known !== null && known.personId === personId && known.isNamed === (named !== null)) {
      const detail = { personId, issuer, addressDigest, before: known.addressDigest };
      await append(addressChanged, key, detail);
      return { personId };
    }
    const others = (await allBindings(transaction, workspaceId)).filter(
      (other) =>
        other.subject !== key &&
        (other.personId === personId ||
          (addressDigest !== null && other.addressDigest === addressDigest)),
    );
    if (named === null && others.length > 0) {
      // Once until something follows: whoever tries all day makes one entry.
      if (!now.isRefused) {
        const detail = { personId, issuer, boundSubject: others[0]?.subject ?? null };
        await append(refused, key, { ...detail, reason: 'address_bound' });
      }
      return { personId: null };
    }
    if (known !== null) await append(unbound, key, { personId: known.personId, issuer });
    // Whoever was bound by an address alone gives way to whom an administrator names.
    for (const other of others) {
      if (other.isNamed) continue;
      await append(unbound, other.subject, { personId: other.personId, issuer: null });
    }
    const by = named === null ? 'address' : 'named';
    await append(bound, key, { personId, issuer, addressDigest, by });
    return { personId };
  });
  if (outcome.personId !== null || outcome.isUnknown === true) return outcome.personId;
  throw new AdjutantError('Permission', 'Another account of a provider signs in as this person.', {
    hint: `An address signs in one account only. If this one is right, an administrator names its subject under gateway.oidc.people in the configuration; the ledger has the attempt as ${refused}.`,
  });
}

/** Ends every binding: at the next sign-in whoever vouches says anew who it is. @returns how many */
export async function unbindEverything(
  transaction: Database,
  ending: { workspaceId: string; at: number; actor: string; reason: string },
): Promise<number> {
  const { workspaceId, at, actor, reason } = ending;
  const bindings = await allBindings(transaction, workspaceId);
  for (const { subject, personId } of bindings) {
    await appendAuditEntry(transaction, {
      workspaceId,
      at,
      actor,
      event: unbound,
      subject,
      detail: { personId, issuer: null, reason },
    });
  }
  return bindings.length;
}

interface Claims {
  named: string | null;
  suggested: string | null;
  addressDigest: string | null;
}

/**
 * Returns the binding where it still holds: one that was named only while it is, one that an address
 * made until that very address says nothing any more. That an address says another person moves nothing.
 */
function holding(binding: Binding | null, { named, suggested, addressDigest }: Claims) {
  if (binding === null) return null;
  if (binding.isNamed) return named === null ? null : binding;
  const isSameAddress = addressDigest !== null && addressDigest === binding.addressDigest;
  return isSameAddress && suggested === null && named === null ? null : binding;
}

/** Returns whether nothing of what a binding says is to be written anew. */
function isSettled(binding: Binding, wanted: string | null, claims: Claims): boolean {
  const { named, addressDigest } = claims;
  return (
    binding.personId === wanted &&
    binding.isNamed === (named !== null) &&
    (addressDigest === null || addressDigest === binding.addressDigest)
  );
}

/** Of nobody a binding would wait for whoever gets that id. */
async function isThere(database: Database, workspaceId: string, id: string): Promise<boolean> {
  const rows = await database
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.workspaceId, workspaceId), eq(people.id, id)));
  return rows.length > 0;
}

function subjectKey(issuer: string, subject: string): string {
  return `sign_in:${digest(`${issuer}\n${subject}`)}`;
}

function addressKey(address: string): string {
  return digest(`address\n${normaliseEmail(address)}`);
}

async function stateOf(database: Database, workspaceId: string, subject: string): Promise<State> {
  const rows = await database
    .select({ event: auditEntries.event, detail: auditEntries.detail })
    .from(auditEntries)
    .where(
      and(
        eq(auditEntries.workspaceId, workspaceId),
        eq(auditEntries.subject, subject),
        inArray(auditEntries.event, events),
      ),
    )
    .orderBy(asc(auditEntries.seq));
  return rows.reduce<State>((state, row) => after(state, { ...row, subject }), {
    binding: null,
    isRefused: false,
  });
}

/** Every binding that holds; asked once for a subject, before its first. */
async function allBindings(database: Database, workspaceId: string): Promise<Binding[]> {
  const rows = await database
    .select({
      event: auditEntries.event,
      detail: auditEntries.detail,
      subject: auditEntries.subject,
    })
    .from(auditEntries)
    .where(and(eq(auditEntries.workspaceId, workspaceId), inArray(auditEntries.event, events)))
    .orderBy(asc(auditEntries.seq));
  const states = new Map<string, State>();
  for (const { subject, ...row } of rows) {
    if (subject === null) continue;
    const before = states.get(subject) ?? { binding: null, isRefused: false };
    states.set(subject, after(before, { ...row, subject }));
  }
  return [...states.values()].flatMap(({ binding }) => (binding === null ? [] : [binding]));
}

function after(
  state: State,
  row: { event: string; subject: string; detail: Record<string, unknown> },
): State {
  const { event, subject, detail } = row;
  const { personId, addressDigest, by } = detail;
  const address = typeof addressDigest === 'string' ? addressDigest : null;
  if (event === refused) return { ...state, isRefused: true };
  if (event === unbound) return { binding: null, isRefused: false };
  if (event === addressChanged) {
    const { binding } = state;
    return { ...state, binding: binding && { ...binding, addressDigest: address } };
  }
  if (typeof personId !== 'string') return state;
  return {
    binding: { subject, personId, addressDigest: address, isNamed: by === 'named' },
    isRefused: false,
  };
}
