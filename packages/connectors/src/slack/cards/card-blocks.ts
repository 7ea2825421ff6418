import type { ApprovalCard } from '@adjutant/core';
import { textExtent } from '@adjutant/core/ports';
import { neutralText } from '../../writing/neutral-text.ts';
import { buttonIds, buttonValue } from './button-value.ts';
import { instantText } from './instant-text.ts';
import {
  type Block,
  bullets,
  drawnLength,
  exactly,
  type InlineElement,
  lines,
  linkTo,
  words,
} from './rich-text.ts';
import { standingOf } from './standing.ts';

const mostFacts = 30;
const mostRecipients = 30;
const longestValue = 500;
const longestTarget = 200;
/** Nobody reads more there. */
const longestContent = 6_000;
/** Slack refuses a message somewhere above 11,000 characters, as they are drawn. */
const longestDrawn = 9_000;

/** Who reads along where a card stands. */
export interface CardAudience {
  isPublic: boolean;
  /** True where people of another organisation are in the channel, or nobody knows. */
  isExternal: boolean;
}

export interface CardOptions {
  /** False where no signing secret was given, so that no button could be believed. */
  canDecide: boolean;
  /** Where the approvals page is; null where nobody said. */
  pageUrl: string | null;
}

export interface DrawnCard {
  /** For notifications: our own words alone. */
  text: string;
  blocks: Block[];
}

/**
 * Returns a card as Slack's blocks. Pure. It shows the row and nothing else; where the channel may
 * not see what the action is about, it says only that something waits, and where to look.
 */
export function cardBlocks(
  card: ApprovalCard,
  audience: CardAudience,
  options: CardOptions,
): DrawnCard {
  const isShown = mayShow(card, audience);
  const standing = standingOf(card.action, card.revision, { withNames: isShown });
  const isOpen = card.action.status === 'pending' && card.revision === card.action.revision;
  const body = isShown ? boundedBody(card) : { blocks: [], isWhole: false };
  const where = lookAt(card, options, isShown);
  return {
    text: isOpen ? 'An action waits for a decision.' : 'An action was decided or has ended.',
    blocks: [
      header(isShown ? card.action.title : 'An action'),
      lines([[words('Status: ', { bold: true }), words(standing)], ...common(card, isOpen)]),
      ...body.blocks,
      ...notWhole(card, { isShown, isOpen, isWhole: body.isWhole }, options),
      ...(where === null ? [] : [where]),
      ...(isOpen && isShown ? buttons(card, body.isWhole, options) : []),
    ],
  };
}

/** What is private stays out of where more people read; unknown counts as private. */
function mayShow({ isTargetPublic }: ApprovalCard, audience: CardAudience): boolean {
  if (audience.isExternal) return false;
  return !audience.isPublic || isTargetPublic === true;
}

function header(title: string): Block {
  const text = escaped(neutralText(title, 100));
  return { type: 'header', text: { type: 'plain_text', text, emoji: false } };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** What gives nothing away. */
function common({ action }: ApprovalCard, isOpen: boolean): InlineElement[][] {
  const { risk, expiresAt, payloadHash } = action;
  return [
    [words('Risk: ', { bold: true }), words(risk ?? 'unknown')],
    ...(isOpen && expiresAt !== null
      ? [[words('Decide before: ', { bold: true }), words(instantText(expiresAt))]]
      : []),
    [
      words('Payload: ', { bold: true }),
      words(payloadHash === null ? 'unknown' : payloadHash.slice(0, 12), { code: true }),
    ],
  ];
}

/** What would be too long for Slack as it is drawn gives way to what it is about. */
function boundedBody(card: ApprovalCard): { blocks: Block[]; isWhole: boolean } {
  const body = shownBody(card);
  if (drawnLength(body.blocks) <= longestDrawn) return body;
  return { blocks: body.blocks.slice(0, 1), isWhole: false };
}

function shownBody({ action, revision }: ApprovalCard): { blocks: Block[]; isWhole: boolean } {
  // A later revision has other words; those of this one are no longer asked for.
  if (revision < action.revision) return { blocks: [], isWhole: false };
  const { preview, type, targetRef, targetUrl, requester, sponsorName, nextStep } = action;
  const facts = (preview?.facts ?? []).toSorted(
    (a, b) => Number(b.tone === 'warning') - Number(a.tone === 'warning'),
  );
  const recipients = preview?.recipients ?? [];
  const content = preview?.content ?? JSON.stringify(action.payload, null, 2);
  const target = neutralText(targetRef ?? 'unknown', longestTarget);
  const isCut =
    facts.length > mostFacts ||
    recipients.length > mostRecipients ||
    content.length > longestContent ||
    (targetRef ?? '').length > longestTarget ||
    [...facts.map(({ value }) => value), ...recipients].some(({ length }) => length > longestValue);
  const items: InlineElement[][] = [
    [words('Type: ', { bold: true }), words(type, { code: true })],
    [words('Target: ', { bold: true }), linkTo(targetUrl, target)],
    [words('Asked by: ', { bold: true }), words(requesterText(requester))],
    [words('For: ', { bold: true }), words(neutralText(sponsorName ?? 'nobody known', 120))],
    ...(action.status === 'pending' || nextStep === null
      ? []
      : [[words(neutralText(nextStep, 400))]]),
  ];
  const factItems = facts
    .slice(0, mostFacts)
    .map(({ label, value, tone }) => [
      ...(tone === 'warning' ? [words('Look: ', { bold: true })] : []),
      words(`${neutralText(label, 80)}: `, { bold: true }),
      words(neutralText(value, longestValue)),
    ]);
  const reached = recipients
    .slice(0, mostRecipients)
    .map((recipient) => [words(neutralText(recipient, longestValue))]);
  return {
    isWhole: !isCut && preview !== null,
    blocks: [
      lines(items),
      ...titled('What Adjutant found', factItems, facts.length - factItems.length),
      ...titled('Whom it reaches', reached, recipients.length - reached.length),
      lines([[words('Exactly this', { bold: true }), words(` (${textExtent(content)}):`)]]),
      exactly(content.slice(0, longestContent)),
    ],
  };
}

/** The ledger names whom an assistant works for by id; the next line does by name. */
function requesterText(requester: string): string {
  const assistant = /^agent:(.*) for person:[^ ]*$/s.exec(requester)?.[1];
  return assistant === undefined
    ? neutralText(requester, 120)
    : `${neutralText(assistant, 100)} (an assistant)`;
}

function titled(title: string, items: InlineElement[][], left: number): Block[] {
  if (items.length === 0) return [];
  const rest = left > 0 ? [[words(`and ${left} more`)]] : [];
  return [lines([[words(`${title}:`, { bold: true })]]), bullets([...items, ...rest])];
}

function notWhole(
  { action, revision }: ApprovalCard,
  { isShown, isOpen, isWhole }: { isShown: boolean; isOpen: boolean; isWhole: boolean },
  { canDecide }: CardOptions,
): Block[] {
  if (!isOpen || revision !== action.revision) return [];
  if (!isShown) {
    return [lines([[words('What it is about is not for everybody who reads here.')]])];
  }
  if (!isWhole) return [lines([[words('It is too long for a card: approve it on the page.')]])];
  return canDecide ? [] : [lines([[words('Decide on the page: buttons are not set up here.')]])];
}

function lookAt(
  { action }: ApprovalCard,
  { pageUrl }: CardOptions,
  isShown: boolean,
): Block | null {
  if (pageUrl !== null) {
    const url = `${pageUrl.replace(/\/+$/, '')}/actions/${encodeURIComponent(action.id)}`;
    return lines([[linkTo(url, 'Details on the approvals page')]]);
  }
  if (isShown) return null;
  return lines([[words('Look at it with '), words('adjutant approvals', { code: true })]]);
}

/** What was not seen whole cannot be approved here; declining needs no more than was seen. */
function buttons(card: ApprovalCard, isWhole: boolean, { canDecide }: CardOptions): Block[] {
  const { id: actionId, revision, payloadHash, traceId } = card.action;
  if (!canDecide || payloadHash === null) return [];
  const value = buttonValue({ actionId, revision, payloadHash, traceId });
  if (value === null) return [];
  const button = (id: string, text: string, style?: string): Block => ({
    type: 'button',
    action_id: id,
    ...(style === undefined ? {} : { style }),
    text: { type: 'plain_text', text, emoji: false },
    value,
  });
  const elements = [
    ...(isWhole ? [button(buttonIds.approve, 'Approve', 'primary')] : []),
    button(buttonIds.decline, 'Decline', 'danger'),
    button(buttonIds.modify, 'Change …'),
    button(buttonIds.why, 'Why?'),
  ];
  return [{ type: 'actions', block_id: `adjutant_${revision}`, elements }];
}
