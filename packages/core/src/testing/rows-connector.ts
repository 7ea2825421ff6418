import { z } from 'zod';
import {
  type Batch,
  type CheckReport,
  type ConfiguredConnector,
  defineConnector,
  defineStream,
  type ReadRequest,
  type Scope,
} from '../sync/define-connector.ts';
import type { DomainRows } from '../sync/domain-rows.ts';

export interface RowsSource {
  id: string;
  title?: string;
  scope?: Scope;
  /** Whether its one stream brings reviews, so that it leads other sources. */
  showsReviews?: boolean;
  /** False where it knows only what was sent to it, so that it leads nobody. */
  showsCode?: false;
  /** Whether it says itself which commits its releases and deployments carry. */
  claimsCommits?: boolean;
  check?: CheckReport;
  gaps?: Batch['gaps'];
  /** What the one stream is called; `records` unless told. */
  streamId?: string;
  /** The records of a pass by external id; called anew for each, or throws what the source would. */
  records(request: ReadRequest): Readonly<Record<string, DomainRows>>;
  /** Texts of the documents among them. */
  texts?(request: ReadRequest): Batch['texts'];
  /** External ids of the records that are gone at the source. */
  tombstones?(request: ReadRequest): readonly string[];
}

const payloadSchema = z.custom<DomainRows>((value) => typeof value === 'object' && value !== null);

/** Returns a connector whose records are the rows that they stand for: for tests of what core makes of rows. */
export function createRowsConnector(source: RowsSource): ConfiguredConnector {
  const {
    id,
    title = id,
    scope = { externalId: 'acme/widgets', name: 'widgets', detail: {} },
  } = source;
  const stream = defineStream<Record<string, never>, DomainRows>({
    id: source.streamId ?? 'records',
    title: 'Records',
    payloadSchema,
    async *read(_context, request) {
      const records = Object.entries(source.records(request));
      yield {
        records: records.map(([externalId, payload]) => ({ externalId, payload })),
        tombstones: source.tombstones?.(request) ?? [],
        state: {},
        complete: true,
        texts: source.texts?.(request) ?? [],
        gaps: source.gaps ?? [],
      };
    },
    map: (payload) => payload,
  });
  return defineConnector<Record<string, never>>({
    id,
    title,
    experimental: false,
    configSchema: z.object({}),
    ...(source.showsReviews ? { reviewStream: stream.id } : {}),
    ...(source.showsCode === false ? { showsCode: false as const } : {}),
    ...(source.claimsCommits ? { claimsCommits: true } : {}),
    hosts: () => [],
    check: async () => source.check ?? { identity: null, items: [] },
    async *discover() {
      yield scope;
    },
    streams: [stream],
  })({});
}
