import type { TeamProposal } from '@adjutant/core';
import type { TeamDecision } from '@adjutant/core/domain';
import { formatNumber, plainText, wrapToWidth } from '@adjutant/insights';
import type { Output } from './output.ts';

const mostNames = 8;

/** Returns what is proposed about teams, with the command that accepts each. */
export function proposalsText(proposals: readonly TeamProposal[], { columns }: Output): string {
  return proposals
    .flatMap((proposal) => [
      ...wrapToWidth(proposalText(proposal), columns, 4),
      // A command to be copied is never broken.
      `  adjutant people accept ${plainText(proposal.id, 200)}`,
    ])
    .join('\n');
}

/** Returns one proposal as a question, with whom a team would begin with. */
export function proposalText({ kind, message, people }: TeamProposal): string {
  const question = plainText(message, 300);
  if (kind !== 'team' || people.length === 0) return question;
  const names = people.slice(0, mostNames).map(({ displayName }) => plainText(displayName, 60));
  const left = people.length - names.length;
  return `${question} (${names.join(', ')}${left > 0 ? ` and ${formatNumber(left)} more` : ''})`;
}

/** Returns what was decided and how to take it back. */
export function decisionText({ id, decision }: TeamDecision): string {
  const said = decision === 'accepted' ? 'Accepted' : 'Dismissed';
  return `${said}. To take it back: adjutant people undo ${id}`;
}
