import type { Adjutant, WorkspaceHandle } from '@adjutant/core';
import { AdjutantError } from '@adjutant/core/ports';
import { formatMinute, plainText } from '@adjutant/insights';
import { type Check, failed, note, ok } from './checks.ts';

/** Says whether anything carries actions out, what is stopped, and whether the policy can be read. */
export async function checkActions(
  adjutant: Pick<Adjutant, 'policy'>,
  { actions }: Pick<WorkspaceHandle, 'actions'>,
): Promise<Check[]> {
  const { running, start } = await actions.worker();
  const stops = await actions.stops();
  return [
    running
      ? ok('action-worker', 'a process prepares actions and carries them out')
      : note(
          'action-worker',
          'No process prepares actions or carries them out: what is proposed waits.',
          `Start one where you want it: ${start}`,
        ),
    ...stops.map(({ scope, setAt, reason }) =>
      note(
        'actions-stopped',
        `Stopped since ${formatMinute(setAt)} UTC: ${scope === '*' ? 'every action' : plainText(scope, 80)}${reason === null ? '' : ` (${plainText(reason, 200)})`}.`,
        `To go on: adjutant actions resume${scope === '*' ? '' : ` ${plainText(scope, 80)}`}`,
      ),
    ),
    await checkPolicy(adjutant),
  ];
}

async function checkPolicy(adjutant: Pick<Adjutant, 'policy'>): Promise<Check> {
  try {
    const state = await adjutant.policy();
    if (state === null || state.waiting === null)
      return ok('policy', 'the policy in force can be read');
    return note(
      'policy',
      'The policy file asks for less than what is in force; it waits for an approval.',
      'See what it changes: adjutant policy show',
    );
  } catch (error) {
    if (!AdjutantError.isInstance(error) || error.code !== 'Configuration') throw error;
    return failed(
      'policy',
      `The policy cannot be read, so nothing is approved or carried out: ${error.message}`,
      'Every mistake with its place: adjutant policy check',
    );
  }
}
