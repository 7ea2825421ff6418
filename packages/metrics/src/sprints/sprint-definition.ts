import type { SprintDefinition } from '@adjutant/core/domain';
import { replaySprint } from './replay-sprint.ts';
import { sprintVelocity } from './sprint-velocity.ts';

/** How sprints are computed here: from what changed, never from how their items look now. */
export const sprintDefinition: SprintDefinition = {
  version: 1,
  definition:
    'Each item is put back to how it was at the start and at the end of the sprint. Planned is what was in it and not done at the start, as estimated then; added and removed is what differs at the end; re-estimated is how far the estimates moved after an item came in; completed is what is in it and done at the end and was not done when it came in, as estimated at the end, which is the velocity. Reliability is the planned work that was completed, as estimated at the start, ÷ planned; capacity accuracy is all that was completed ÷ planned. Each figure is given in items and in points.',
  source:
    'Jira (velocity and burndown: estimates at the start, scope change apart) and LinearB (planning and capacity accuracy)',
  replay: replaySprint,
  velocity: sprintVelocity,
};
