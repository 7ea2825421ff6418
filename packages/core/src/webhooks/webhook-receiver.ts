/** A request as it came in. */
export interface WebhookRequest {
  /** Names in any case; a repeated header as a list. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The very bytes that were sent: a signature is over them. */
  body: Uint8Array;
}

/** Why a request is not taken for a word of its source. */
export type WebhookRefusal =
  | 'not_configured'
  | 'unsigned'
  | 'wrong_signature'
  | 'stale'
  | 'malformed';

/** What a source that only wants to hear back is answered with. */
export interface WebhookAnswer {
  body: string;
  contentType: 'application/json' | 'text/plain';
}

export type WebhookVerdict =
  | {
      isGenuine: true;
      answer?: never;
      /** The source's own name of the delivery: the same one again is the same delivery. */
      deliveryId: string;
      event: string;
      signature: string;
    }
  /** It tells of nothing and asks to be answered, such as whether anybody is there: nothing is kept. */
  | { isGenuine: true; answer: WebhookAnswer }
  | {
      isGenuine: false;
      reason: WebhookRefusal;
      /** Of one that is signed as it should be: what is wrong with it, in words for its sender. */
      problem?: string;
    };

/** What a connector is given to tell whether a request is genuine. */
export interface UnverifiedWebhook<Config> {
  config: Config;
  /** Returns a header by its name in small letters; null where it is absent or repeated. */
  header: (name: string) => string | null;
  body: Uint8Array;
  /** @unit epoch milliseconds */
  now: number;
}

/** A stream in which something has changed; of every scope where none is named. */
export interface WebhookHint {
  scopeExternalId: string | null;
  stream: string;
  /**
   * A further scope that it tells of, where a stream reads several at once, such as the project of an
   * issue: what tells of one that was never selected hints at nothing, and no text of it is kept.
   */
  aboutExternalId?: string;
}

/**
 * How a connector takes webhooks. A delivery is a hint and no more: what it tells of is read from the
 * source itself, so that a lost, late, repeated or forged one changes nothing that is not so. Only where
 * there is nothing to ask, deliveries are what is read.
 */
export interface WebhookReceiver<Config> {
  /** As much as it sends at most: what is longer is refused before it is read. */
  largestBodyBytes: number;
  /** Headers that are kept with a delivery; no other is. */
  keptHeaders: readonly string[];
  /**
   * True where a stream reads the deliveries themselves (`ReadRequest.deliveries`): they are numbered,
   * and none is forgotten before it was read. All of them hint at a stream of every scope.
   */
  deliveriesAreRead?: true;
  /** Tells whether the source sent it; compares secrets in constant time. */
  verify(webhook: UnverifiedWebhook<Config>): Promise<WebhookVerdict>;
  /** Pure, and answers any JSON: what it does not know hints at nothing. */
  hints(event: string, payload: unknown): readonly WebhookHint[];
  /**
   * Returns what of a payload is kept, for a source whose deliveries carry what nobody wants stored;
   * all of it where this is absent. Pure, and answers any JSON.
   */
  kept?(event: string, payload: unknown): unknown;
}
