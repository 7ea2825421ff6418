import { defineStream } from '@adjutant/core';
import type { PagerdutyConfig } from '../config.ts';
import { mapIncident } from '../map/map-incident.ts';
import { type IncidentPayload, incidentPayloadSchema } from '../payloads.ts';
import { readIncidentStream } from '../reading/read-incidents.ts';
import { isServiceScope } from '../scopes.ts';

/** Incidents of a service, with when they were first acknowledged and last resolved. */
export const incidents = defineStream<PagerdutyConfig, IncidentPayload>({
  id: 'incidents',
  title: 'Incidents of a service',
  payloadSchema: incidentPayloadSchema,
  appliesTo: isServiceScope,
  read: readIncidentStream,
  map: mapIncident,
});
