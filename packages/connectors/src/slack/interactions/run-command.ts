import type { WorkspaceHandle } from '@adjutant/core';
import type { Viewer } from '@adjutant/core/domain';
import { type PersonalAnswer, said } from './answer-person.ts';
import { approvals } from './approvals.ts';
import { ask } from './ask.ts';
import { howToBeMapped } from './decide-by-press.ts';
import type { Desk } from './desk.ts';
import type { SlackCommand } from './read-request.ts';
import { openReport } from './report-form.ts';
import { accountOf } from './request-form.ts';
import { sprintHealth } from './sprint-health.ts';
import { standup } from './standup.ts';
import { triage } from './triage.ts';

/** A command of somebody who is known here. */
export interface AskedCommand {
  desk: Desk;
  /** What they themselves may see. */
  handle: WorkspaceHandle;
  viewer: Extract<Viewer, { kind: 'person' }>;
  command: SlackCommand;
  now: number;
}

/** Null where nothing more is to be said, because a form was opened. */
type Answerer = (asked: AskedCommand) => Promise<PersonalAnswer | null>;

const answerers: ReadonlyMap<string, Answerer> = new Map<string, Answerer>([
  ['/standup', ({ handle, now }) => standup(handle, now)],
  ['/sprint-health', ({ handle }) => sprintHealth(handle)],
  ['/triage', triage],
  ['/ask', ask],
  ['/approvals', approvals],
  ['/report', openReport],
]);

/** The commands that are known, as the app's manifest has to name them. */
export const commandNames: readonly string[] = [...answerers.keys()];

/** True for a command whose answer is a form. */
export function opensForm({ command }: SlackCommand): boolean {
  return command === '/report';
}

/**
 * Returns what to tell whoever wrote a command: what they themselves may see, and to them alone.
 * @throws AdjutantError
 */
export async function runCommand(
  desk: Desk,
  command: SlackCommand,
): Promise<PersonalAnswer | null> {
  const answerer = answerers.get(command.command);
  if (answerer === undefined) return said('Adjutant does not know this command.');
  const { adjutant, workspaceId, clock } = desk;
  const viewer = await adjutant.approvers(workspaceId).viewerOf(accountOf(command.actor));
  if (viewer === null) return said(howToBeMapped);
  const handle = adjutant.workspace(workspaceId).as(viewer);
  return answerer({ desk, handle, viewer, command, now: clock.now() });
}
