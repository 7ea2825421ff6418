import type { ActionDetail } from '../actions/handle.ts';
import type { JsonObject } from '../actions/define-action.ts';
import type { ConnectorContext } from '../sync/define-connector.ts';

/** One revision of an action, as a card shows it to whoever may decide. */
export interface ApprovalCard {
  workspaceId: string;
  /** The same for every attempt at this card; a hidden mark is made of it. */
  key: string;
  /** The revision that the card is for. Where the action has a later one, the card is out of date. */
  revision: number;
  /** As its row stands now. */
  action: ActionDetail;
  /** Whether everybody may read what it is done to; null where nobody knows, so possibly not. */
  isTargetPublic: boolean | null;
}

/** Where a card stands, in the source's own words; nothing personal, and no secret. */
export type CardPlace = JsonObject;

/** How posting or changing a card ended. What is thrown means: not known. */
export type CardOutcome =
  | { outcome: 'done'; place: CardPlace }
  /** Surely not done, and worth another try. */
  | {
      outcome: 'not_done';
      reason: string;
      /** For how long the source asks to be left alone. @unit milliseconds */
      retryAfterMs?: number;
    }
  /** Surely not done, and not by trying again. */
  | { outcome: 'refused'; reason: string };

export type CardSearch =
  | { outcome: 'found'; place: CardPlace }
  | { outcome: 'absent' }
  | { outcome: 'unclear'; reason: string };

/** How a connector shows cards. It draws what it is given, and decides nothing. */
export interface ApprovalCards<Config> {
  /** False where the configuration names no place for them. */
  isWanted(config: Config): boolean;
  /** For so long after an attempt without an answer a card may still appear. @unit milliseconds */
  quietPeriodMs: number;
  post(context: ConnectorContext<Config>, card: ApprovalCard): Promise<CardOutcome>;
  /** Looks for a card by its hidden mark. */
  find(context: ConnectorContext<Config>, card: ApprovalCard): Promise<CardSearch>;
  update(
    context: ConnectorContext<Config>,
    place: CardPlace,
    card: ApprovalCard,
  ): Promise<CardOutcome>;
}
