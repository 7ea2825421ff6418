import type { WorkspaceHandle } from '@adjutant/core';
import { suggestionText } from './people-text.ts';
import type { Prompts } from './prompts.ts';
import { decisionText, proposalText } from './proposals-text.ts';

const mergeChoices = [
  { value: 'same', label: 'One person', hint: 'merge; can be undone' },
  { value: 'skip', label: 'Not sure, or not one' },
  { value: 'stop', label: 'Stop here' },
] as const;
const proposalChoices = [
  { value: 'accept', label: 'Yes', hint: 'can be undone' },
  { value: 'dismiss', label: 'No', hint: 'is not asked again; can be undone' },
  { value: 'skip', label: 'Not now' },
  { value: 'stop', label: 'Stop here' },
] as const;

export interface ReviewCounts {
  merged: number;
  accepted: number;
  dismissed: number;
}

/** Asks about people who may be one, then about proposed teams. @returns what was decided */
export async function reviewAtTerminal(
  prompts: Prompts,
  handle: WorkspaceHandle,
): Promise<ReviewCounts> {
  const { merged, isStopped } = await reviewPeople(prompts, handle);
  return { merged, ...(isStopped ? noDecisions : await reviewTeams(prompts, handle)) };
}

const noDecisions = { accepted: 0, dismissed: 0 };

async function reviewPeople(
  prompts: Prompts,
  handle: WorkspaceHandle,
): Promise<{ merged: number; isStopped: boolean }> {
  let merged = 0;
  for (const suggestion of await handle.identitySuggestions()) {
    const message = suggestionText(suggestion);
    const answer = await prompts.choose({ message, choices: mergeChoices });
    if (answer === null || answer === 'stop') return { merged, isStopped: true };
    if (answer === 'skip') continue;
    const { fromPersonId, toPersonId } = suggestion;
    const { needs } = await handle.identityReview.plan({ kind: 'merge', fromPersonId, toPersonId });
    if (needs === 'administrator_with_presence') {
      prompts.note(
        `Not merged: this takes an administrator’s passkey. Confirm it on the page: adjutant people merge ${fromPersonId} ${toPersonId} shows where.`,
      );
      continue;
    }
    const change = await handle.mergePeople(fromPersonId, toPersonId);
    prompts.note(`Merged. To take it back: adjutant people undo ${change.id}`);
    merged += 1;
  }
  return { merged, isStopped: false };
}

/** An accepted team makes new questions, about what it owns; so the list is read after each answer. */
async function reviewTeams(prompts: Prompts, handle: WorkspaceHandle): Promise<typeof noDecisions> {
  const counts = { ...noDecisions };
  const asked = new Set<string>();
  for (;;) {
    const next = (await handle.teamProposals.list()).find(({ id }) => !asked.has(id));
    if (next === undefined) return counts;
    asked.add(next.id);
    const message = proposalText(next);
    const answer = await prompts.choose({ message, choices: proposalChoices });
    if (answer === null || answer === 'stop') return counts;
    if (answer === 'skip') continue;
    const decision = await handle.teamProposals[answer](next.id);
    prompts.note(decisionText(decision));
    counts[decision.decision] += 1;
  }
}
