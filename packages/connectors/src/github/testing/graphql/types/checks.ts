import type { TwinCheck, TwinCommit } from '../../data/records.ts';
import { connection } from '../connection.ts';
import { fieldsOf } from '../field-table.ts';
import { opaqueId } from '../node-id.ts';

/** All checks of a commit together. */
interface TwinRollup {
  type: 'StatusCheckRollup';
  commit: TwinCommit;
}

const unfinished = new Set(['EXPECTED', 'IN_PROGRESS', 'PENDING', 'QUEUED', 'WAITING']);
const passed = new Set(['NEUTRAL', 'SKIPPED', 'SUCCESS']);

export function rollupOf(commit: TwinCommit): TwinRollup | null {
  return commit.checks.length === 0 ? null : { type: 'StatusCheckRollup', commit };
}

/** True for a check that holds a merge up. */
export function isFailing({ isRequired, state }: TwinCheck): boolean {
  return isRequired && !passed.has(state);
}

export const rollupFields = fieldsOf<TwinRollup>({
  id: ({ commit }) => opaqueId('StatusCheckRollup', commit.repository.id, commit.oid),
  commit: ({ commit }) => commit,
  state: ({ commit: { checks } }) => {
    if (checks.some(({ state }) => unfinished.has(state))) return 'PENDING';
    return checks.every(({ state }) => passed.has(state)) ? 'SUCCESS' : 'FAILURE';
  },
  contexts: connection<TwinRollup, TwinCheck>({ items: ({ commit: { checks } }) => checks }),
});

const required = {
  accepts: ['pullRequestId', 'pullRequestNumber'],
  resolve: ({ isRequired }: TwinCheck) => isRequired,
};

export const checkRunFields = fieldsOf<TwinCheck>({
  id: ({ id }) => opaqueId('CheckRun', id),
  databaseId: ({ id }) => id,
  name: ({ name }) => name,
  status: ({ state }) => (unfinished.has(state) ? state : 'COMPLETED'),
  conclusion: ({ state }) => (unfinished.has(state) ? null : state),
  isRequired: required,
});

export const statusContextFields = fieldsOf<TwinCheck>({
  id: ({ id }) => opaqueId('StatusContext', id),
  context: ({ name }) => name,
  state: ({ state }) => state,
  isRequired: required,
});
