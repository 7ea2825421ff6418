import type { ActionDetail } from '@adjutant/core';
import { neutralText } from '../../writing/neutral-text.ts';
import {
  type Block,
  bullets,
  exactly,
  type InlineElement,
  lines,
  words,
} from '../cards/rich-text.ts';
import { standingOf } from '../cards/standing.ts';
import { type PersonalAnswer, said } from './answer-person.ts';
import { howToBeMapped } from './decide-by-press.ts';
import type { Desk } from './desk.ts';
import { readBoundAction } from './read-bound-action.ts';
import type { SlackPress } from './read-request.ts';
import { accountOf } from './request-form.ts';

const mostFacts = 20;
const longestRationale = 2_500;

/**
 * Returns why an action is asked for and why it waits: what policy said, what was found, and what its
 * proposer says, which nobody checked.
 * @throws AdjutantError
 */
export async function whyOf(desk: Desk, { actor, button }: SlackPress): Promise<PersonalAnswer> {
  const { adjutant, workspaceId } = desk;
  const viewer = await adjutant.approvers(workspaceId).viewerOf(accountOf(actor));
  if (viewer === null) return said(howToBeMapped);
  const action = await readBoundAction(adjutant.workspace(workspaceId).as(viewer), button);
  const standing = standingOf(action, button.revision, { withNames: true });
  // Reasons of other words would be read as reasons of these.
  if (action.revision !== button.revision) {
    return said(`${standing}. Look at the newest card.`);
  }
  return { text: 'Why this is asked for.', blocks: whyBlocks(action, standing) };
}

function whyBlocks(action: ActionDetail, standing: string): Block[] {
  const { policyReason, preview, rationale, risk, quorum, assurance } = action;
  const facts = (preview?.facts ?? [])
    .toSorted((a, b) => Number(b.tone === 'warning') - Number(a.tone === 'warning'))
    .slice(0, mostFacts)
    .map(({ label, value }) => [
      words(`${neutralText(label, 80)}: `, { bold: true }),
      words(neutralText(value, 300)),
    ]);
  const rest = (preview?.facts.length ?? 0) - facts.length;
  const needs = `${quorum === 1 ? 'one decision' : `${quorum} decisions`} of at least ${assurance ?? 'unknown'} assurance`;
  const about: [string, string][] = [
    ['Status', standing],
    ['Risk', risk ?? 'unknown'],
    ['Policy', policyReason ?? 'gave no reason'],
    ['Needs', needs],
  ];
  return [
    lines(about.map(([name, value]) => named(name, neutralText(value, 600)))),
    ...(facts.length === 0
      ? []
      : [
          lines([[words('What Adjutant found:', { bold: true })]]),
          bullets(rest > 0 ? [...facts, [words(`and ${rest} more`)]] : facts),
        ]),
    ...rationaleBlocks(rationale),
  ];
}

function rationaleBlocks(rationale: string | null): Block[] {
  if (rationale === null) return [lines([[words('Its proposer gave no reason.')]])];
  const shown = rationale.slice(0, longestRationale);
  const head = 'What its proposer says. Nobody checked it:';
  return [
    lines([[words(head, { bold: true })]]),
    exactly(shown.length < rationale.length ? `${shown}…` : shown),
  ];
}

function named(name: string, value: string): InlineElement[] {
  return [words(`${name}: `, { bold: true }), words(value)];
}
