import type { Clock } from '../clock.ts';
import type { MetricSet, MetricSettings, Viewer } from '../domain.ts';
import type { AnySignalRule } from '../signals/define-signal.ts';
import type { PresenceCheck } from '../identity/presence.ts';
import type { DeclaredPerson } from '../identity/resolve-accounts.ts';
import type { Refusal } from '../privacy/refusal.ts';
import type { SearchIndex } from '../search/search-index.ts';
import type { Store } from '../store/store.ts';

/** What every read of one workspace is made with. */
export interface ReadContext {
  store: Store;
  workspaceId: string;
  viewer: Viewer;
  /** Set by `forTeam`: only what this team owns is seen. */
  teamId: string | null;
  clock: Clock;
  metrics: MetricSet;
  settings: MetricSettings;
  /** The rules that signals are made by; none unless given. */
  signalRules?: readonly AnySignalRule[];
  /** Told of every question about people that is not answered; the ledger counts them. */
  noteRefusal?: ((refusal: Refusal) => void) | undefined;
  /** People as the configuration names them, for what it would join and must not. */
  declaredPeople?: readonly DeclaredPerson[];
  /** Says whether an administrator is there; without it nobody proves to be. */
  presence?: PresenceCheck | undefined;
  /** Where what is written can be found; absent where a read needs none. */
  searchIndex?: SearchIndex;
  /** Proposes what findings suggest, for the rules that are asked to; called after they were run. */
  answerFindings?(this: void): Promise<unknown>;
}
