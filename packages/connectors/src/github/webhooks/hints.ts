import type { WebhookHint } from '@adjutant/core';
import { z } from 'zod';

const numberSchema = z.number().int().positive();
const deliverySchema = z.object({
  ref: z.string().nullish().catch(null),
  ref_type: z.string().nullish().catch(null),
  repository: z.object({ id: numberSchema }).nullish().catch(null),
  organization: z.object({ id: numberSchema }).nullish().catch(null),
  issue: z.object({ pull_request: z.unknown() }).nullish().catch(null),
});
type Delivery = z.infer<typeof deliverySchema>;

/** The streams of a repository in which an event says something has changed. */
const ofRepository: Readonly<
  Record<string, readonly string[] | ((delivery: Delivery) => string[])>
> = {
  pull_request: ['pull_requests', 'pull_request_files'],
  pull_request_review: ['pull_requests'],
  pull_request_review_comment: ['pull_requests'],
  pull_request_review_thread: ['pull_requests'],
  merge_group: ['pull_requests'],
  // A comment on a pull request comes as one on the issue that GitHub makes of it.
  issue_comment: ({ issue }) => [isPullRequest(issue) ? 'pull_requests' : 'issues'],
  issues: ['issues'],
  push: ({ ref }) => (ref?.startsWith('refs/tags/') === true ? ['tags'] : ['commits']),
  create: ({ ref_type: kind }) => (kind === 'tag' ? ['tags'] : []),
  delete: ({ ref_type: kind }) => (kind === 'tag' ? ['tags'] : []),
  release: ['releases'],
  deployment: ['deployments'],
  deployment_status: ['deployments'],
  workflow_run: ['workflow_runs', 'deployments'],
  repository: ['repositories'],
  public: ['repositories'],
};

/** The events that a hook of a repository is to send: those of which something is read. */
export const wantedEvents: readonly string[] = Object.keys(ofRepository).toSorted();

/** The same of an organization. */
const ofOrganization: Readonly<Record<string, readonly string[]>> = {
  organization: ['members'],
  membership: ['teams'],
  team: ['teams'],
};

/** Returns what a delivery says to look at; nothing where it is of what is not read. */
export function hintsOf(event: string, payload: unknown): readonly WebhookHint[] {
  const parsed = deliverySchema.safeParse(payload);
  if (!parsed.success) return [];
  const delivery = parsed.data;
  return [
    ...at(delivery.repository, streamsFor(ofRepository, event, delivery)),
    ...at(delivery.organization, streamsFor(ofOrganization, event, delivery)),
  ];
}

function streamsFor(
  streams: typeof ofRepository,
  event: string,
  delivery: Delivery,
): readonly string[] {
  const named = Object.hasOwn(streams, event) ? streams[event] : undefined;
  if (named === undefined) return [];
  return typeof named === 'function' ? named(delivery) : named;
}

function at(scope: { id: number } | null | undefined, streams: readonly string[]): WebhookHint[] {
  if (scope === null || scope === undefined) return [];
  return streams.map((stream) => ({ scopeExternalId: String(scope.id), stream }));
}

function isPullRequest(issue: Delivery['issue']): boolean {
  return issue?.pull_request !== undefined && issue.pull_request !== null;
}
