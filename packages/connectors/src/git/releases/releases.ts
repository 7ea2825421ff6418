import { defineStream } from '@adjutant/core';
import type { GitConfig } from '../config.ts';
import { mapTag } from './map-tag.ts';
import { readReleases } from './read-releases.ts';
import { type TagPayload, tagPayloadSchema } from './release-payload.ts';

/** Tags as releases, each with what it is the first to contain, and as deployments where told. */
export const releases = defineStream<GitConfig, TagPayload>({
  id: 'releases',
  title: 'Releases and deployments from tags',
  payloadSchema: tagPayloadSchema,
  read: readReleases,
  map: mapTag,
});
