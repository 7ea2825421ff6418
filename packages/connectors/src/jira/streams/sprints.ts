import { defineStream } from '@adjutant/core';
import type { JiraConfig } from '../config.ts';
import { isSite } from '../discovery/discover.ts';
import { mapSprint } from '../map/map-sprint.ts';
import { type SprintPayload, sprintPayloadSchema } from '../map/sprint-payload.ts';
import { readSprints } from '../reading/read-sprints.ts';

/** Sprints of the boards of the selected projects. */
export const sprints = defineStream<JiraConfig, SprintPayload>({
  id: 'sprints',
  title: 'Sprints',
  payloadSchema: sprintPayloadSchema,
  appliesTo: isSite,
  read: readSprints,
  map: mapSprint,
});
