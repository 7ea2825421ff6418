import type { z } from 'zod';
import type { AnyActionDefinition } from '../actions/define-action.ts';
import type { ClickReceiver } from '../approvers/click-receiver.ts';
import type { ApprovalCards } from '../cards/approval-cards.ts';
import type { Clock } from '../clock.ts';
import type { DocumentText, Gap } from '../domain.ts';
import type { Logger } from '../logger.ts';
import type { FailedDelivery } from '../webhooks/failed-delivery.ts';
import type { WebhookReceiver } from '../webhooks/webhook-receiver.ts';
import type { DomainRows } from './domain-rows.ts';

/** A repository, project or channel: something that streams are read from. */
export interface Scope {
  /** The vendor's immutable id. */
  externalId: string;
  name: string;
  /** Whatever the connector needs to find it again; no secrets. */
  detail: Record<string, unknown>;
  /** Addresses it had before or was asked for by, so that another source's copy of it is known. */
  formerUrls?: readonly string[];
}

/** What a connector is handed. It reads no clock and no network of its own. */
export interface ConnectorContext<Config> {
  config: Config;
  clock: Clock;
  logger: Logger;
  fetch: typeof fetch;
  signal: AbortSignal;
}

export type ReadMode = 'backfill' | 'incremental' | 'census' | 'refetch';
export type StreamState = Record<string, unknown>;

/** Requests a pass may still spend; a share of the quota is kept back for actions. */
export interface RequestBudget {
  /** Takes one request from the budget; rejects with `RateLimited` when only the reserve is left. */
  take(count?: number): void;
  /** Tells that nothing is asked for so long, because the source wants it so: progress shows it. */
  waiting?(milliseconds: number): void;
  /** Tells the budget what the vendor says is left, so that progress can show it. */
  report(remaining: number, limit: number): void;
  readonly remaining: number | null;
}

export interface ReadRequest {
  stream: string;
  scope: Scope;
  mode: ReadMode;
  state: StreamState | null;
  /**
   * How far back a backfill goes: whatever was last changed at or after this instant is read, the
   * rest may be left out. Absent where everything is wanted.
   */
  since?: number;
  /** Whether something was said to have changed here: a webhook hinted at this stream of this scope. */
  isHinted?: boolean;
  ids?: readonly string[];
  /**
   * Yields the external ids that the store holds for this stream and scope, for a source that can
   * no longer tell what it gave before. Absent where the caller keeps nothing.
   */
  knownExternalIds?(): AsyncIterable<string>;
  /**
   * Yields the addresses that other sources vouch for and by which this one knows nobody yet, for a
   * source that hides addresses and can be asked for one. Whoever asks sends an address to a vendor: only
   * where the configuration says so, and each address once. Absent where the caller keeps nothing.
   */
  knownEmails?(): AsyncIterable<string>;
  /**
   * Returns the payloads that the store holds for these external ids of this stream and scope, all that
   * this pass has given before included. Absent where the caller keeps nothing.
   */
  storedPayloads?(externalIds: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  /**
   * Yields what was delivered after a delivery, in the order in which it was kept: for a source that can
   * be asked nothing, whose receiver says that its deliveries are read.
   */
  deliveries?(after: number): AsyncIterable<StoredDelivery>;
  budget: RequestBudget;
}

/** A delivery that was verified and kept. */
export interface StoredDelivery {
  /** Which delivery of its source it is: 1, 2 and so on, as they were kept. */
  number: number;
  /** The source's own name of it. */
  deliveryId: string;
  event: string;
  /** Those that the receiver keeps. */
  headers: Readonly<Record<string, string>>;
  payload: unknown;
}

/** One record as the source gave it. */
export interface SourceRecord {
  externalId: string;
  payload: unknown;
}

/**
 * What is committed together: records, deletions, gaps and the place to go on from. The next one is
 * asked for while it is being written.
 */
export interface Batch {
  records: readonly SourceRecord[];
  /** External ids that are gone at the source. */
  tombstones: readonly string[];
  /** Where a later pass goes on; committed in the same transaction as the records. */
  state: StreamState;
  /** True on the last batch of a pass. */
  complete: boolean;
  /** The gaps of this stream as known now; they replace the earlier ones when `complete`. */
  gaps: readonly Omit<Gap, 'source' | 'scopeExternalId' | 'stream'>[];
  /**
   * The texts of the documents among the records, which are kept beside them: a record names its text
   * by its hash, and is stored without it.
   */
  texts?: readonly DocumentText[];
  /** How many records the pass will have in all, where the source tells. */
  totalEstimate?: number;
}

/** A kind of record and the pure function from a record to domain rows. */
export interface StreamDefinition<Config, Payload> {
  id: string;
  /** What it yields, for people. */
  title: string;
  /** Only the fields used, nullish where the source may omit them. */
  payloadSchema: z.ZodType<Payload>;
  /** Whether a scope has such records at all; every scope does where this is absent. */
  appliesTo?(scope: Scope): boolean;
  read(context: ConnectorContext<Config>, request: ReadRequest): AsyncIterable<Batch>;
  /** Pure. Same record, same rows. */
  map(payload: Payload, scope: Scope, config: Config): DomainRows;
}

export interface CheckItem {
  id: string;
  ok: boolean;
  /** What was found. */
  message: string;
  /** What to do next, where something is to be done. */
  hint: string | null;
  /** True where reading works without it and only some figures stay unknown. */
  optional?: boolean;
}

export interface CheckReport {
  /** Who Adjutant is at the source; null where there is no identity. */
  identity: string | null;
  items: readonly CheckItem[];
}

/** What a connector can be tried against, what nobody here wrote first. */
export type TriedAgainst =
  | 'the system itself'
  | 'a counterpart of others'
  | 'a published schema'
  | 'recorded payloads'
  | 'our own twin';

export interface ConnectorDefinition<Config> {
  id: string;
  title: string;
  /** Tried only against our own twin? Then it says so everywhere. */
  experimental: boolean;
  /** What it was tried against, by whoever made it. */
  triedAgainst?: readonly TriedAgainst[];
  configSchema: z.ZodType<Config>;
  /**
   * The stream that brings pull requests with their reviews, if one does. Where two sources show one
   * repository, such a source leads as soon as this stream is complete (docs/decisions/0014).
   */
  reviewStream?: string;
  /**
   * False where it shows only what was sent to it and knows nothing of the code: it leads no repository
   * that another source shows (docs/decisions/0025).
   */
  showsCode?: false;
  /**
   * True where its records say themselves which commits a release or deployment carried; otherwise
   * core works that out from the history of commits.
   */
  claimsCommits?: boolean;
  /** Every host it may contact; empty for none. */
  hosts(config: Config): readonly string[];
  check(context: ConnectorContext<Config>): Promise<CheckReport>;
  discover(context: ConnectorContext<Config>): AsyncIterable<Scope>;
  streams: readonly StreamDefinition<Config, never>[];
  /** How it takes webhooks; none where the source sends none. */
  webhooks?: WebhookReceiver<Config>;
  /**
   * Yields webhooks that failed to arrive and were not asked for again yet, the oldest first. It is
   * plumbing and no action: only hooks that send here, only with the credential for writing.
   */
  failedDeliveries?(context: ConnectorContext<Config>): AsyncIterable<FailedDelivery>;
  /** How it proves that somebody pressed a button of a card; none where it shows no cards. */
  clicks?: ClickReceiver<Config>;
  /** Where cards that ask for a decision are shown; plumbing and no action. */
  approvalCards?: ApprovalCards<Config>;
  /** What it can change at the source, each only through an approved action. */
  actions?(config: Config): readonly AnyActionDefinition[];
}

/** A connector together with its configuration: what `createAdjutant` takes. */
export interface ConfiguredConnector {
  definition: ConnectorDefinition<unknown>;
  config: unknown;
}

/** Returns the stream unchanged; infers the payload from its schema. */
export function defineStream<Config, Payload>(
  stream: StreamDefinition<Config, Payload>,
): StreamDefinition<Config, never> {
  return stream as unknown as StreamDefinition<Config, never>;
}

/** Returns a function that validates a configuration and yields a connector ready for `createAdjutant`. */
export function defineConnector<Config>(definition: ConnectorDefinition<Config>): {
  (config: z.input<z.ZodType<Config>>): ConfiguredConnector;
  definition: ConnectorDefinition<Config>;
} {
  const configure = (config: unknown): ConfiguredConnector => ({
    definition: definition,
    config: definition.configSchema.parse(config),
  });
  return Object.assign(configure, { definition });
}
