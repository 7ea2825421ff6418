import { createHash } from 'node:crypto';
import type { ActionDetail } from '../actions/handle.ts';
import { findRecord } from '../actions/action-rows.ts';
import { readPreview } from '../actions/stored-preview.ts';
import { canonicalJson } from '../canonical-json.ts';
import { AdjutantError } from '../errors.ts';
import type { JobResult } from '../jobs/job-runner.ts';
import type { ConfiguredConnector } from '../sync/define-connector.ts';
import { createConnectorContext } from '../sync/connector-context.ts';
import type { ApprovalCard, ApprovalCards, CardOutcome, CardPlace } from './approval-cards.ts';
import { type CardOf, type CardState, readCards, recordCard } from './card-entries.ts';
import type { CardKeeperOptions } from './keep-cards.ts';

/** For one conversation with the source. @unit milliseconds */
const timeoutMs = 20_000;
/** After another process wrote of the same cards. @unit milliseconds */
const overtakenPauseMs = 1_000;
/** Before a card is looked for again that a search could neither find nor miss. @unit milliseconds */
const unclearPauseMs = 15 * 60_000;
/** Cards of which this process remembers what they show; of others it is drawn again. */
const mostRemembered = 5_000;

/** What this process last made a card show, and after which step of the ledger. */
export interface ShownCard {
  digest: string;
  steps: number;
}

interface Following extends CardKeeperOptions {
  connector: ConfiguredConnector;
  shown: Map<string, ShownCard>;
  signal: AbortSignal;
}

/** Somebody else wrote of the cards meanwhile: what was read of them is old. */
class Overtaken extends Error {
  override name = 'Overtaken';
}

/**
 * Makes the cards of one action show where it stands, and posts the one that is missing. Returns when
 * to look again where nobody knows yet whether one was posted.
 * @throws AdjutantError where it is to be tried again
 */
export async function followCard(
  following: Following,
  workspaceId: string,
  actionId: string,
): Promise<JobResult> {
  try {
    return await drawCards(following, workspaceId, actionId);
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    // Not at once: two that overtake one another by turns would never end.
    return { runAgainAt: following.clock.now() + overtakenPauseMs };
  }
}

async function drawCards(
  following: Following,
  workspaceId: string,
  actionId: string,
): Promise<JobResult> {
  const { store, connector } = following;
  const { definition } = connector;
  const cards = definition.approvalCards;
  if (cards === undefined) return undefined;
  const of = { workspaceId, source: definition.id, actionId };
  // The ledger before the row: whoever writes a step between them is noticed.
  const known = await readCards(store.read, of);
  const action = await following.readAction(workspaceId, actionId);
  const isTargetPublic = await readTargetPublic(following, of);
  const ledger = { of, steps: known.steps };
  let again: JobResult;
  for (const revision of new Set([...known.byRevision.keys(), action.revision])) {
    const key = `approval_card:${workspaceId}:${actionId}:${revision}`;
    const card = { workspaceId, key, revision, action, isTargetPublic };
    const state = known.byRevision.get(revision) ?? null;
    again = (await drawCard(following, { cards, ledger, card, state })) ?? again;
  }
  return again;
}

/** How far the ledger was read; each step of ours moves it on. */
interface ReadLedger {
  of: CardOf;
  steps: number;
}

interface Drawing {
  cards: ApprovalCards<unknown>;
  ledger: ReadLedger;
  card: ApprovalCard;
  state: CardState | null;
}

async function drawCard(following: Following, drawing: Drawing): Promise<JobResult> {
  const { card, state } = drawing;
  if (state?.state === 'posted') await updateCard(following, drawing, state);
  else if (state?.state === 'posting') return lookForCard(following, drawing, state.since);
  else if (needsCard(card.action) && card.revision === card.action.revision) {
    await postCard(following, drawing);
  }
  return undefined;
}

/** What a terminal can decide needs no card. */
function needsCard({ status, assurance }: ActionDetail): boolean {
  return status === 'pending' && assurance !== null && assurance !== 'cooperative';
}

async function postCard(following: Following, drawing: Drawing): Promise<void> {
  const { cards, card } = drawing;
  await step(following, drawing, { step: 'posting' }, 'alone');
  // What it throws leaves "posting" behind: it is looked for before it is posted again.
  const posted = await cards.post(contextOf(following), card);
  if (posted.outcome === 'done') {
    await step(following, drawing, { step: 'posted', place: posted.place, shown: digestOf(card) });
    return;
  }
  await step(following, drawing, { step: 'not_posted', reason: posted.reason });
  complain(following, drawing.ledger.of, posted);
}

async function lookForCard(
  following: Following,
  drawing: Drawing,
  since: number,
): Promise<JobResult> {
  const { cards, card } = drawing;
  const knownAt = since + cards.quietPeriodMs;
  if (following.clock.now() < knownAt) return { runAgainAt: knownAt };
  const found = await cards.find(contextOf(following), card);
  if (found.outcome === 'found') {
    await step(following, drawing, { step: 'posted', place: found.place }, 'alone');
    await updateCard(following, drawing, { place: found.place, shown: null });
    return undefined;
  }
  if (found.outcome === 'unclear') {
    complain(following, drawing.ledger.of, { outcome: 'refused', reason: found.reason });
    return { runAgainAt: following.clock.now() + unclearPauseMs };
  }
  await step(following, drawing, { step: 'not_posted', reason: 'looked for in vain' }, 'alone');
  return drawCard(following, { ...drawing, state: null });
}

async function updateCard(
  following: Following,
  drawing: Drawing,
  present: { place: CardPlace; shown: string | null },
): Promise<void> {
  const { shown, store } = following;
  const { cards, card, ledger } = drawing;
  const digest = digestOf(card);
  const remembered = shown.get(card.key);
  const isRemembered = remembered?.digest === digest && remembered.steps === ledger.steps;
  if (present.shown === digest || isRemembered) return;
  await step(following, drawing, { step: 'updating', shown: digest }, 'alone');
  shown.delete(card.key);
  const updated = await cards.update(contextOf(following), present.place, card);
  if (updated.outcome !== 'done') return complain(following, ledger.of, updated);
  // Another process may have drawn something newer while this was on its way: then it is under this.
  const after = await readCards(store.read, ledger.of);
  if (after.steps !== ledger.steps && after.updating.get(card.revision) !== digest) {
    throw new Overtaken();
  }
  remember(shown, card.key, { digest, steps: ledger.steps });
}

/**
 * Writes what is about to be done, or what was done. What follows from what was read is written only
 * while nobody else wrote since; what was done is written whatever they did.
 * @throws Overtaken
 */
async function step(
  { store, clock }: Following,
  { ledger, card: { revision } }: Drawing,
  entry: Omit<Parameters<typeof recordCard>[2], 'at' | 'revision'>,
  when: 'alone' | 'always' = 'always',
): Promise<void> {
  await store.transaction(async (transaction) => {
    const { steps } = await readCards(transaction, ledger.of);
    if (when === 'alone' && steps !== ledger.steps) throw new Overtaken();
    await recordCard(transaction, ledger.of, { at: clock.now(), revision, ...entry });
    ledger.steps = steps + 1;
  });
}

/** @throws AdjutantError where another try is worth it */
function complain(
  { logger }: Following,
  { source, actionId }: CardOf,
  ended: Exclude<CardOutcome, { outcome: 'done' }>,
): void {
  const { reason } = ended;
  if (ended.outcome === 'not_done') {
    const { retryAfterMs } = ended;
    throw new AdjutantError('Upstream', reason, {
      source,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
      hint: 'It is tried again by itself.',
    });
  }
  // Nothing depends on a card: the page of "adjutant serve" shows the same.
  logger.log('error', 'A card could not be shown.', { source, actionId, reason });
}

function remember(shown: Map<string, ShownCard>, key: string, card: ShownCard): void {
  shown.set(key, card);
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
