import type { DomainRows } from '@adjutant/core';
import type { Sprint } from '@adjutant/core/domain';
import { boundedText } from '../../commits/text.ts';
import { toInstant } from './instants.ts';
import type { SprintPayload } from './sprint-payload.ts';

const states: ReadonlySet<string> = new Set([
  'future',
  'active',
  'closed',
] satisfies Sprint['state'][]);

/** Returns the rows that a sprint stands for. Pure. */
export function mapSprint(payload: SprintPayload): DomainRows {
  const state = payload.state?.toLowerCase() ?? '';
  if (!isState(state)) return {};
  return {
    sprints: [
      {
        source: 'jira',
        externalId: payload.id,
        name: boundedText(payload.name ?? '', 200),
        state,
        startedAt: state === 'future' ? null : toInstant(payload.startAt),
        plannedEndAt: toInstant(payload.endAt),
        completedAt: toInstant(payload.completedAt),
      },
    ],
  };
}

function isState(state: string): state is Sprint['state'] {
  return states.has(state);
}
