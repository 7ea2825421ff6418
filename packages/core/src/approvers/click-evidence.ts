import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { ProofInput, RecordedDecision } from '../actions/decision-proof.ts';
import { canonicalJson } from '../canonical-json.ts';
import { readCards } from '../cards/card-entries.ts';
import { AdjutantError } from '../errors.ts';
import { tables } from '../store/tables.ts';
import { headerReader } from '../webhooks/header-reader.ts';
import { matchesHmac } from '../webhooks/matches-hmac.ts';
import type { WebhookRefusal } from '../webhooks/webhook-receiver.ts';
import type { ApproverContext } from './approver-context.ts';
import type { ClicksOf, ConfiguredClicks, SignedClick } from './click-receiver.ts';
import { digest } from './digest.ts';
import { type AccountLink, readLinks, wasLinkSigned, wrongWithLink } from './linked-accounts.ts';
import type { PastProofs } from './past-proofs.ts';

const { challenges } = tables;

/** Far longer than the signature of a request is taken for new. */
const rememberedMs = 86_400_000;

/**
 * What is kept with a decision: who pressed what and when, and a seal that only whoever has the
 * signing secret can make. Of the request itself nothing is kept; it holds addresses that open things.
 */
export const clickEvidenceSchema = z.object({
  kind: z.literal('signed_click'),
  source: z.string(),
  linkId: z.string(),
  personId: z.string(),
  vendorId: z.string(),
  clickDigest: z.string(),
  pressedAt: z.number().int(),
  seal: z.string(),
});
export type ClickEvidence = z.infer<typeof clickEvidenceSchema>;

type Decision = Pick<
  ProofInput,
  'workspaceId' | 'actionId' | 'revision' | 'payloadHash' | 'verdict'
>;

/**
 * Checks that the person pressed the button for exactly this decision, and uses the press up.
 * @throws AdjutantError `Permission`
 */
export async function takeClickEvidence(
  context: ApproverContext,
  input: ProofInput,
  clicksOf: ClicksOf,
): Promise<ClickEvidence> {
  const { proof } = input;
  if (proof.kind !== 'signed_click') throw new AdjutantError('InvalidInput', 'No press.');
  const { source } = proof;
  const clicks = clicksOf(source);
  if (clicks === null) throw refused('not_configured');
  const verdict = await clicks.receiver.verify({
    config: clicks.config,
    header: headerReader(proof.request),
    body: proof.request.body,
    now: context.clock.now(),
  });
  if (!verdict.isGenuine) throw refused(verdict.reason);
  const { click } = verdict;
  if (click === null || !isFor(click, input)) throw refused('other_words');
  if (!(await standsOnCard(context, source, click))) throw refused('no_card');
  const link = await findLink(context, source, click);
  if (link.personId !== input.reviewerPersonId) throw refused('other_person');
  const clickDigest = digest(`click:${source}:${click.clickId}`);
  if (!(await useUp(context, link.personId, clickDigest, input.actionId))) {
    throw refused('used_before');
  }
  const { linkId, personId, vendorId } = link;
  const { pressedAt } = click;
  const bare = { kind: 'signed_click', source, linkId, personId, vendorId, clickDigest, pressedAt };
  const [secret] = await clicks.receiver.secrets(clicks.config);
  if (secret === undefined) throw refused('not_configured');
  const seal = createHmac('sha256', secret).update(sealedText(input, bare)).digest('hex');
  return clickEvidenceSchema.parse({ ...bare, seal });
}

/** Returns whether kept evidence still is this person's press for this very decision. */
export async function stillPressed(
  context: ApproverContext,
  decision: RecordedDecision,
  clicksOf: ClicksOf,
): Promise<boolean> {
  const evidence = clickEvidenceSchema.safeParse(decision.evidence);
  if (!evidence.success) return false;
  const { seal, ...bare } = evidence.data;
  const clicks = clicksOf(bare.source);
  if (clicks === null || !(await isSealed(clicks, sealedText(decision, bare), seal))) return false;
  return isLinked(context, decision, evidence.data);
}

/**
 * Returns whether somebody signed a link by which this account speaks for whoever decided. Whether it
 * pressed anything only the signing secret can tell, and that is nowhere in the store.
 */
export async function wasLinked(proofs: PastProofs, decision: RecordedDecision): Promise<boolean> {
  const evidence = clickEvidenceSchema.safeParse(decision.evidence);
  if (!evidence.success) return false;
  const { workspaceId, reviewerPersonId, decidedAt } = decision;
  const { linkId, source, personId, vendorId } = evidence.data;
  const link = proofs.links.find((one) => one.linkId === linkId);
  if (link === undefined || link.accountSource !== source) return false;
  if (link.personId !== personId || link.vendorId !== vendorId) return false;
  // In force when it was decided; what became of it since takes nothing back.
  if (decidedAt < link.linkedAt || (link.endedAt !== null && decidedAt > link.endedAt))
    return false;
  if (personId !== reviewerPersonId) return false;
  return wasLinkSigned(proofs.passkeys.get(link.signedById), workspaceId, link);
}

async function isLinked(
  context: ApproverContext,
  decision: RecordedDecision,
  { linkId, source, personId, vendorId }: ClickEvidence,
): Promise<boolean> {
  const { store, workspaceId } = context;
  const link = (await readLinks(store.read, workspaceId)).find((one) => one.linkId === linkId);
  if (link === undefined || link.accountSource !== source) return false;
  if (link.personId !== personId || link.vendorId !== vendorId) return false;
  if (personId !== decision.reviewerPersonId) return false;
  return (await wrongWithLink(context, link)) === null;
}

function isFor({ decision }: SignedClick, input: Decision): boolean {
  return (
    decision.actionId === input.actionId &&
    decision.revision === input.revision &&
    decision.payloadHash === input.payloadHash &&
    decision.verdict === input.verdict
  );
}

/** Whether the button is on the very message that the ledger says was posted for this revision. */
async function standsOnCard(
  { store, workspaceId }: ApproverContext,
  source: string,
  { place, decision: { actionId, revision } }: SignedClick,
): Promise<boolean> {
  const { byRevision } = await readCards(store.read, { workspaceId, source, actionId });
  const card = byRevision.get(revision);
  return card?.state === 'posted' && canonicalJson(card.place) === canonicalJson(place);
}

async function findLink(
  context: ApproverContext,
  source: string,
  { account }: SignedClick,
): Promise<AccountLink> {
  const links = (await readLinks(context.store.read, context.workspaceId)).filter(
    (link) =>
      link.accountSource === source &&
      link.accountExternalId === account.externalId &&
      link.vendorId === account.vendorId,
  );
  for (const link of links) if ((await wrongWithLink(context, link)) === null) return link;
  throw refused('not_linked');
}

/** Notes that a press was used; false where it was before. */
async function useUp(
  { store, workspaceId, clock }: ApproverContext,
  personId: string,
  id: string,
  subject: string,
): Promise<boolean> {
  const now = clock.now();
  const row = { id, workspaceId, personId, purpose: 'click' as const, subject };
  const used = await store.transaction((transaction) =>
    transaction
      .insert(challenges)
      .values({ ...row, expiresAt: now + rememberedMs, usedAt: now })
      .onConflictDoNothing()
      .returning({ id: challenges.id }),
  );
  return used.length > 0;
}

/** Begins unlike anything that a source signs, so that neither passes for the other. */
function sealedText(
  decision: Decision,
  evidence: Readonly<Record<string, string | number>>,
): string {
  const { workspaceId, actionId, revision, payloadHash, verdict } = decision;
  return canonicalJson({
    domain: 'adjutant.click.v1',
    workspace: workspaceId,
    actionId,
    revision,
    payloadHash,
    verdict,
    ...evidence,
  });
}

async function isSealed(
  { receiver, config }: ConfiguredClicks,
  text: string,
  seal: string,
): Promise<boolean> {
  let holds = false;
  for (const secret of await receiver.secrets(config)) {
    if (secret !== '' && matchesHmac('sha256', secret, [text], seal)) holds = true;
  }
  return holds;
}

type Refusal =
  | WebhookRefusal
  | 'no_card'
  | 'other_words'
  | 'other_person'
  | 'not_linked'
  | 'used_before';

const again = 'Press the button of the newest card, or decide on the page of "adjutant serve".';
const words: Readonly<Record<Refusal, [message: string, hint: string]>> = {
  not_configured: [
    'Buttons of that program are not set up here.',
    'Decide on the page of "adjutant serve".',
  ],
  unsigned: ['Nothing says who pressed the button.', again],
  wrong_signature: ['The signature of the button is not that of the program.', again],
  stale: ['The press of the button is too old.', again],
  malformed: ['What was pressed cannot be read.', again],
  no_card: ['The button does not stand on a card that Adjutant posted for this action.', again],
  other_words: ['The button stood for other words than those of the action.', again],
  other_person: ['The button was pressed with the account of somebody else.', again],
  not_linked: [
    'Your account there is not linked as an approver.',
    'Link it on the page "Passkeys" of "adjutant serve", signed with your passkey.',
  ],
  used_before: ['This press of the button was used already.', again],
};

function refused(why: Refusal): AdjutantError {
  const [message, hint] = words[why];
  return new AdjutantError('Permission', message, { hint });
}
