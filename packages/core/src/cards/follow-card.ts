import { createHash } from 'node:crypto';
import type { ActionDetail } from '../actions/handle.ts';
import { findRecord } from '../actions/action-rows.ts';
import { readPreview } from '../actions/stored-preview.ts';
import { canonicalJson } from '../canonical-json.ts';
import { AdjutantError } from '../errors.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import { createConnectorContext } from '../sync/connector-context.ts';
import type { ApprovalCard, ApprovalCards, CardPlace } from './approval-cards.ts';
import { type CardOf, type CardState, readCards, recordCard } from './card-entries.ts';
import type { CardKeeperOptions } from './keep-cards.ts';

/** Less than the outbox waits: what is given up there must not go on here. @unit milliseconds */
const timeoutMs = 20_000;
/** Cards of which this process remembers what they show; of others it is drawn again. */
const mostRemembered = 5_000;

interface Following extends CardKeeperOptions {
  connector: ConfiguredConnector;
  shown: Map<string, string>;
  signal: AbortSignal;
}

/**
 * Makes the cards of one action show where it stands, and posts the one that is missing.
 * @throws AdjutantError where it is to be tried again
 */
export async function followCard(
  following: Following,
  workspaceId: string,
  actionId: string,
): Promise<void> {
  const { store, connector } = following;
  const { definition } = connector;
  const cards = definition.approvalCards;
  if (cards === undefined) return;
  const action = await following.readAction(workspaceId, actionId);
  const of = { workspaceId, source: definition.id, actionId };
  const known = await readCards(store.read, of);
  const isTargetPublic = await readTargetPublic(following, of);
  for (const revision of new Set([...known.keys(), action.revision])) {
    const key = `approval_card:${workspaceId}:${actionId}:${revision}`;
    const card = { workspaceId, key, revision, action, isTargetPublic };
    await drawCard(following, { cards, of, card, state: known.get(revision) ?? null });
  }
}

interface Drawing {
  cards: ApprovalCards<unknown>;
  of: CardOf;
  card: ApprovalCard;
  state: CardState | null;
}

async function drawCard(following: Following, drawing: Drawing): Promise<void> {
  const { card, state } = drawing;
  if (state?.state === 'posted') return updateCard(following, drawing, state);
  if (state?.state === 'posting') return lookForCard(following, drawing, state.since);
  if (needsCard(card.action) && card.revision === card.action.revision) {
    await postCard(following, drawing);
  }
}

/** What a terminal can decide needs no card. */
function needsCard({ status, assurance }: ActionDetail): boolean {
  return status === 'pending' && assurance !== null && assurance !== 'cooperative';
}

async function postCard(following: Following, { cards, of, card }: Drawing): Promise<void> {
  const { store, clock } = following;
  const { revision } = card;
  await store.transaction((transaction) =>
    recordCard(transaction, of, { at: clock.now(), revision, step: 'posting' }),
  );
  // What it throws leaves "posting" behind: it is looked for before it is posted again.
  const posted = await cards.post(contextOf(following), card);
  if (posted.outcome === 'done') return noteCard(following, of, card, posted.place);
  const { outcome, reason } = posted;
  await store.transaction((transaction) =>
    recordCard(transaction, of, { at: clock.now(), revision, step: 'not_posted', reason }),
  );
  complain(following, of, outcome, reason);
}

async function lookForCard(following: Following, drawing: Drawing, since: number): Promise<void> {
  const { store, clock } = following;
  const { cards, of, card } = drawing;
  if (clock.now() < since + cards.quietPeriodMs) {
    throw new AdjutantError('Upstream', 'It is not known yet whether a card was posted.', {
      source: of.source,
      hint: 'It is looked for by itself.',
    });
  }
  const found = await cards.find(contextOf(following), card);
  if (found.outcome === 'found') {
    await noteCard(following, of, card, found.place, false);
    await updateCard(following, drawing, { place: found.place, shown: null });
    return;
  }
  if (found.outcome === 'unclear') return complain(following, of, 'refused', found.reason);
  await store.transaction((transaction) =>
    recordCard(transaction, of, {
      at: clock.now(),
      revision: card.revision,
      step: 'not_posted',
      reason: 'looked for in vain',
    }),
  );
  await drawCard(following, { ...drawing, state: null });
}

async function updateCard(
  following: Following,
  { cards, of, card }: Drawing,
  present: { place: CardPlace; shown: string | null },
): Promise<void> {
  const { store, clock, shown } = following;
  const digest = digestOf(card);
  if ((shown.get(card.key) ?? present.shown) === digest) return;
  await store.transaction((transaction) =>
    recordCard(transaction, of, {
      at: clock.now(),
      revision: card.revision,
      step: 'updating',
      shown: digest,
    }),
  );
  shown.delete(card.key);
  const updated = await cards.update(contextOf(following), present.place, card);
  if (updated.outcome !== 'done') return complain(following, of, updated.outcome, updated.reason);
  remember(shown, card.key, digest);
}

async function noteCard(
  following: Following,
  of: CardOf,
  card: ApprovalCard,
  place: CardPlace,
  isFresh = true,
): Promise<void> {
  const { store, clock } = following;
  const { revision } = card;
  const entry = { at: clock.now(), revision, step: 'posted' as const, place };
  const digest = digestOf(card);
  await store.transaction((transaction) =>
    recordCard(transaction, of, isFresh ? { ...entry, shown: digest } : entry),
  );
  if (isFresh) remember(following.shown, card.key, digest);
}

/** @throws AdjutantError where another try is worth it */
function complain(
  { logger }: Following,
  { source, actionId }: CardOf,
  outcome: 'not_done' | 'refused',
  reason: string,
): void {
  if (outcome === 'not_done') {
    throw new AdjutantError('Upstream', reason, {
      source,
      hint: 'It is tried again by itself.',
    });
  }
  // Nothing depends on a card: the page of "adjutant serve" shows the same.
  logger.log('error', 'A card could not be shown.', { source, actionId, reason });
}

function remember(shown: Map<string, string>, key: string, digest: string): void {
  shown.set(key, digest);
  if (shown.size <= mostRemembered) return;
  for (const oldest of shown.keys()) {
    shown.delete(oldest);
    return;
  }
}

/** Returns a digest of all that may change on a card. */
function digestOf({ revision, action }: ApprovalCard): string {
  const { status, decisions, outcome, expiresAt, nextStep } = action;
  const votes = decisions.map((vote) => [vote.reviewerPersonId, vote.verdict, vote.voided]);
  const text = canonicalJson({
    revision,
    present: action.revision,
    status,
    votes,
    outcome,
    expiresAt,
    nextStep,
  });
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

function contextOf({ clock, logger, fetch, connector, signal }: Following) {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  return createConnectorContext({ clock, logger, fetch }, connector, limited);
}

/** Public is only what the preparation found to be; a condition that is absent says nothing. */
async function readTargetPublic(
  { store }: Following,
  { workspaceId, actionId }: CardOf,
): Promise<boolean | null> {
  const record = await findRecord(store.read, actionId, workspaceId);
  const isPublic = readPreview(record?.revision.preview ?? null)?.conditions['channel_public'];
  return typeof isPublic === 'boolean' ? isPublic : null;
}
