import type { WorkspaceHandle } from '@adjutant/core';
import type { Command } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import { withAdjutant } from '../open-adjutant.ts';
import { suggestionsText, suggestionText } from '../people-text.ts';
import type { Prompts } from '../prompts.ts';
import { decisionText, proposalsText, proposalText } from '../proposals-text.ts';

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

/** `adjutant people review`: asks at a terminal, lists anywhere else. */
export const peopleReview: Command = async (context) => {
  const { io, output } = context;
  return withAdjutant(context, async ({ handle }) => {
    const suggestions = await handle.identitySuggestions();
    const proposals = await handle.teamProposals.list();
    const isNothing = suggestions.length === 0 && proposals.length === 0;
    if (!io.isInteractive || output.isJson || isNothing) {
      output.answer({ suggestions, proposals }, () =>
        [
          suggestionsText(suggestions),
          ...(proposals.length === 0 ? [] : ['', proposalsText(proposals, output)]),
        ].join('\n'),
      );
      return exitCodes.ok;
    }
    const prompts = await io.prompts();
    const people = await reviewPeople(prompts, handle);
    const teams = people.isStopped ? noDecisions : await reviewTeams(prompts, handle);
    const { accepted, dismissed } = teams;
    output.answer(
      { merged: people.merged, accepted, dismissed },
      () => `${people.merged} merged, ${accepted} accepted, ${dismissed} dismissed.`,
    );
    return exitCodes.ok;
  });
};

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
    const change = await handle.mergePeople(suggestion.fromPersonId, suggestion.toPersonId);
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
