import { type Adjutant, AdjutantError, type WorkspaceHandle } from '@adjutant/core';
import { neutralText } from '../../writing/neutral-text.ts';
import { type PersonalAnswer, said } from './answer-person.ts';
import { howToBeMapped } from './decide-by-press.ts';
import type { SlackCommand } from './read-request.ts';
import { sprintHealth } from './sprint-health.ts';
import { standup } from './standup.ts';

type Answerer = (handle: WorkspaceHandle, now: number) => Promise<PersonalAnswer>;

const notYet = (what: string, instead: string): Answerer => {
  const answer = said(`${what} is not there yet. ${instead}`);
  return () => Promise.resolve(answer);
};

const answerers: ReadonlyMap<string, Answerer> = new Map([
  ['/standup', standup],
  ['/sprint-health', sprintHealth],
  ['/triage', notYet('Sorting incoming work', 'Nothing was looked at or changed.')],
  [
    '/ask',
    notYet('Answering questions here', 'Ask an assistant that has the Adjutant MCP server.'),
  ],
]);

/** The commands that are known, as the app's manifest has to name them. */
export const commandNames: readonly string[] = [...answerers.keys()];

/** Returns what to tell whoever wrote a command: what they themselves may see, and to them alone. */
export async function runCommand(
  {
    adjutant,
    workspaceId,
    now,
  }: { adjutant: Adjutant; workspaceId: string | undefined; now: number },
  { command, actor }: SlackCommand,
): Promise<PersonalAnswer> {
  const answerer = answerers.get(command);
  if (answerer === undefined) return said('Adjutant does not know this command.');
  const viewer = await adjutant.approvers(workspaceId).viewerOf({
    accountSource: 'slack',
    accountExternalId: actor.externalId,
    vendorId: actor.vendorId,
  });
  if (viewer === null) return said(howToBeMapped);
  try {
    return await answerer(adjutant.workspace(workspaceId).as(viewer), now);
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.audience === 'bug') throw error;
    return said(neutralText([error.message, error.hint ?? ''].join(' '), 600));
  }
}
